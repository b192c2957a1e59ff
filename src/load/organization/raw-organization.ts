import { splitArn } from '../../value/arn.js';
import { member, textMember } from '../json-input.js';

/** A node as any of the forms has it. */
export interface RawNode {
  readonly id: string;
  readonly type: 'ROOT' | 'OU' | 'ACCOUNT';
  readonly name?: string;
  readonly parent: string | null;
  /** Ids or ARNs of policies; undefined when the form or the file does not say. */
  readonly scps?: readonly string[];
  readonly rcps?: readonly string[];
  readonly path: string;
  /** The file of a folder in which it stands. */
  readonly within?: string;
}

export interface RawPolicy {
  readonly id: string;
  readonly name?: string;
  readonly type?: string;
  readonly content: unknown;
  readonly path: string;
  /** The file of a folder in which it stands. */
  readonly within?: string;
}

/** What the forms have in common. */
export interface RawOrganization {
  readonly id?: string;
  readonly managementAccount?: string;
  readonly nodes: readonly RawNode[];
  readonly policies: readonly RawPolicy[];
  /** Kinds of policy that are switched on; undefined when nobody says. */
  readonly policyTypes?: readonly string[];
  /** Files of a folder that nothing is taken from. */
  readonly unread?: readonly string[];
}

/** The id at the end of an ARN, or the text itself. */
export const idOf = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

/** By what is written, else by the form of the id. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Child.html */
export function nodeType(written: string | undefined, id: string): RawNode['type'] | undefined {
  const word = (written ?? '').toUpperCase();
  if (word === 'ROOT' || /^r-[0-9a-z]{4,32}$/.test(id)) return 'ROOT';
  if (
    word === 'OU' ||
    word === 'ORGANIZATIONAL_UNIT' ||
    word === 'ORGANIZATIONALUNIT' ||
    id.startsWith('ou-')
  )
    return 'OU';
  return word === 'ACCOUNT' || /^\d{12}$/.test(id) ? 'ACCOUNT' : undefined;
}

/** Organization and management account stand in every ARN: `arn:aws:organizations::123456789012:root/o-x/r-x`. */
export function fromArn(arn: string | undefined): { id?: string; managementAccount?: string } {
  const [, , service, , account = '', rest = ''] = splitArn(arn ?? '');
  if (service !== 'organizations' || !/^\d{12}$/.test(account)) return {};
  const id = /\bo-[a-z0-9]{4,32}\b/.exec(rest)?.[0];
  return { managementAccount: account, ...(id === undefined ? {} : { id }) };
}

/** `PolicyTypes` of a root: those that are switched on. */
export function enabledTypes(value: unknown): { policyTypes?: readonly string[] } {
  if (!Array.isArray(value)) return {};
  const enabled = value.flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    const status = textMember(one, 'Status') ?? 'ENABLED';
    return status === 'ENABLED' ? (textMember(one, 'Type') ?? []) : [];
  });
  return { policyTypes: enabled };
}

const contentNames = ['Content', 'content', 'Document', 'document', 'policy'];

/** A policy as `describe-policy` prints it, or its summary and content in one. */
export function readPolicy(value: unknown, key: string | undefined, path: string): RawPolicy | undefined {
  const policy = member(value, 'Policy') ?? value;
  const summary = member(policy, 'PolicySummary') ?? policy;
  const arn = textMember(summary, 'Arn') ?? textMember(summary, 'arn');
  const id = textMember(summary, 'Id') ?? textMember(summary, 'id') ?? key ?? arn;
  if (id === undefined) return undefined;
  const name = textMember(summary, 'Name') ?? textMember(summary, 'name');
  const type = textMember(summary, 'Type') ?? textMember(summary, 'type');
  return {
    id: idOf(id),
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { type }),
    content: contentNames.map((one) => member(policy, one)).find((one) => one !== undefined),
    path,
  };
}

import type { EstateData, EstateDocument, Origin, PolicyUse } from '../account/estate-data.js';
import { documentIssues } from '../account/resolved-policy.js';
import { textWords } from '../account/text.js';
import type { PolicyKind } from '../policy/policy.js';
import { isPlainObject } from '../value/plain.js';

/** A statement as it is written: an object whose members are not looked into yet. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

/** A policy of the estate that is written out somewhere. */
export interface Place {
  /** Its owner and name, for people. */
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly origin: Origin;
  /** Where the document stands in the data of the estate. */
  readonly path: readonly (string | number)[];
  /** Members of the document other than its statements. */
  readonly rest: Readonly<Record<string, unknown>>;
  readonly statements: readonly WrittenStatement[];
  /** A lone statement may be written without a list. */
  readonly listed: boolean;
}

type Found = Omit<Place, 'rest' | 'statements' | 'listed'> & { readonly document: EstateDocument };

/** Every policy whose text is in the estate, in the order of its data. Policies that AWS manages are not: nobody can change them. */
export function placesOf(data: EstateData): readonly Place[] {
  return written(data).flatMap(({ document, ...place }) => {
    const opened = open(document, place.kind);
    if (opened === undefined) return [];
    const { Statement, ...rest } = opened;
    const statements = Array.isArray(Statement) ? Statement : [Statement];
    // What is no statement is unreadable, and the policy unresolved.
    if (!statements.every(isPlainObject)) return [];
    return [{ ...place, rest, statements, listed: Array.isArray(Statement) }];
  });
}

/** JSON text is opened only where IAM would take it: otherwise it is in force for nobody. */
function open(document: EstateDocument, kind: PolicyKind): Readonly<Record<string, unknown>> | undefined {
  if (typeof document !== 'string') return isPlainObject(document) ? document : undefined;
  if (documentIssues(document, kind).length > 0) return undefined;
  return JSON.parse(document) as Record<string, unknown>;
}

function written(data: EstateData): readonly Found[] {
  const found: Found[] = [];
  const add = (
    use: PolicyUse | { readonly document?: EstateDocument | undefined } | undefined,
    path: Place['path'],
    kind: PolicyKind,
    policy: string,
    owner?: Origin,
  ) => {
    if (use === undefined || !('document' in use) || use.document === undefined) return;
    const origin = ('origin' in use ? use.origin : undefined) ?? owner ?? {};
    found.push({ policy, kind, origin, path: [...path, 'document'], document: use.document });
  };
  const addAll = (
    uses: readonly PolicyUse[],
    path: Place['path'],
    kind: PolicyKind,
    where: string,
    owner?: Origin,
  ) =>
    uses.forEach((use, i) => {
      add(use, [...path, i], kind, `${where} › ${'name' in use ? use.name : ''}`, owner);
    });
  data.principals.forEach((one, i) => {
    const where = `${one.kind} ${one.names[0] ?? textWords(one.name)}`;
    const at = ['principals', i];
    addAll(one.policies, [...at, 'policies'], 'identityPolicies', where, one.origin);
    const boundary = [...at, 'permissionsBoundary'];
    add(one.permissionsBoundary, boundary, 'permissionsBoundary', `${where} › boundary`, one.origin);
    if (one.kind === 'role')
      add(one.trustPolicy, [...at, 'trustPolicy'], 'trustPolicy', `${where} › trust policy`, one.origin);
  });
  data.groups.forEach((one, i) => {
    const where = `group ${one.names[0] ?? textWords(one.name)}`;
    addAll(one.policies, ['groups', i, 'policies'], 'identityPolicies', where, one.origin);
  });
  data.managedPolicies.forEach((one, i) => {
    add(one, ['managedPolicies', i], 'identityPolicies', `policy ${one.names[0] ?? textWords(one.arn)}`);
  });
  data.attachments.forEach((one, i) => {
    const where = `${one.kind} ${textWords(one.target)} › ${one.policy !== undefined && 'name' in one.policy ? one.policy.name : ''}`;
    add(one.policy, ['attachments', i, 'policy'], 'identityPolicies', where, one.origin);
  });
  data.resources.forEach((one, i) => {
    const where = one.names[0] ?? textWords(one.arn);
    addAll(one.policies, ['resources', i, 'policies'], 'resourcePolicy', where, one.origin);
  });
  data.vpcEndpoints.forEach((one, i) => {
    const where = `${one.names[0] ?? textWords(one.id)} › endpoint policy`;
    add(one.policy, ['vpcEndpoints', i, 'policy'], 'vpcEndpointPolicy', where, one.origin);
  });
  data.organization?.policies.forEach((one, i) => {
    const service = one.type === 'SERVICE_CONTROL_POLICY';
    const kind = service ? 'serviceControlPolicies' : 'resourceControlPolicies';
    add(one, ['organization', 'policies', i], kind, `${service ? 'SCP' : 'RCP'} ${one.name}`);
  });
  return found;
}

/** The document of a place with other statements. */
export function documentOf({ rest, listed }: Place, statements: readonly WrittenStatement[]): object {
  const [only] = statements;
  return { ...rest, Statement: listed || statements.length !== 1 ? statements : only };
}

/** The data with other statements in one place; everything else is shared. */
export const withStatements = (
  data: EstateData,
  place: Place,
  statements: readonly WrittenStatement[],
): EstateData => replaced(data, place.path, documentOf(place, statements)) as EstateData;

/** The same data with another value at a path, or without it. */
export function replaced(value: unknown, [step, ...rest]: Place['path'], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? replaced(item, rest, by) : item));
  const members = value as Readonly<Record<string, unknown>>;
  const next = replaced(members[step], rest, by);
  const others = Object.entries(members).filter(([key]) => key !== step);
  return Object.fromEntries(next === undefined ? others : [...others, [step, next]]);
}

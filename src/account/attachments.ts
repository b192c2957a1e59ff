import type { Attachment, EstateGroup, EstatePrincipal, EstateUser, PolicyUse, Text } from './estate-data.js';
import { textKey } from './text.js';

/** What attachments add to one principal or group. */
export interface Added {
  readonly policies: readonly PolicyUse[];
  readonly groups: readonly Text[];
}

/** Attachments by what they are attached to. */
export class AttachmentIndex {
  readonly #byTarget = new Map<string, Attachment[]>();

  constructor(attachments: readonly Attachment[]) {
    for (const attachment of attachments) {
      const name = targetName(attachment.kind, attachment.account, textKey(attachment.target));
      const list = this.#byTarget.get(name);
      if (list === undefined) this.#byTarget.set(name, [attachment]);
      else list.push(attachment);
    }
  }

  /** A target is an ARN, or a plain name together with the account and what kind of thing it is. */
  addedTo(kind: Attachment['kind'], account: string, arn: string, name: string): Added {
    const found = new Set(
      [arn, name].flatMap((target) => this.#byTarget.get(targetName(kind, account, target)) ?? []),
    );
    return {
      policies: [...found].flatMap(({ policy }) => (policy === undefined ? [] : [policy])),
      groups: [...found].flatMap(({ group }) => (group === undefined ? [] : [group])),
    };
  }

  /** The principal or group with what is attached to it elsewhere. */
  applyTo<T extends EstatePrincipal | EstateGroup>(identity: T): T {
    const { kind, account } = identity;
    const { policies, groups } = this.addedTo(kind, account, textKey(identity.arn), textKey(identity.name));
    if (policies.length === 0 && groups.length === 0) return identity;
    const extra = kind === 'user' ? { groups: [...(identity as EstateUser).groups, ...groups] } : {};
    return { ...identity, policies: [...identity.policies, ...policies], ...extra };
  }
}

/** An ARN says its account itself. */
const targetName = (kind: string, account: string, target: string): string =>
  target.startsWith('arn:') ? `${kind} ${target}` : `${kind} ${account} ${target}`;

import type { Command } from 'commander';
import type { Facts } from '../account/index.js';
import { isIamError, type PolicyKind, parsePolicy } from '../index.js';
import { type KeyFlags, refuseClashes } from './clash.js';
import { once, pair, repeated, sessionName, tag, unknownKey } from './flag-value.js';
import { addMfaFlags } from './mfa-flags.js';
import type { Origin } from './origin.js';
import { merged, mfaOf } from './question.js';
import { asWritten, refused } from './refused.js';
import type { Source, Sources } from './source.js';

/** The flags that say what is known of a request, besides who does what to what. */
export interface FactsFlags extends KeyFlags {
  readonly resourcePolicy?: string;
  /** Tells the policy of a role from others. */
  readonly action?: string | undefined;
  readonly sessionName?: string;
  readonly session?: readonly string[];
}

/** Adds them to a command that asks an estate. */
export function addFactsFlags(command: Command): Command {
  return addMfaFlags(command.optionsGroup('Request:'))
    .option('--source-ip <address>', 'IPv4 or IPv6', once)
    .option('--time <time>', 'ISO 8601 or epoch seconds; absent: the time keys are missing', once)
    .option('--context <key=value>', 'any other condition key; the same key again makes a list', pair)
    .option('--principal-tag <key=value>', 'tag of the session, over those of the role; repeatable', tag)
    .option('--resource-tag <key=value>', 'all tags of the resource, in place of its own; repeatable', tag)
    .option('--resource-account <id>', "the owner's 12 digits, where neither ARN nor estate says", once)
    .option('--session <file>', 'session policy; repeatable', repeated)
    .option('--session-name <name>', 'ask as a session of the role; absent: as the role itself', sessionName)
    .option('--vpc-endpoint <id>', 'the VPC endpoint the request passes, by id or name', once)
    .option(
      '--unknown <key>',
      'a key that may have any value or be absent; * after a slash; repeatable',
      unknownKey,
    )
    .option('--unknown-rest', 'every key that is neither given nor follows from the request is unknown');
}

/** The facts of the flags. Each flag is the origin of what it sets. */
export function readFacts(flags: FactsFlags, sources: Sources): { facts: Facts; origins: Origin[] } {
  refuseClashes(flags);
  const origins: Origin[] = [];
  const from = (flag: string, ...paths: string[]) => {
    for (const path of paths) origins.push({ path: `request.${path}`, name: flag });
  };
  const facts: { -readonly [Member in keyof Facts]: Facts[Member] } = {};
  const mfa = mfaOf(flags.mfa);
  if (mfa !== undefined) {
    facts.mfa = mfa;
    from(flags.mfa === false ? '--no-mfa' : '--mfa', 'mfa');
  }
  if (flags.sourceIp !== undefined) {
    facts.sourceIp = flags.sourceIp;
    from(asWritten('--source-ip', flags.sourceIp), 'sourceIp');
  }
  if (flags.time !== undefined) {
    facts.time = flags.time;
    from(asWritten('--time', flags.time), 'time');
  }
  if (flags.context !== undefined) {
    facts.context = merged({}, flags.context) as NonNullable<Facts['context']>;
    from('--context', ...flags.context.map(([key]) => `context.${key}`));
  }
  if (flags.principalTag !== undefined) {
    facts.principalTags = Object.fromEntries(flags.principalTag);
    from('--principal-tag', 'principal.tags');
  }
  if (flags.resourceTag !== undefined) {
    facts.resourceTags = Object.fromEntries(flags.resourceTag);
    from('--resource-tag', 'resource.tags');
  }
  if (flags.resourceAccount !== undefined) {
    facts.resourceAccount = flags.resourceAccount;
    from(asWritten('--resource-account', flags.resourceAccount), 'resource.accountId');
  }
  if (flags.session !== undefined)
    facts.sessionPolicies = flags.session.map((file) =>
      policyText('--session', sources.readFor('--session', file), 'sessionPolicies'),
    );
  if (flags.resourcePolicy !== undefined)
    facts.resourcePolicy = policyText(
      '--resource-policy',
      sources.readFor('--resource-policy', flags.resourcePolicy),
      /^sts:/i.test(flags.action ?? '') ? 'trustPolicy' : 'resourcePolicy',
    );
  if (flags.sessionName !== undefined) {
    facts.session = flags.sessionName;
    from(asWritten('--session-name', flags.sessionName), 'principal.arn');
  }
  if (flags.vpcEndpoint !== undefined) facts.vpcEndpoint = flags.vpcEndpoint;
  if (flags.unknownRest === true || flags.unknown !== undefined) {
    facts.unknown = flags.unknownRest === true ? 'unlisted' : flags.unknown!;
    from(flags.unknownRest === true ? '--unknown-rest' : '--unknown', 'unknown');
  }
  return { facts, origins };
}

/** An estate answers `depends` where a policy is malformed; one that is given here can be mended here. */
function policyText(flag: string, { name, text }: Source, kind: PolicyKind): string {
  try {
    parsePolicy(text, { kind });
    return text;
  } catch (error) {
    if (!isIamError(error)) throw error;
    const issues = error.issues.map((issue) => ({ line: 1, column: 1, ...issue }));
    throw refused({ issues }, [{ path: '', name: `${flag}: ${name}`, text }]);
  }
}

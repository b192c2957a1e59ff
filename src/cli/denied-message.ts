import type { PolicySetKey } from '../index.js';

/** What AWS says of a denial: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export interface DeniedMessage {
  readonly principal: string;
  readonly action: string;
  /** Undefined where the message names none. */
  readonly resource: string | undefined;
  readonly reason: DeniedReason | undefined;
}

export interface DeniedReason {
  readonly kind: PolicySetKey;
  /** `because no identity-based policy allows it`, `with an explicit deny in a service control policy: arn:…` */
  readonly words: string;
}

const kinds: Readonly<Record<string, PolicySetKey>> = {
  'identity-based policy': 'identityPolicies',
  'resource-based policy': 'resourcePolicy',
  'role trust policy': 'resourcePolicy',
  'permissions boundary': 'permissionsBoundary',
  'session policy': 'sessionPolicies',
  'vpc endpoint policy': 'vpcEndpointPolicy',
  'service control policy': 'serviceControlPolicies',
  'resource control policy': 'resourceControlPolicies',
};

const sentence =
  /\bUser: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: (?:"([^"]+)"|([^\s"]+)))?/;
const names = Object.keys(kinds).join('|');
const because = new RegExp(
  `(because no|(?:with|due to) an explicit deny in an?) (${names})(?:: (arn:[^\\s"']+))?`,
  'i',
);

/** Reads the message as a tool prints it: with more around it, quotes escaped, or broken into lines. */
export function readDeniedMessage(text: string): DeniedMessage | undefined {
  const line = text.replaceAll('\\"', '"').replace(/\s+/g, ' ');
  const found = sentence.exec(line);
  if (found === null) return undefined;
  const [whole, principal = '', action = '', quoted, bare] = found;
  // What a tool puts behind it is no part of the name.
  const resource = quoted ?? bare?.replace(/[,;']+$/, '');
  return { principal, action, resource, reason: reasonIn(line.slice(found.index + whole.length)) };
}

function reasonIn(rest: string): DeniedReason | undefined {
  const [, how = '', name = '', arn] = because.exec(rest) ?? [];
  const kind = kinds[name.toLowerCase()];
  if (kind === undefined) return undefined;
  const end = arn === undefined ? '' : ` (${arn.replace(/[.,;)]+$/, '')})`;
  return { kind, words: `${how} ${name}${how === 'because no' ? ' allows it' : ''}${end}` };
}

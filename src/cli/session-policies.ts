import type { Text } from '../account/estate-data.js';
import { textWords } from '../account/text.js';
import { layerTable } from '../combine/layer.js';
import { parseRequest } from '../request/parse.js';
import { readCaller } from './caller.js';
import { isObject } from './case-file.js';

const takers = 'AWS takes them for role sessions (AssumeRole) and federated users (GetFederationToken) alone';
const notLooked = 'the session policies were not looked at';

/** Whether a caller may have session policies, as deciding has it (E32). A role asks as any of its sessions. */
function hasThem(caller: string): boolean {
  try {
    const request = parseRequest({ principal: readCaller(caller), action: 'sts:GetCallerIdentity' });
    return layerTable.sessionPolicies.exempt(request) === undefined;
  } catch {
    // A name with holes, or none at all: what is wrong with it is said where it is asked.
    return true;
  }
}

/** That session policies count for nothing with a caller that has none: an answer without them looks as if they let it pass. */
export const callerSessionNotes = (
  given: readonly unknown[] | undefined,
  caller: string,
): readonly string[] =>
  given === undefined || given.length === 0 || hasThem(caller)
    ? []
    : [`${notLooked}: ${takers}, and ${caller} is neither`];

/** The same of a question to all users and roles. */
export function listSessionNotes(
  given: readonly unknown[] | undefined,
  asked: readonly { readonly kind: string }[],
): readonly string[] {
  if (given === undefined || given.length === 0 || asked.every(({ kind }) => kind === 'role')) return [];
  return [`${notLooked} for users: ${takers}`];
}

/** A caller as a request names it. */
export function callerName(principal: unknown): string {
  const { arn, service, federated } = isObject(principal) ? principal : {};
  return textWords((arn ?? service ?? federated ?? 'anonymous') as Text);
}

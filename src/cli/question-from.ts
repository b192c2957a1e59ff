import type { DecidingStep, PolicySetKey, Trace } from '../index.js';
import { foldedName } from '../value/ascii.js';
import { resourceNotes } from './asked-action.js';
import { type DeniedMessage, readDeniedMessage } from './denied-message.js';
import { Fault } from './fault.js';
import type { Pair } from './flag-value.js';
import type { RequestFlags } from './question.js';
import type { Sources } from './source.js';
import { parsed, readTrailEvent, type TrailEvent } from './trail-event.js';

/** The flags that say a request, with those of a message or an event below them. */
export interface TakenQuestion<T extends RequestFlags> {
  readonly flags: T;
  /** What AWS answered, where the answer here does not come to the same. */
  readonly disagreement: (answer: AnsweredHere) => readonly string[];
}

/** What there is to compare; `explain` is asked only where AWS named a kind of policy. */
export interface AnsweredHere {
  readonly decision: string;
  readonly explain: () => Pick<Trace, 'denies' | 'decidedBy' | 'missingAllows'>;
}

/** The question of `--from`: an AccessDenied message or an event of CloudTrail. What arguments and other flags say wins. */
export async function takeQuestion<
  T extends RequestFlags & { readonly from?: string; readonly input?: string },
>(flags: T, inEstate: boolean, sources: Sources): Promise<TakenQuestion<T>> {
  if (flags.from === undefined) {
    if (readDeniedMessage(flags.principal ?? '') !== undefined)
      throw new Fault(
        'PRINCIPAL is a whole message; put it into a file for --from FILE, or paste it after --from -',
      );
    return { flags, disagreement: () => [] };
  }
  if (flags.input !== undefined)
    throw new Fault('--from and --input do not go together: each brings a question; keep one of them');
  const { name, text } = sources.readFor('--from', flags.from);
  const value = parsed(text);
  const message = typeof value === 'object' ? undefined : readDeniedMessage(text);
  if (message !== undefined)
    return {
      flags: withMessage(flags, message),
      disagreement: (here) => whereDenied(message, here, inEstate),
    };
  if (typeof value !== 'object' || value === null)
    throw new Fault(
      `--from: ${name} holds neither an event of CloudTrail nor \`User: … is not authorized to perform: …\`; write PRINCIPAL ACTION RESOURCE instead`,
    );
  const event = readTrailEvent(value, `--from: ${name}`);
  const asked = withMessage(withEvent(flags, event, inEstate), event.message);
  const whole = await withCall(asked, event);
  return {
    flags: whole,
    disagreement: (here) =>
      event.message !== undefined
        ? whereDenied(event.message, here, inEstate)
        : !event.failed && here.decision !== 'allowed'
          ? [
              'AWS allowed this, as the event says: a policy is missing or has changed since, or a condition key is not said',
            ]
          : [],
  };
}

function withMessage<T extends RequestFlags>(flags: T, message: DeniedMessage | undefined): T {
  if (message === undefined) return flags;
  const { principal, action, resource } = message;
  // A caller who is named here asks for something else, unless nothing else is said.
  return {
    ...flags,
    principal: flags.principal ?? principal,
    action: flags.action ?? action,
    resource: flags.resource ?? resource,
  };
}

function withEvent<T extends RequestFlags>(flags: T, event: TrailEvent, inEstate: boolean): T {
  const { context: given = [], unknown = [], unknownRest, principal } = flags;
  const said = new Set([...given.map(([key]) => key), ...unknown].map(foldedName));
  const free = (...keys: string[]) => !keys.some((key) => said.has(key));
  const context: Pair[] = event.context.filter(([key]) => free(foldedName(key)));
  const { sourceIp, time, mfa, issuer, resourceAccount } = event;
  const open = unknownRest === true ? [] : event.unknown.filter((key) => free(foldedName(key)));
  const unknowns = [
    ...unknown,
    ...open.filter((key) => key !== 'aws:SourceIp' || flags.sourceIp === undefined),
  ];
  return {
    ...flags,
    ...(flags.sourceIp === undefined && sourceIp !== undefined && free('aws:sourceip') ? { sourceIp } : {}),
    ...(flags.time === undefined && time !== undefined && free('aws:currenttime', 'aws:epochtime')
      ? { time }
      : {}),
    ...(flags.mfa === undefined && mfa !== undefined && free('aws:multifactorauthpresent') ? { mfa } : {}),
    // Of somebody else's session it is not the role, and an estate knows the role.
    ...(!inEstate && principal === undefined && flags.issuer === undefined && issuer?.includes(':role/')
      ? { issuer }
      : {}),
    ...(!inEstate &&
    flags.resource === undefined &&
    flags.resourceAccount === undefined &&
    resourceAccount !== undefined
      ? { resourceAccount }
      : {}),
    ...(context.length > 0 ? { context: [...context, ...given] } : {}),
    ...(unknowns.length > 0 ? { unknown: unknowns } : {}),
  };
}

/** Where no message says it: the call itself, if it is called as an action is, on the resource that the event names. */
async function withCall<T extends RequestFlags>(
  flags: T,
  { principal, call, resource }: TrailEvent,
): Promise<T> {
  const { findAction } = await import('../catalog/index.js');
  const action = flags.action ?? call ?? '';
  const write = 'write PRINCIPAL ACTION RESOURCE too';
  if (flags.action === undefined && findAction(action) === undefined)
    throw new Fault(
      `--from: the event records the call ${call}, which is no action of the catalog; ${write}`,
    );
  const caller = flags.principal ?? principal;
  if (caller === undefined) throw new Fault(`--from: the event does not say who called; ${write}`);
  const on = flags.resource ?? resource;
  if (on === undefined && (await resourceNotes(action))('*').length > 0)
    throw new Fault(`--from: the event does not say which resource ${action} was asked on; ${write}`);
  return { ...flags, principal: caller, action, resource: on };
}

/** The flags that would give a kind of policy, for loose policies and in an estate. */
const givenBy: Readonly<Record<PolicySetKey, readonly [loose: string, estate: string]>> = {
  identityPolicies: ['--identity FILE', '--account FILE of the account of the caller'],
  permissionsBoundary: ['--boundary FILE', '--account FILE of the account of the caller'],
  sessionPolicies: ['--session FILE', '--session FILE'],
  resourcePolicy: ['--resource-policy FILE', '--resource-policies FILE'],
  serviceControlPolicies: ['--scp FILE', '--org FILE'],
  resourceControlPolicies: ['--rcp FILE', '--org FILE'],
  vpcEndpointPolicy: ['--endpoint-policy FILE', '--vpc-endpoint ID, and a file that has the endpoint'],
};

function whereDenied(
  { reason }: DeniedMessage,
  { decision, explain }: AnsweredHere,
  inEstate: boolean,
): readonly string[] {
  if (reason === undefined)
    return decision === 'allowed'
      ? [
          'AWS denied this, and did not say why: a policy or a condition key is missing here, or has changed since',
        ]
      : [];
  const { kind, words } = reason;
  const by = givenBy[kind][inEstate ? 1 : 0];
  const missing = `give ${by}, or say the condition keys it asks for (--mfa, --source-ip, --context …), unless it has changed since`;
  if (decision === 'allowed') return [`AWS denied this ${words}, and nothing here does: ${missing}`];
  const { denies, decidedBy, missingAllows } = explain();
  const steps: readonly Pick<DecidingStep, 'kind'>[] = [...denies, decidedBy, ...missingAllows];
  if (decision !== 'depends' && steps.some((step) => step.kind === kind)) return [];
  return [`AWS denied this ${words}, which here is not what denies it: ${missing}`];
}

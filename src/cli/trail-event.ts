import { parseIp } from '../value/ip.js';
import { isObject } from './case-file.js';
import { type DeniedMessage, readDeniedMessage } from './denied-message.js';
import { Fault } from './fault.js';
import type { Pair } from './flag-value.js';

/**
 * What an event of CloudTrail says of the request it records.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface TrailEvent {
  readonly principal: string | undefined;
  /** `s3:GetObject` of its source and its name, which need not be an action. */
  readonly call: string | undefined;
  readonly resource: string | undefined;
  /** What its error says, where that is an access that IAM denied. */
  readonly message: DeniedMessage | undefined;
  readonly failed: boolean;
  /** The role behind a session, with its path. */
  readonly issuer: string | undefined;
  /** Of a resource whose ARN does not say it. */
  readonly resourceAccount: string | undefined;
  readonly sourceIp: string | undefined;
  readonly time: string | undefined;
  /** Undefined for long-term credentials. */
  readonly mfa: boolean | undefined;
  readonly context: readonly Pair[];
  /** What a request that a service passed on carries is not in the event. */
  readonly unknown: readonly string[];
}

const byService = [
  'aws:SourceIp',
  'aws:ViaAWSService',
  'aws:CalledVia',
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
];

type Members = Record<string, unknown>;

/** One event, as a trail, `aws cloudtrail lookup-events`, EventBridge or the console gives it. */
export function readTrailEvent(value: unknown, name: string): TrailEvent {
  const records = recordsIn(value);
  const [record] = records;
  if (record === undefined)
    throw new Fault(`${name} is no event of CloudTrail: there is no eventSource and eventName`);
  if (records.length > 1)
    throw new Fault(`${name} holds ${records.length} events; pass one, for example with jq '.Records[0]'`);
  const identity = members(record.userIdentity);
  const session = members(identity.sessionContext);
  const { creationDate, mfaAuthenticated } = members(session.attributes);
  const ip = text(record.sourceIPAddress);
  // Of a service that calls for somebody else it is a name.
  const isAddress = ip !== undefined && parseIp(ip) !== undefined;
  const resources = (Array.isArray(record.resources) ? record.resources : []).filter(isObject);
  const resource = resourceOf(resources.map(({ ARN }) => text(ARN)));
  const key = (name: string, value: unknown): Pair[] => {
    const given = text(value);
    return given === undefined ? [] : [[name, given]];
  };
  return {
    principal: text(identity.arn) ?? text(identity.invokedBy),
    call: `${text(record.eventSource)?.split('.')[0]}:${text(record.eventName)}`,
    resource,
    message: readDeniedMessage(text(record.errorMessage) ?? ''),
    failed: text(record.errorCode) !== undefined,
    issuer: text(members(session.sessionIssuer).arn),
    resourceAccount: resource?.startsWith('arn:aws:s3:::')
      ? resources.map(({ accountId }) => text(accountId)).find((id) => id !== undefined)
      : undefined,
    sourceIp: isAddress ? ip : undefined,
    time: text(record.eventTime),
    mfa: mfaAuthenticated === undefined ? undefined : String(mfaAuthenticated) === 'true',
    context: [
      ...key('aws:RequestedRegion', record.awsRegion),
      ...key('aws:UserAgent', record.userAgent),
      ...key('aws:SourceVpce', record.vpcEndpointId),
      ...key('aws:TokenIssueTime', creationDate),
      ...(isObject(record.tlsDetails) ? ([['aws:SecureTransport', 'true']] as const) : []),
    ],
    unknown: ip === undefined || isAddress ? [] : byService,
  };
}

const members = (value: unknown): Members => (isObject(value) ? value : {});
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function recordsIn(value: unknown): readonly Members[] {
  if (Array.isArray(value)) return value.flatMap(recordsIn);
  if (typeof value === 'string') return recordsIn(parsed(value));
  if (!isObject(value)) return [];
  if (text(value.eventSource) !== undefined && text(value.eventName) !== undefined) return [value];
  return [value.Records, value.Events, value.CloudTrailEvent, value.detail].flatMap(recordsIn);
}

export function parsed(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}

/** An object goes with its bucket; which of several others is meant nobody can tell. */
function resourceOf(arns: readonly (string | undefined)[]): string | undefined {
  const known = arns.filter((arn) => arn !== undefined);
  const [longest] = [...known].sort((a, b) => b.length - a.length);
  return longest !== undefined && known.every((arn) => longest === arn || longest.startsWith(`${arn}/`))
    ? longest
    : undefined;
}

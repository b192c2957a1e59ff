import data from '../../data/managed-policies.json' with { type: 'json' };
import type { PolicyDocument } from '../policy/document.js';
import { checkText } from '../value/argument.js';
import { inflate } from '../value/deflated.js';

/** Where a policy stands: its path before the name, the part that holds its text, and the line there. */
interface Place {
  readonly path: string;
  readonly part: number;
  readonly line: number;
}

const arnPattern = /^arn:(aws(?:-[a-z]+)*):iam::aws:policy\/((?:[^/]+\/)*)([^/]+)$/;
let places: ReadonlyMap<string, Place> | undefined;
const parts = new Map<number, readonly string[]>();
const documents = new Map<string, PolicyDocument>();

/** Nothing is inflated before the first question. */
function placesByName(): ReadonlyMap<string, Place> {
  if (places !== undefined) return places;
  const found = new Map<string, Place>();
  for (const [index, names] of inflate(data[0]!).split('\n').entries()) {
    for (const [line, whole] of names.split(' ').entries()) {
      const start = whole.lastIndexOf('/') + 1;
      found.set(whole.slice(start), { path: whole.slice(0, start), part: index + 1, line });
    }
  }
  places = found;
  return found;
}

function textOf({ part, line }: Place): string {
  const lines = parts.get(part) ?? inflate(data[part]!).split('\n');
  parts.set(part, lines);
  return lines[line]!;
}

/**
 * The newest version of an AWS managed policy that this release knows, by its ARN. The document is frozen, and the same object
 * each time. In other partitions than `aws` the ARNs in it are those of the partition; AWS may offer an older version there.
 *
 * @returns nothing when AWS has no such policy, as far as this release knows: then its text is unknown, not empty
 * @example
 * ```ts
 * const document = managedPolicyDocument('arn:aws:iam::aws:policy/AdministratorAccess');
 * console.log(JSON.stringify(document?.Statement)); // [{"Effect":"Allow","Action":"*","Resource":"*"}]
 * ```
 * @throws InvalidRequestError for an ARN that is no text
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
 */
export function managedPolicyDocument(arn: string): PolicyDocument | undefined {
  checkText(arn, 'arn', 'arn:aws:iam::aws:policy/ReadOnlyAccess');
  const known = documents.get(arn);
  if (known !== undefined) return known;
  const [, partition, path, name] = arnPattern.exec(arn) ?? [];
  const place = name === undefined ? undefined : placesByName().get(name);
  if (place === undefined || place.path !== path) return undefined;
  const document = frozen(JSON.parse(textOf(place).replaceAll('"arn:aws:', `"arn:${partition}:`)));
  documents.set(arn, document as PolicyDocument);
  return document as PolicyDocument;
}

/**
 * The ARN of an AWS managed policy by its name alone, whatever its path (`/service-role/`, `/job-function/`): names are unique
 * without it.
 *
 * @param partition the partition of the account, `aws` unless told
 * @returns nothing when AWS has no policy of that name, as far as this release knows
 * @example
 * ```ts
 * console.log(managedPolicyArn('AWSLambdaBasicExecutionRole'));
 * // arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
 * ```
 * @throws InvalidRequestError for a name or partition that is no text
 */
export function managedPolicyArn(name: string, partition = 'aws'): string | undefined {
  checkText(name, 'name', 'ReadOnlyAccess');
  checkText(partition, 'partition', 'aws-cn');
  const place = placesByName().get(name);
  return place && `arn:${partition}:iam::aws:policy/${place.path}${name}`;
}

/**
 * The names of all AWS managed policies that this release knows, in order.
 *
 * @example
 * ```ts
 * console.log(managedPolicyNames().includes('AmazonDynamoDBFullAccess')); // true
 * ```
 */
export function managedPolicyNames(): string[] {
  return [...placesByName().keys()];
}

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
}

import type { Resource } from './resource.js';
import { functionArn } from './resource-names.js';
import type { Stack } from './stack.js';
import { concat, knownStart, render, type SomeText, Symbolic } from './symbolic.js';

/** How a policy resource names what the policy belongs to. */
export type Target = (stack: Stack, name: SomeText, resource: Resource) => SomeText;

const isArn = (text: SomeText): boolean => knownStart(text).startsWith('arn:');

/** The ARN from a name; an ARN stays what it is. */
const byName =
  (start: (settings: Stack['settings']) => string, end = ''): Target =>
  (stack, name) =>
    isArn(name) ? name : concat([start(stack.settings), name, end]);

export const asArn: Target = (_stack, arn) => arn;

export const bucketArn = byName(({ partition }) => `arn:${partition}:s3:::`);
export const directoryBucketArn = byName(
  ({ partition, region, account }) => `arn:${partition}:s3express:${region}:${account}:bucket/`,
);
export const lambdaAccessPointArn = byName(
  ({ partition, region, account }) => `arn:${partition}:s3-object-lambda:${region}:${account}:accesspoint/`,
);
export const multiRegionArn = byName(
  ({ partition, account }) => `arn:${partition}:s3::${account}:accesspoint/`,
  '.mrap',
);
export const vectorBucketArn = byName(
  ({ partition, region, account }) => `arn:${partition}:s3vectors:${region}:${account}:bucket/`,
);
export const busArn = byName(
  ({ partition, region, account }) => `arn:${partition}:events:${region}:${account}:event-bus/`,
);
export const registryArn = byName(
  ({ partition, region, account }) => `arn:${partition}:schemas:${region}:${account}:registry/`,
);
export const keyArn = byName(
  ({ partition, region, account }) => `arn:${partition}:kms:${region}:${account}:key/`,
);
/** The end is the one that the ARN of a secret has here. */
export const secretArn = byName(
  ({ partition, region, account }) => `arn:${partition}:secretsmanager:${region}:${account}:secret:`,
  '-AbCdEf',
);
export const lambdaArn: Target = functionArn;

/** A queue policy lists URLs. */
export const queueArn: Target = (stack, url, resource) => {
  const { partition } = stack.settings;
  if (isArn(url)) return url;
  const start = knownStart(url);
  const found =
    /^https:\/\/(?:sqs\.([a-z0-9-]+)\.[a-z.]+|([a-z0-9-]+)\.queue\.[a-z.]+)\/(\d{12})\/(.*)$/.exec(start);
  if (found !== null) {
    const [, region = found[2], , account, name] = found;
    const rest = url instanceof Symbolic ? new Symbolic(url.pieces.slice(1)) : '';
    return concat([`arn:${partition}:sqs:${region}:${account}:${name}`, rest]);
  }
  const message = `the queue ${render(url)} is known only after deployment`;
  const hint = 'give the values its URL is made of';
  return stack.hole(`queue ${render(url)}`, {
    code: 'unresolvedReference',
    path: resource.path,
    message,
    hint,
  });
};

import type { ServiceException } from './exception.js';

const bucketPolicyActions: ReadonlySet<string> = new Set([
  'getbucketpolicy',
  'putbucketpolicy',
  'deletebucketpolicy',
]);

/** The root user of the bucket's owner cannot be locked out by the bucket policy (E64). */
export const s3: readonly ServiceException[] = [
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
    service: 's3',
    rule: 'E64',
    effect: 'ignoresResourcePolicyDenies',
    reason: 'the root user of the owner always reaches the bucket policy',
    applies: ({ action, principal, sameAccount }) =>
      principal.kind === 'root' && sameAccount && bucketPolicyActions.has(action.name),
  },
];

import type { PartialRequestInput } from '../partial/evaluate-partial.js';
import { isKeyAlias } from '../request/key-alias.js';
import { isAccountId, splitArn } from '../value/arn.js';
import type { EstateResource, Text } from './estate-data.js';
import type { Facts } from './facts.js';
import type { LinkedEstate } from './link.js';
import { openMemberKeys } from './placed.js';
import { knownPolicy, type ResolvedPolicy } from './resolved-policy.js';
import { alwaysHasPolicy, isRoleArn, mayHavePolicy } from './resource-owner.js';
import { textKey, textWords } from './text.js';

/** The resource as the engine takes it, and the policy that hangs on it. */
export interface Target {
  readonly key: string;
  readonly input: PartialRequestInput['resource'];
  /** The owner, where it is known or taken for granted. */
  readonly account?: string;
  /** Words for the owner of a thing of the estate that belongs to one of several accounts, nobody says to which. */
  readonly ownerUnknown?: string;
  readonly policy?: ResolvedPolicy;
  readonly unknown: readonly string[];
  readonly assumptions: readonly string[];
}

/** Looks a resource up. */
export function targetOf(
  linked: LinkedEstate,
  resource: Text,
  caller: string | undefined,
  facts: Facts,
): Target {
  const arn = textKey(resource);
  const own = facts.resourceAccount === undefined ? {} : { accountId: facts.resourceAccount };
  const none = { unknown: [], assumptions: [] };
  if (arn === '*') {
    const account = facts.resourceAccount ?? caller;
    const tags = facts.resourceTags === undefined ? {} : { tags: facts.resourceTags };
    return {
      ...none,
      key: arn,
      input: { arn: '*', ...own, ...tags },
      ...(account === undefined ? {} : { account }),
    };
  }
  const holders = linked.holders(arn);
  const role = linked.principal(arn)?.principal;
  const owner = ownerOf(linked, arn, holders, facts);
  const ownerUnknown = typeof owner === 'object' ? { ownerUnknown: textWords(owner).slice(1, -1) } : {};
  const account = typeof owner === 'string' ? owner : owner === undefined ? caller : undefined;
  const { tags, unknown } = tagsOf(holders, role, facts);
  const known = holders.length > 0 || role !== undefined;
  // E11: a service and a caller without credentials have no account that it could be of.
  const foreign = caller === undefined || account !== caller;
  const found = policyOf(linked, arn, known, foreign, facts);
  const assumptions = [...found.assumptions];
  if (owner === undefined && caller !== undefined)
    assumptions.push(`${textWords(resource)} is taken to belong to the caller's account`);
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html: both must permit the request.
  if (/^arn:[^:]+:s3:[^:]*:[^:]*:accesspoint\//.test(arn))
    assumptions.push(
      'the bucket behind the access point is taken to permit what is asked: its policy is not looked at',
    );
  const accountId = owner === undefined ? {} : { accountId: owner };
  return {
    key: arn,
    input: {
      arn: resource,
      ...accountId,
      ...(tags === undefined || Object.keys(tags).length === 0 ? {} : { tags }),
    } as Target['input'],
    ...(account === undefined ? {} : { account }),
    ...ownerUnknown,
    ...(found.policy === undefined ? {} : { policy: found.policy }),
    unknown: [
      ...unknown,
      ...openMemberKeys('Resource', { isOpen: account === undefined }),
      ...(owner === undefined && caller === undefined ? ['aws:ResourceAccount', 's3:ResourceAccount'] : []),
    ],
    assumptions,
  };
}

/** The owner; a hole when the estate has the thing and several accounts, but not the owner; undefined when nobody says. */
function ownerOf(
  linked: LinkedEstate,
  arn: string,
  holders: readonly EstateResource[],
  facts: Facts,
): Text | undefined {
  if (facts.resourceAccount !== undefined) return facts.resourceAccount;
  const said = holders.find(({ account }) => account !== undefined)?.account;
  if (said !== undefined) return said;
  const part = splitArn(arn)[4];
  if (part !== undefined && isAccountId(part)) return part;
  if (holders.length === 0) return undefined;
  const [first, second] = linked.accounts;
  return second === undefined ? first : { hole: `owner of ${textWords(holders[0]!.arn)}` };
}

function tagsOf(
  holders: readonly EstateResource[],
  role: Pick<EstateResource, 'tags' | 'tagsUnresolved'> | undefined,
  facts: Facts,
): { tags?: object; unknown: readonly string[] } {
  if (facts.resourceTags !== undefined) return { tags: facts.resourceTags, unknown: [] };
  const sources = role === undefined ? holders : [role];
  // Tags of what is not in the files, and tags that may be other than they are listed, are not given at all.
  if (sources.length === 0 || sources.some((one) => one.tagsUnresolved === true))
    return { unknown: ['aws:ResourceTag/*'] };
  const tags = Object.fromEntries([...sources].reverse().flatMap((one) => Object.entries(one.tags ?? {})));
  // Tags of a bucket count only where attribute-based access control is switched on for it, which no file here says.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
  if (holders.some(({ type }) => type === 'AWS::S3::Bucket'))
    return { unknown: Object.keys(tags).map((key) => `aws:ResourceTag/${key}`) };
  return { tags, unknown: [] };
}

function policyOf(
  linked: LinkedEstate,
  arn: string,
  known: boolean,
  foreign: boolean,
  { resourcePolicy: given }: Facts,
): { policy?: ResolvedPolicy; assumptions: readonly string[] } {
  const kind = isRoleArn(arn) ? 'trustPolicy' : 'resourcePolicy';
  const words = `${arn} › policy`;
  if (given !== undefined && given !== 'unknown') {
    // Counted apart from the estate's own, since it is another policy at each call.
    return { policy: knownPolicy(words, given, kind, () => 0), assumptions: [] };
  }
  const policy = linked.resourcePolicy(arn);
  if (policy !== undefined) return { policy, assumptions: [] };
  const unresolved = () => ({ policy: linked.unresolved(words, 'not in the files', kind), assumptions: [] });
  if (given === 'unknown' || (alwaysHasPolicy(arn) && !known) || isKeyAlias(arn)) return unresolved();
  if (known || !mayHavePolicy(arn)) return { assumptions: [] };
  // The policy of a foreign resource decides; one of the own account may only add to what the caller has, or take away.
  if (foreign) return unresolved();
  return { assumptions: [`${arn} is not in the estate: it is taken to have no policy of its own`] };
}

import type { PolicyUse, Text } from '../../account/estate-data.js';
import { accountOf, splitArn } from '../../value/arn.js';
import { isLost } from './attribute-text.js';
import { drop, type ResourceDraft } from './estate-draft.js';
import type { Work } from './identities.js';
import type { PolicyTarget } from './policy-targets.js';
import { restOf } from './policy-uses.js';
import { shapeOf, shapes } from './shapes.js';
import { attributePath, type TerraformResource } from './terraform-resource.js';

export const doubtful = 'it may be about this one';

/** Adds policies to what they are put onto, which need not be in the file. */
export function putPolicies(
  work: Work,
  resource: TerraformResource,
  arn: Text,
  target: PolicyTarget,
  uses: readonly PolicyUse[],
): void {
  const { reading, policies, draft } = work;
  const origin = policies.origin(resource.address);
  const known = draft.resource(arn);
  if (known !== undefined) {
    drop(known.policies, (use) => draft.computed.has(use));
    known.policies.push(...(target.beside === true ? uses : lastOnes(work, resource, known, uses)));
    return;
  }
  const types = target.types.flatMap((one) => shapeOf(one)?.type ?? []);
  const type = target.type ?? shapes[target.types[0]]!.type;
  const where = attributePath(resource, [target.target]);
  // A target that nobody can follow may be anything of that type that the plan makes.
  if (isLost(resource, [target.target], arn)) {
    const among = reading.candidates(resource, [target.target]);
    for (const one of new Set([type, ...types]))
      draft.doubt(one, { name: where, unresolved: doubtful, origin }, among);
  }
  draft.addResource({
    arn,
    account: ownerIn(arn) ?? reading.placeOf(resource).account,
    type,
    names: typeof arn === 'string' ? [] : [resource.address],
    policies: [...uses],
    origin,
    tagsUnresolved: true,
  });
}

/** The owner that an ARN names: that of what is put onto, which may be another than that of the provider. */
const ownerIn = (arn: Text): string | undefined =>
  typeof arn === 'string' ? accountOf(splitArn(arn)[4] ?? '') : undefined;

/**
 * A resource has one policy: of two that are put onto it the last one stays, and nobody knows which that is. Takes the other one away from
 * the resource, and answers what is there instead of both.
 */
function lastOnes(
  { policies }: Work,
  resource: TerraformResource,
  holder: ResourceDraft,
  uses: readonly PolicyUse[],
): readonly PolicyUse[] {
  const type = resource.type.slice(4);
  const names: ReadonlySet<string> = new Set(['policy', type, restOf('policy'), restOf(type), twice]);
  const others = holder.policies.filter((use) => 'name' in use && names.has(use.name));
  if (others.length === 0) return uses;
  if (sameTexts(others, uses)) return [];
  drop(holder.policies, (use) => others.includes(use));
  const first = others[0]?.origin?.path;
  const reason = `${first ?? 'the resource itself'} writes a policy of the same thing, and each replaces the other`;
  return [policies.unresolved(twice, resource.address, reason)];
}

const twice = 'policy written twice';

function sameTexts(others: readonly PolicyUse[], uses: readonly PolicyUse[]): boolean {
  const texts = (list: readonly PolicyUse[]) =>
    list.map((use) => ('document' in use ? text(use.document) : {}));
  const [a, b] = [texts(others), texts(uses)];
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

const text = (document: unknown): string =>
  typeof document === 'string' ? document : JSON.stringify(document);

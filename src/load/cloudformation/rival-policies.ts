import type { PolicyUse } from '../../account/estate-data.js';
import { holdsOnePolicy } from '../../account/one-policy.js';
import type { Finding } from './symbolic.js';

/** A part of the policy of a resource, and what it is a part of. */
export interface PolicyPart {
  readonly type: string;
  readonly use: PolicyUse;
  /** Path of the resource of the template that writes it. */
  readonly from: string;
}

/**
 * The parts of the policy of one resource as they count. Where two resources of a template write the policy of a thing that holds one, S3
 * refuses the second, and elsewhere the last one stays, in an order that is not written anywhere: none of them is certain.
 */
export function settleRivals<P extends PolicyPart>(
  parts: readonly P[],
  report: (finding: Finding) => void,
): readonly P[] {
  const written = parts.filter(({ type, use }) => holdsOnePolicy(type) && 'document' in use);
  const [first, ...others] = [...new Map(written.map((part) => [part.from, part])).values()];
  const texts = new Set(written.map(({ use }) => JSON.stringify('document' in use && use.document)));
  if (first === undefined || others.length === 0 || texts.size === 1) return parts;
  const rivals = new Set(written.map(({ from }) => from));
  for (const { from } of others)
    report({
      code: 'ambiguous',
      path: from,
      message: `${first.from} writes a policy of the same thing, which holds one`,
      hint: 'answers depend on both; write their statements into one policy',
    });
  const unresolved = `only one of several policies counts: ${[...rivals].join(', ')}`;
  return parts.map((part) => {
    if (!rivals.has(part.from)) return part;
    const { use } = part;
    const origin = use.origin === undefined ? {} : { origin: use.origin };
    return { ...part, use: { name: 'name' in use ? use.name : 'policy', unresolved, ...origin } };
  });
}

import type { PolicyUse, UnresolvedPolicy } from '../../account/estate-data.js';
import { holdsOnePolicy } from '../../account/one-policy.js';
import type { Finding } from './symbolic.js';

/** A part of the policy of a resource, and what it is a part of. */
export interface PolicyPart {
  readonly type: string;
  readonly use: PolicyUse;
  /** Path of the resource of the template that writes it. */
  readonly from: string;
  /** It replaces all that a function was given, one statement after another. */
  readonly whole?: boolean;
}

/**
 * The parts of the policy of one resource as they count. Where two resources of a template write the policy of a thing that holds one, S3
 * refuses the second, and elsewhere the last one stays, in an order that is not written anywhere: none of them is certain.
 */
export function settleRivals<P extends PolicyPart>(
  parts: readonly P[],
  report: (finding: Finding) => void,
): readonly P[] {
  const written = parts.filter(
    ({ type, use, whole }) => (holdsOnePolicy(type) || whole === true) && 'document' in use,
  );
  const [first, ...others] = [...new Map(written.map((part) => [part.from, part])).values()];
  const texts = new Set(written.map(({ use }) => JSON.stringify('document' in use && use.document)));
  if (first === undefined || others.length === 0 || texts.size === 1) return overwritten(parts, report);
  const rivals = new Set(written.map(({ from }) => from));
  for (const { from } of others)
    report({
      code: 'ambiguous',
      path: from,
      message: `${first.from} writes a policy of the same thing, which holds one`,
      hint: 'answers depend on both; write their statements into one policy',
    });
  return withoutText(
    overwritten(parts, report),
    rivals,
    `only one of several policies counts: ${[...rivals].join(', ')}`,
  );
}

/** A permission that is put there before the whole policy is gone, and one that comes after it stays: no template says which. */
function overwritten<P extends PolicyPart>(
  parts: readonly P[],
  report: (finding: Finding) => void,
): readonly P[] {
  const replacing = parts.find(({ whole }) => whole === true);
  if (replacing === undefined) return parts;
  return parts.map((part) => {
    if (part.whole === true) return part;
    const message = `${replacing.from} replaces the whole policy of the function, and so perhaps this permission`;
    const hint = 'write it as a statement of that policy';
    report({ code: 'ambiguous', path: part.from, message, hint });
    const { use } = part;
    const text = 'document' in use && typeof use.document === 'object' ? { possible: use.document } : {};
    return { ...part, use: { ...doubted(use, message), ...text } };
  });
}

/**
 * The parts of the policy of a resource that several resources of a template declare, of which one at most can exist: what one of them
 * brings with it, and another one does not, may be there.
 */
export function settleTwins<P extends PolicyPart>(
  parts: readonly P[],
  twins: readonly string[],
  report: (finding: Finding) => void,
): readonly P[] {
  const said = (path: string) =>
    JSON.stringify(parts.filter(({ from }) => from === path).map(({ use: { origin: _, ...told } }) => told));
  if (new Set(twins.map(said)).size < 2) return parts;
  const [first, ...others] = twins;
  for (const path of others)
    report({
      code: 'ambiguous',
      path,
      message: `${first} declares the same thing, with another policy`,
      hint: 'answers depend on which of them exists; say which one does, or give one of them another name',
    });
  return withoutText(parts, new Set(twins), `only one of these can exist: ${twins.join(', ')}`);
}

/** What some resources of the template write may be there. */
const withoutText = <P extends PolicyPart>(
  parts: readonly P[],
  from: ReadonlySet<string>,
  unresolved: string,
): readonly P[] =>
  parts.map((part) => (from.has(part.from) ? { ...part, use: doubted(part.use, unresolved) } : part));

/** A policy of which nobody knows whether it is there, or which it is. */
export function doubted(use: PolicyUse, doubt: string): UnresolvedPolicy {
  const name = 'name' in use ? use.name : typeof use.arn === 'string' ? use.arn : 'managed policy';
  return { name, unresolved: doubt, ...(use.origin === undefined ? {} : { origin: use.origin }) };
}

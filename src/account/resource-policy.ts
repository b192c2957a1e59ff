import type { EstateDocument } from './estate-data.js';
import type { ResolvedPolicy } from './resolved-policy.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * The parts of one resource policy as one document: a function has a statement for each permission, a queue those of several
 * templates. Only parts of the same Version mean the same when they stand together; otherwise the text of the older ones is
 * rewritten so that it keeps its meaning.
 */
export function joinParts(parts: readonly ResolvedPolicy[]): ResolvedPolicy | undefined {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first;
  const documents = parts.map(({ document }) => opened(document));
  const newest = documents.some(({ Version }) => Version === '2012-10-17');
  const statements = documents.flatMap(({ Version, Statement }) => {
    const list: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    return newest && Version !== '2012-10-17' ? list.map(literalStatement) : list;
  });
  const unresolved = parts.flatMap((part) => part.unresolved ?? []);
  return {
    name: parts.map(({ name }) => name).join(' + '),
    document: { ...(newest ? { Version: '2012-10-17' } : {}), Statement: statements } as EstateDocument,
    open: parts.some(({ open }) => open),
    ...(unresolved.length === 0 ? {} : { unresolved }),
  };
}

/** Text that is no JSON was refused when the part was resolved, or stands in a part with holes and is refused there. */
function opened(document: EstateDocument): Members {
  if (typeof document !== 'string') return document as Members;
  try {
    return JSON.parse(document) as Members;
  } catch {
    return { Statement: [document] };
  }
}

/** In a 2008 document `${` is plain text (L5); in one of 2012 it is written `${$}{`. Only these elements hold variables (L61). */
function literalStatement(statement: unknown): unknown {
  if (typeof statement !== 'object' || statement === null) return statement;
  const out: Record<string, unknown> = { ...statement };
  for (const element of ['Resource', 'NotResource', 'Condition'])
    if (Object.hasOwn(out, element)) out[element] = literalTexts(out[element]);
  return out;
}

function literalTexts(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', '${$}{');
  if (Array.isArray(value)) return value.map(literalTexts);
  if (typeof value !== 'object' || value === null) return value;
  // The name of a hole is no text of the policy.
  if (typeof (value as Members).hole === 'string') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literalTexts(item)]));
}

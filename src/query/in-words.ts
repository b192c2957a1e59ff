import type { Unresolved } from '../account/resolved-policy.js';
import type { PartialEvaluation, Reachable } from '../partial/conclude.js';
import type { Difference, Trace } from '../trace/trace.js';

/** What people read in place of the keys that stand for policies whose text is not known. */
export type Words = ReadonlyMap<string, { readonly policies: readonly string[]; readonly effect: string }>;

/** The words for each key. */
export function wordsFor(unresolved: readonly Unresolved[]): Words {
  const words = new Map<string, { policies: readonly string[]; effect: string }>();
  for (const one of unresolved) {
    const policies = (one.members ?? [one]).map(policyWords);
    const all =
      policies.length === 1 ? policies[0]! : `${policies.slice(0, -1).join(', ')} and ${policies.at(-1)}`;
    words.set(one.allowKey, { policies, effect: `an Allow of ${all}` });
    words.set(one.denyKey, { policies, effect: `a Deny of ${all}` });
  }
  return words;
}

function policyWords({ name, reason }: { readonly name: string; readonly reason: string }): string {
  const several = /^policies of | control policies of /.test(name);
  return `the ${several ? '' : 'policy '}${name} (${reason})`;
}

/** A partial evaluation that speaks of policies, not of keys. */
export function partialInWords(found: PartialEvaluation, words: Words): PartialEvaluation {
  const effect = (key: string) => words.get(key)?.effect ?? key;
  return {
    ...found,
    dependsOn: [...new Set(found.dependsOn.flatMap((key) => words.get(key)?.policies ?? key))],
    allowedIf: found.allowedIf.map((clause) => clause.map((line) => ({ ...line, key: effect(line.key) }))),
    reachable: found.reachable.map((one) => ({
      ...one,
      context: Object.fromEntries(
        Object.entries(one.context).map(([key, values]) => [
          effect(key),
          words.has(key) && values.length > 0 ? ['present'] : values,
        ]),
      ),
    })),
  };
}

/** An explanation that speaks of policies, not of keys, and of holes, not of the texts that stood for them. */
export function traceInWords(trace: Trace, words: Words, holes: Reachable['holes']): Trace {
  // Only texts made up to be like nothing else can be told from what stands there anyway.
  const madeUp = Object.entries(holes).filter(([, text]) => text.startsWith('x-'));
  const holed = (text: string) => madeUp.reduce((out, [name, own]) => out.replaceAll(own, `{${name}}`), text);
  const nearMisses = trace.nearMisses.map((miss) => ({
    ...miss,
    differences: miss.differences.map((one) => differenceInWords(one, words)),
  }));
  return mapTexts({ ...trace, nearMisses }, (text) => holed(words.get(text)?.effect ?? text)) as Trace;
}

function differenceInWords(difference: Difference, words: Words): Difference {
  const [, key] = /(unresolved:(?:allow|deny)\/-?\d+)/.exec(difference.element) ?? [];
  const found = key === undefined ? undefined : words.get(key);
  if (found === undefined) return difference;
  return { ...difference, element: 'Text', needs: found.effect, has: 'no text of it to read' };
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}

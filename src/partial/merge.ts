import type { ClauseLine } from './clause.js';
import type { PartialEvaluation, Reachable } from './conclude.js';
import type { Filling, Holes } from './filling.js';
import { isSingle, linesOf } from './hole-lines.js';
import type { Clause } from './minimize.js';

type Answer = readonly [Filling, PartialEvaluation];

/** The answers for each way to fill the holes, as one. */
export function mergeFillings(answers: readonly Answer[]): PartialEvaluation {
  const [first] = answers as [Answer];
  if (first[0].texts.size === 0) return first[1];
  const { holes } = first[0];
  const exact = holes.exact && answers.every(([, one]) => one.exact);
  const reachable = new Map<string, Reachable>();
  for (const [{ texts }, one] of answers) {
    for (const way of one.reachable) {
      if (!reachable.has(way.decision))
        reachable.set(way.decision, { ...way, holes: Object.fromEntries(texts) });
    }
  }
  const decisions = [...reachable.keys()];
  const settled = decisions.length === 1 && exact;
  const names = [...first[0].texts.keys()];
  const mattering = names.filter((name) => matters(name, answers));
  const keys = answers.flatMap(([, one]) => one.dependsOn);
  const { clauses: allowedIf, whole } = mergeClauses(answers, mattering, holes);
  // A hole that a clause compares with changes the answer where its key is what it was.
  const said = JSON.stringify(allowedIf);
  const named = names.filter(
    (name) => mattering.includes(name) || said.includes(JSON.stringify(`{${name}}`).slice(1, -1)),
  );
  return {
    decision: settled ? reachable.get(decisions[0]!)!.decision : 'depends',
    dependsOn: settled ? [] : [...new Set([...keys, ...named.map((name) => `{${name}}`)])].sort(),
    allowedIf,
    reachable: [...reachable.values()].sort((a, b) => (a.decision < b.decision ? -1 : 1)),
    exact: exact && (settled || (whole && !named.some((name) => holes.ranged.has(name)))),
  };
}

/** A hole matters if two ways that differ in it alone have different answers. */
function matters(name: string, answers: readonly Answer[]): boolean {
  const groups = new Map<string, Set<string>>();
  for (const [{ texts }, one] of answers) {
    const others = JSON.stringify([...texts].filter(([other]) => other !== name));
    const answer = JSON.stringify([one.allowedIf, one.reachable.map(({ decision }) => decision)]);
    groups.set(others, (groups.get(others) ?? new Set()).add(answer));
  }
  return [...groups.values()].some((group) => group.size > 1);
}

/** Texts of some holes; a hole that is not here may hold anything. */
type Ways = Map<string, Set<string>>;

/** Clauses that hold for several texts of a hole are said once, with what the hole must be; `whole` when they say all of it. */
function mergeClauses(
  answers: readonly Answer[],
  mattering: readonly string[],
  { fresh, states }: Holes,
): { readonly clauses: readonly Clause[]; readonly whole: boolean } {
  const bodies = new Map<string, { clause: Clause; ways: Ways[] }>();
  // Texts with which nothing can be read are none that the hole can have.
  const tried = new Map(
    [...states.keys()].map((hole) => [hole, new Set(answers.map(([{ texts }]) => texts.get(hole)!))]),
  );
  let whole = true;
  for (const [{ texts }, one] of answers) {
    for (const raw of one.allowedIf) {
      if (speaksOfExample(raw, texts, states)) whole = false;
      const clause = raw.map((line) => ({ ...line, values: line.values.map((text) => named(text, fresh)) }));
      const name = JSON.stringify(clause);
      const body = bodies.get(name) ?? { clause, ways: [] };
      body.ways.push(new Map(mattering.map((hole) => [hole, new Set([texts.get(hole)!])])));
      bodies.set(name, body);
    }
  }
  const out: Clause[] = [];
  for (const { clause, ways } of bodies.values()) {
    for (const way of union(ways, tried)) {
      const lines = [...way].flatMap(([hole, texts]): readonly ClauseLine[] => {
        const key = `{${hole}}`;
        const others = new Set([...tried.get(hole)!].filter((text) => !texts.has(text)));
        const said = linesOf(key, states.get(hole)!, texts, others);
        if (said !== undefined) return said;
        whole = false;
        // The fresh text stands for all others, so what is left is said by what it is not.
        return texts.has(fresh.get(hole)!)
          ? [{ operator: 'StringNotEquals', key, values: [...others] }]
          : [{ operator: 'StringEquals', key, values: [...texts] }];
      });
      out.push([...lines, ...clause]);
    }
  }
  return { clauses: out.sort((a, b) => a.length - b.length), whole };
}

/** Whether a clause compares with a text that is only one of many which the hole may have to the same end. */
function speaksOfExample(clause: Clause, texts: Filling['texts'], states: Holes['states']): boolean {
  return [...texts].some(([hole, text]) => {
    const own = states.get(hole)!;
    const said = clause.some(({ values }) => values.some((value) => value.includes(text)));
    return text !== own.texts[0] && said && !isSingle(own, text);
  });
}

/** Joins ways that differ in one hole, until none is left; a hole that may hold every text is dropped. */
function union(ways: readonly Ways[], tried: ReadonlyMap<string, ReadonlySet<string>>): Ways[] {
  const left = [...ways];
  for (let i = 0; i < left.length; i++) {
    for (let j = i + 1; j < left.length; j++) {
      const a = left[i]!;
      const b = left[j]!;
      const differing = [...a.keys()].filter((hole) => !equal(a.get(hole)!, b.get(hole)!));
      if (differing.length > 1) continue;
      for (const hole of differing) for (const text of b.get(hole)!) a.get(hole)!.add(text);
      left.splice(j, 1);
      i = -1;
      break;
    }
  }
  for (const way of left) {
    for (const [hole, texts] of way) if (texts.size === tried.get(hole)!.size) way.delete(hole);
  }
  return left;
}

const equal = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((text) => b.has(text));

/** The fresh text of a hole is shown as the hole itself. */
const named = (text: string, fresh: ReadonlyMap<string, string>): string =>
  [...fresh].reduce((out, [hole, own]) => out.split(own).join(`{${hole}}`), text);

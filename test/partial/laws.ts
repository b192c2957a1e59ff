import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CompiledPolicies, compile, type EvaluationInput, isIamError } from '../../src/index.js';
import { fillHoles } from '../../src/partial/holes.js';
import {
  type ClauseLine,
  evaluatePartial,
  evaluateReachable,
  type PartialEvaluationInput,
} from '../../src/partial/index.js';
import { completion, holeTexts, partialCase, unknownKeys, valuesByKey, withHoles } from './generate.js';
import { meetings, meetingTexts } from './generate-meetings.js';

type Context = Record<string, readonly string[]>;
type Holes = Record<string, string>;

/** A law of partial evaluation: what it is about, and a property that checks it. */
export interface Law {
  readonly name: string;
  readonly property: fc.IProperty<unknown>;
}

const compiled = new WeakMap<object, CompiledPolicies>();
function ask({ request, policies }: EvaluationInput, context: Context) {
  const known = compiled.get(policies) ?? compile(policies);
  compiled.set(policies, known);
  return known.evaluate({ ...request, context });
}

/** Whether a line holds, asked of the engine itself: a policy that allows everything under this one condition. */
function holds(input: EvaluationInput, line: ClauseLine, context: Context, holes: Holes): boolean {
  const { operator, key } = line;
  const named = Object.entries(holes);
  const values = line.values.map((value) =>
    named.reduce((text, [name, own]) => text.split(`{${name}}`).join(own), value),
  );
  const hole = /^\{(.*)\}$/.exec(key);
  if (hole !== null) {
    // Said of the text of a hole as of a key that holds it.
    const own = { ...context, 'law:hole': [holes[hole[1]!]!] };
    return holds(input, { operator, key: 'law:hole', values: line.values }, own, {});
  }
  const again = (name: string, list: readonly string[]) =>
    holds(input, { operator: name, key, values: list }, context, holes);
  if (operator.startsWith('not ')) return !again(operator.slice(4), values);
  if (operator === 'absent' || operator === 'present') return again('Null', [String(operator === 'absent')]);
  const whole = key === 'resource';
  if (whole && operator === 'ArnNotLike') return !again('ArnLike', values);
  const statement = whole
    ? { Effect: 'Allow', Action: '*', Resource: values }
    : { Effect: 'Allow', Action: '*', Resource: '*', Condition: { [operator]: { [key]: values } } };
  const policies = { identityPolicies: [{ Version: '2012-10-17', Statement: statement }] };
  return ask({ ...input, policies }, context).allowed;
}

const someKeys = (maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...unknownKeys), { minLength: 1, maxLength });

const scenario = fc
  .tuple(partialCase, someKeys(4))
  .chain(([input, keys]) =>
    fc.tuple(
      fc.constant(input),
      fc.constant(keys),
      fc.array(completion(keys), { minLength: 6, maxLength: 6 }),
    ),
  );

/** What partial evaluation said, against the engine on one completion. */
export function checkCompletion(
  partial: ReturnType<typeof evaluatePartial>,
  input: EvaluationInput,
  context: Context,
  holes: Holes,
): void {
  const { decision, allowed } = ask(input, context);
  if (partial.decision !== 'depends') assert.equal(decision, partial.decision);
  // Where not everything could be tried, it says that it depends, and what it says of the rest is no promise.
  if (!partial.exact) return;
  assert.ok(partial.reachable.some((one) => one.decision === decision));
  const said = partial.allowedIf.some((clause) => clause.every((line) => holds(input, line, context, holes)));
  assert.equal(said, allowed, JSON.stringify(partial.allowedIf));
}

/** How often an answer was "depends", to see that the laws speak of something, and how often not all could be tried. */
export const seen = {
  depends: 0,
  exactDepends: 0,
  inexact: 0,
  keys: 0,
  unproved: 0,
  holes: 0,
  inexactHoles: 0,
};

const nothingUnknown: Law = {
  name: 'with nothing unknown it equals evaluate',
  property: fc.property(partialCase, completion(unknownKeys), (input, context) => {
    const partial = evaluatePartial({ request: { ...input.request, context }, policies: input.policies });
    assert.equal(partial.decision, ask(input, context).decision);
    assert.deepEqual(partial.dependsOn, []);
  }) as fc.IProperty<unknown>,
};

const completions: Law = {
  name: 'what it says holds for every completion, and what depends can go each way',
  property: fc.property(scenario, ([input, keys, contexts]) => {
    const open = { request: { ...input.request, unknown: keys }, policies: input.policies };
    const partial = evaluatePartial(open);
    if (!partial.exact) seen.inexact++;
    for (const context of contexts) checkCompletion(partial, input, context, {});
    for (const way of partial.reachable) {
      assert.equal(ask(input, way.context).decision, way.decision);
      assert.equal(evaluateReachable(open, way).decision, way.decision);
    }
    if (partial.decision !== 'depends') return;
    seen.depends++;
    if (!partial.exact) return;
    seen.exactDepends++;
    assert.ok(partial.reachable.length > 1);
    assert.ok(partial.dependsOn.length > 0);
  }) as fc.IProperty<unknown>,
};

/** Every reading of the keys with values of the shared list. */
function* readings(keys: readonly string[]): Generator<Context> {
  const [key, ...rest] = keys;
  if (key === undefined) {
    yield {};
    return;
  }
  const values = valuesByKey[key]!;
  const lists: string[][] = [[], ...values.map((one) => [one])];
  if (key === 'aws:TagKeys') {
    lists.push(...values.flatMap((one, i) => values.slice(i + 1).map((other) => [one, other])));
  }
  for (const others of readings(rest)) for (const list of lists) yield { ...others, [key]: list };
}

const dependsOn: Law = {
  name: 'a key is among those it depends on exactly if it can change the answer',
  property: fc.property(partialCase, someKeys(2), (input, keys) => {
    const partial = evaluatePartial({
      request: { ...input.request, unknown: keys },
      policies: input.policies,
    });
    const decided = [...readings(keys)].map((reading) => [reading, ask(input, reading).decision] as const);
    const changing = keys.filter((key) => {
      const groups = new Map<string, string>();
      return decided.some(([reading, decision]) => {
        const others = JSON.stringify({ ...reading, [key]: [] });
        const before = groups.get(others) ?? decision;
        groups.set(others, before);
        return before !== decision;
      });
    });
    for (const key of changing) assert.ok(partial.dependsOn.includes(key), key);
    // The other way round, as far as the shared values reach; a bound may lie beyond all of them.
    seen.keys += partial.dependsOn.length;
    seen.unproved += partial.dependsOn.length - changing.length;
  }) as fc.IProperty<unknown>,
};

/** What work gives; undefined where its input is refused. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isIamError(error)) throw error;
    return undefined;
  }
}

/** Whether the input can be read: a text that makes it malformed is none that a hole can have. */
const readable = (input: EvaluationInput): boolean => unlessRefused(() => ask(input, {})) !== undefined;

const answerTo = (input: PartialEvaluationInput) => unlessRefused(() => evaluatePartial(input));

type InputWithHoles = { readonly request: unknown; readonly policies: unknown };

const lawOfTexts = (
  name: string,
  inputs: fc.Arbitrary<InputWithHoles>,
  holdable: Readonly<Record<string, readonly string[]>>,
  unknown: fc.Arbitrary<readonly string[]>,
): Law => ({
  name,
  property: fc.property(
    inputs,
    unknown.chain((keys) =>
      fc.tuple(fc.constant(keys), fc.array(completion(keys), { minLength: 3, maxLength: 3 })),
    ),
    fc.array(
      fc.record(
        Object.fromEntries(
          Object.entries(holdable).map(([hole, texts]) => [hole, fc.constantFrom(...texts)]),
        ),
      ),
      { minLength: 3, maxLength: 3 },
    ),
    (input, [keys, contexts], texts) => {
      const request = { ...(input.request as object), unknown: keys };
      const open = { request, policies: input.policies } as unknown as PartialEvaluationInput;
      const filledWith = (holes: Holes) =>
        fillHoles(input, new Map(Object.entries(holes))) as EvaluationInput;
      const partial = answerTo(open);
      // Refused where one hole has to be two things, so that no text can be read.
      if (partial === undefined) {
        assert.ok(texts.every((holes) => !readable(filledWith(holes))));
        return;
      }
      seen.holes++;
      if (!partial.exact) seen.inexactHoles++;
      for (const [i, holes] of texts.entries()) {
        const filled = filledWith(holes);
        const context = { ...filled.request.context, ...contexts[i]! };
        if (readable(filled)) checkCompletion(partial, filled, context as Context, holes);
      }
      for (const way of partial.reachable) {
        const filled = filledWith(way.holes);
        const context = { ...filled.request.context, ...way.context };
        assert.equal(ask(filled, context as Context).decision, way.decision);
        assert.equal(evaluateReachable(open, way).decision, way.decision);
      }
    },
  ) as fc.IProperty<unknown>,
});

const holesLaw = lawOfTexts(
  'text with holes: what it says holds for every text',
  withHoles,
  holeTexts,
  someKeys(2),
);
const meetingsLaw = lawOfTexts(
  'holes that meet variables, keys of the caller and principals: what it says holds for every text',
  meetings,
  meetingTexts,
  fc.constantFrom([], [], ['s3:prefix'], ['aws:PrincipalTag/team'], ['aws:TagKeys']),
);

export const lawsOfKeys: readonly Law[] = [nothingUnknown, completions, dependsOn];
export const lawsOfHoles: readonly Law[] = [holesLaw, meetingsLaw];

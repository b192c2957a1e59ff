import { services } from '../catalog/index.js';
import { storedService } from '../catalog/stored.js';
import type { Answer, WhatCanEntry } from '../query/index.js';
import { needsNothing } from '../query/what-can-actions.js';
import { actionPatterns } from '../query/what-can-patterns.js';
import { reasonWords } from './answer-words.js';
import { inOrder } from './table.js';

/** Actions that get one answer on a resource. */
export interface Answered {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly answer: Answer;
}

/** What one line of the list says. */
export interface Line {
  readonly decision: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly by: string;
}

/** What the list says, and of how many resources it is silent since they have nothing but what is said of `*`. */
export interface Lines {
  readonly lines: readonly Line[];
  readonly likeEverything: number;
}

/** Name of an action → decision and reason, in one text. */
type Said = ReadonlyMap<string, string>;

/**
 * Actions with the same answer on a line, resources with the same actions too. Of a resource of its own only what differs from `*` is
 * said, and that is also what is denied there: silence would otherwise mean both.
 */
export function shortLines(entries: readonly WhatCanEntry[], denied: readonly Answered[]): Lines {
  const answered = entries.flatMap(({ resource, answers }) =>
    answers.map(({ actions, answer }): Answered => ({ resource, actions, answer })),
  );
  const everywhere = saidOf(answered.filter(({ resource }) => resource === '*'));
  const found = new Map<string, Map<string, string[]>>();
  const like = new Set<string>();
  const tell = (
    { resource, actions, answer }: Answered,
    differs: (action: string, said: string) => boolean,
  ) => {
    const said = saying(answer);
    const own = resource === '*' ? actions : actions.filter((action) => differs(action, said));
    if (own.length < actions.length) like.add(resource);
    if (own.length === 0) return;
    const there = found.get(resource) ?? new Map<string, string[]>();
    found.set(resource, there);
    there.set(said, [...(there.get(said) ?? []), ...own]);
  };
  for (const one of answered) tell(one, (action, said) => everywhere.get(action) !== said);
  for (const one of exceptions(denied, everywhere)) tell(one, () => true);
  return {
    lines: inLines(found),
    likeEverything: [...like].filter((resource) => !found.has(resource)).length,
  };
}

/** What is denied on a resource although it is not, or not certainly, on `*`. */
export function exceptionsOf(
  entries: readonly WhatCanEntry[],
  denied: readonly Answered[],
): readonly Answered[] {
  const everywhere = entries.filter(({ resource }) => resource === '*');
  return exceptions(
    denied,
    saidOf(everywhere.flatMap(({ resource, answers }) => answers.map((one) => ({ resource, ...one })))),
  );
}

const exceptions = (denied: readonly Answered[], everywhere: Said): readonly Answered[] =>
  denied.flatMap((one) => {
    const actions = one.actions.filter((action) => everywhere.has(action));
    return actions.length === 0 ? [] : [{ ...one, actions }];
  });

const saying = (answer: Answer): string => `${answer.decision}\n${reasonWords(answer)}`;

function saidOf(answered: readonly Answered[]): Said {
  const said = new Map<string, string>();
  for (const { actions, answer } of answered) {
    const words = saying(answer);
    for (const action of actions) said.set(action, words);
  }
  return said;
}

/** Policies of resources that are written alike go by the name of their owner: `"arn:aws:s3:::a › policy" statement "Tls"`. */
const ofAnyOwner = (said: string): string =>
  /^\w+\nresourcePolicy /.test(said)
    ? said.replace(/"[^"]* › ([^"]*)" statement/g, '"… › $1" statement')
    : said;

/** Resources of which the same is said share a line. */
function inLines(found: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>): readonly Line[] {
  const lines = new Map<string, { said: string; actions: readonly string[]; resources: string[] }>();
  for (const [resource, there] of found)
    for (const [said, actions] of there) {
      const key = [ofAnyOwner(said), ...actions].join('\n');
      const line = lines.get(key) ?? { said, actions, resources: [] };
      lines.set(key, line);
      line.resources.push(resource);
    }
  return [...lines.values()]
    .map(({ said, actions, resources }): Line => {
      const [decision = '', ...by] = (resources.length === 1 ? said : ofAnyOwner(said)).split('\n');
      return { decision, actions, resources: [...resources].sort(inOrder), by: by.join('\n') };
    })
    .sort((a, b) => inOrder(a.decision, b.decision) || inOrder(a.resources[0]!, b.resources[0]!));
}

/** More exceptions than these say less than a list. */
const fewExceptions = 4;

/** Patterns for a line: `*` and what it leaves out where that is shorter. */
export function patternWords(actions: readonly string[]): readonly string[] {
  const patterns = actionPatterns(actions);
  if (patterns.length <= fewExceptions) return patterns;
  const listed = new Set(actions);
  const others = services().flatMap((service) =>
    [...storedService(service)!.byName.values()].flatMap(({ action }) =>
      // It stands on a line of its own for everybody.
      listed.has(action) || needsNothing.has(action.toLowerCase()) ? [] : [action],
    ),
  );
  const left = actionPatterns(others);
  if (left.length > fewExceptions) return patterns;
  return left.length === 0 ? ['*'] : [`* without ${left.join(', ')}`];
}

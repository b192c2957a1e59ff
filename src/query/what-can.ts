import { askedOf } from '../account/alias.js';
import { type Assembled, assemble } from '../account/assemble.js';
import { checkFacts } from '../account/check-facts.js';
import type { Caller, Facts } from '../account/facts.js';
import { checkLinked, type LinkedEstate } from '../account/link.js';
import { textKey, textWords } from '../account/text.js';
import { isIamError } from '../error.js';
import { contextValues } from '../request/derive.js';
import { parseRequest } from '../request/parse.js';
import { asciiLower } from '../value/ascii.js';
import { type Answer, answer } from './answer.js';
import { type ActionClass, ActionClasses, needsNothing } from './what-can-actions.js';
import { actionPatterns } from './what-can-patterns.js';
import { type NotAsked, type Target, targetsOf } from './what-can-targets.js';

/** What may be asked besides the facts of a request. */
export interface WhatCanFacts extends Facts {
  /** Every action by its name, instead of patterns. */
  readonly expand?: boolean | undefined;
  /** Told on how many of the resources was asked. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** Actions on one resource that the caller may do, or for which it depends on the same things. */
export interface WhatCanEntry {
  /** An ARN, holes as `{Name}`; the pattern of a policy, for whatever it stands for; or `*`. */
  readonly resource: string;
  /** What `can` is asked for: wildcards of a pattern are holes. */
  readonly target: Target['text'];
  /** `depends` when it hangs on something that nobody knows. */
  readonly verdict: 'allowed' | 'depends';
  /** Patterns that stand for exactly these catalog actions; with `expand`, the actions. */
  readonly actions: readonly string[];
  /** What it depends on, as `Answer.dependsOn`. */
  readonly dependsOn: readonly string[];
  /** The answers, one for all actions that the policies treat alike. */
  readonly answers: readonly { readonly actions: readonly string[]; readonly answer: Answer }[];
  /** The statements that allow it, or what it hangs on, for people. */
  readonly reasons: readonly string[];
}

/** Told of actions that were asked and are denied: some policy allows them, perhaps elsewhere. */
export type OnDenied = (target: Target, actions: readonly string[], answer: Answer) => void;

/** What a caller may do. */
export interface WhatCan {
  /** By resource and verdict. */
  readonly entries: readonly WhatCanEntry[];
  /** Resources that policies name and that cannot be asked for, with the reason. */
  readonly notAsked: readonly NotAsked[];
}

/**
 * What a caller may do: every action of the catalog, on `*`, on each resource that Allow statements name, and on each resource of the
 * estate whose service the action belongs to. What is not listed is denied there; actions that work without any Allow, such as
 * sts:GetCallerIdentity, are listed on `*` alone.
 *
 * @example
 * ```ts
 * const linked = linkEstate({
 *   ...emptyEstate,
 *   principals: [
 *     {
 *       kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333', name: 'ana', names: [], groups: [],
 *       policies: [
 *         {
 *           name: 'send',
 *           document: {
 *             Version: '2012-10-17',
 *             Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs' },
 *           },
 *         },
 *       ],
 *     },
 *   ],
 * });
 * const { entries } = whatCan(linked, { kind: 'principal', key: 'arn:aws:iam::111122223333:user/ana' });
 * console.log(entries.map(({ resource, actions }) => `${actions} on ${resource}`).at(-1));
 * // sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:jobs
 * ```
 * @throws InvalidRequestError when a fact is malformed
 */
export function whatCan(linked: LinkedEstate, caller: Caller, given: WhatCanFacts = {}): WhatCan {
  return whatCanAndNot(linked, caller, given);
}

/** The same, telling also what is denied, on resources too that Deny statements alone name. */
export function whatCanAndNot(
  linked: LinkedEstate,
  caller: Caller,
  given: WhatCanFacts,
  onDenied?: OnDenied,
): WhatCan {
  checkLinked(linked);
  checkFacts(given, ['expand', 'onProgress']);
  const { expand = false, onProgress, ...facts } = given;
  const start = assemble(linked, caller, 'sts:GetCallerIdentity', '*', facts);
  // Says at once what is wrong with the facts.
  answer(start);
  const [, partition, , , account] = callerOf(start);
  const { targets, denied, notAsked } = targetsOf(linked, start.policies, {
    account,
    partition,
    variable: variablesOf(start),
  });
  const found = whatCanOn(linked, caller, targets, facts, expand, onProgress, onDenied);
  if (onDenied !== undefined && found.entries.some(isOfEverything))
    whatCanOn(linked, caller, denied, facts, expand, undefined, onDenied);
  return { entries: found.entries, notAsked: [...notAsked, ...found.notAsked] };
}

/** Whether it says of `*` what a Deny on something may take away. */
const isOfEverything = ({ resource, answers }: WhatCanEntry): boolean =>
  resource === '*' &&
  answers.some(({ actions }) => actions.some((action) => !needsNothing.has(asciiLower(action))));

/** The same for given things alone. */
export function whatCanOn(
  linked: LinkedEstate,
  caller: Caller,
  targets: readonly Target[],
  facts: Facts,
  expand: boolean,
  onProgress?: WhatCanFacts['onProgress'],
  onDenied?: OnDenied,
): WhatCan {
  const sorted = new Map<unknown, ActionClasses>();
  const entries: WhatCanEntry[] = [];
  const notAsked: NotAsked[] = [];
  for (const [i, target] of targets.entries()) {
    const assembled = assemble(linked, caller, 'sts:GetCallerIdentity', target.text, facts);
    const classes =
      sorted.get(assembled.policies) ??
      new ActionClasses(assembled.policies, callerOf(assembled)[5] === 'root');
    sorted.set(assembled.policies, classes);
    try {
      const asked = askedThere(linked, target, classes.on(textKey(target.text)));
      entries.push(...entriesOn(target, assembled, asked, expand, onDenied));
    } catch (error) {
      if (!isIamError(error)) throw error;
      notAsked.push({ resource: target.resource, reason: error.message });
    }
    onProgress?.(i + 1, targets.length);
  }
  return { entries, notAsked };
}

/** What is asked of an alias is asked of its key, which is a target of its own. */
function askedThere(
  linked: LinkedEstate,
  { text }: Target,
  classes: readonly ActionClass[],
): readonly ActionClass[] {
  if (linked.resource(textKey(text))?.target === undefined) return classes;
  return classes.flatMap((alike): readonly ActionClass[] => {
    const [first, ...others] = alike.filter(({ action }) => askedOf(linked, action, text).resource === text);
    return first === undefined ? [] : [[first, ...others]];
  });
}

/** The parts of the caller's ARN; none where it has no ARN. */
function callerOf({ request }: Assembled): readonly string[] {
  const { arn } = request.principal as { arn?: Target['text'] };
  return arn === undefined ? [] : textWords(arn).split(':');
}

/** What a policy variable stands for (L60); nothing where the caller itself has holes. */
function variablesOf({ request, plain }: Assembled): (key: string) => string | undefined {
  if (!plain) return () => undefined;
  const asked = parseRequest(request);
  return (key) => {
    const values = contextValues(asked, key);
    return values?.length === 1 ? values[0] : undefined;
  };
}

function entriesOn(
  target: Target,
  assembled: Assembled,
  classes: readonly ActionClass[],
  expand: boolean,
  onDenied?: OnDenied,
): readonly WhatCanEntry[] {
  const groups = new Map<string, { actions: string[]; answers: { actions: string[]; answer: Answer }[] }>();
  for (const alike of classes) {
    const [{ action }] = alike;
    const said = answer({ ...assembled, request: { ...assembled.request, action } });
    const open = (said.allowedIf.length > 0 || !said.exact) && said.decision === 'depends';
    if (!said.allowed && !open) {
      onDenied?.(
        target,
        alike.map((one) => one.action),
        said,
      );
      continue;
    }
    const key = JSON.stringify([said.allowed, ...said.dependsOn]);
    const group = groups.get(key) ?? { actions: [], answers: [] };
    groups.set(key, group);
    const actions = alike.map((one) => one.action);
    for (const one of actions) group.actions.push(one);
    group.answers.push({ actions, answer: said });
  }
  return [...groups.values()].map((group) => new Entry(target, group, expand));
}

/** What is not asked for is not worked out. */
class Entry implements WhatCanEntry {
  readonly resource: string;
  readonly target: Target['text'];
  readonly verdict: 'allowed' | 'depends';
  readonly actions: readonly string[];
  readonly dependsOn: readonly string[];
  readonly answers: WhatCanEntry['answers'];

  constructor(
    target: Target,
    { actions, answers }: Pick<WhatCanEntry, 'actions' | 'answers'>,
    expand: boolean,
  ) {
    const { allowed, dependsOn } = answers[0]!.answer;
    this.resource = target.resource;
    this.target = target.text;
    this.verdict = allowed ? 'allowed' : 'depends';
    this.actions = expand ? [...actions].sort() : actionPatterns(actions);
    this.dependsOn = dependsOn;
    this.answers = answers;
  }

  get reasons(): readonly string[] {
    const words = this.answers.flatMap(({ answer: { decidedBy } }) =>
      decidedBy === undefined
        ? this.dependsOn.map((one) => `depends on ${one}`)
        : decidedBy.statements.length === 0
          ? [`${decidedBy.kind} (${decidedBy.rule})`]
          : decidedBy.statements.map(
              ({ policy, sid, index }) => `${policy} › ${sid ?? `statement ${index + 1}`}`,
            ),
    );
    return [...new Set(words)];
  }
}

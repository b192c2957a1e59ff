import type { WhatCan, WhatCanEntry } from '../query/index.js';
import { actionPatterns } from '../query/what-can-patterns.js';
import { visibleText } from '../value/visible-text.js';
import { matchPattern, parsePattern } from '../value/wildcard.js';
import { decisionWord, reasonWords } from './answer-words.js';
import { counted, listWithin, table } from './table.js';
import { type Answered, exceptionsOf, patternWords, shortLines } from './what-can-lines.js';

/** How the list is printed. */
export interface ListStyle {
  /** A line for each action and resource. */
  readonly all: boolean;
  /** Every action by its name. */
  readonly expand: boolean;
  readonly colour: boolean;
}

/** What a caller may do, for people; `denied` is all that was asked and is denied. */
export function whatCanText(
  principal: string,
  { entries, notAsked }: WhatCan,
  denied: readonly Answered[],
  { all, expand, colour }: ListStyle,
): string {
  const list =
    all || expand ? everyLine(entries, denied, expand, colour) : shortList(entries, denied, colour);
  return words(principal, list, notAsked);
}

/** A table, and what the line below it says of it. */
interface List {
  readonly found: string;
  readonly summary: string;
  readonly leftOut?: string;
}

function words(principal: string, { found, summary, leftOut }: List, notAsked: WhatCan['notAsked']): string {
  const left = table(
    ['NOT ASKED', 'REASON'],
    notAsked.map(({ resource, reason }) => [resource, reason]),
  );
  const last = `${visibleText(principal)}: ${summary}\n${leftOut === undefined ? '' : `${leftOut}\n`}`;
  return [found, left, last].filter((part) => part !== '').join('\n');
}

const heads = ['DECISION', 'ACTION', 'RESOURCE', 'BY'];

const listed = (rows: readonly (readonly string[])[], colour: boolean): string =>
  table(heads, rows, (column, text) => (column === 0 ? decisionWord(text, colour) : text));

function everyLine(
  entries: readonly WhatCanEntry[],
  denied: readonly Answered[],
  expand: boolean,
  colour: boolean,
): List {
  const rows = entries.flatMap((entry) => {
    const by = reasonsOf(entry);
    return entry.actions.map((action) => [entry.verdict, action, entry.resource, by(action)]);
  });
  const not = exceptionsOf(entries, denied).flatMap(({ actions, resource, answer }) =>
    (expand ? [...actions].sort() : actionPatterns(actions)).map((action) => [
      answer.decision,
      action,
      resource,
      reasonWords(answer),
    ]),
  );
  const on = new Set(entries.map(({ resource }) => resource)).size;
  const what =
    rows.length === 0 ? 'nothing' : `${counted(rows.length, 'line')} on ${counted(on, 'resource')}`;
  return {
    found: listed([...rows, ...not], colour),
    summary: not.length === 0 ? what : `${what}, and ${counted(not.length, 'line')} of what is denied there`,
  };
}

function shortList(entries: readonly WhatCanEntry[], denied: readonly Answered[], colour: boolean): List {
  const { lines, likeEverything } = shortLines(entries, denied);
  let cut = 0;
  const some = (list: readonly string[], room: number): string => {
    const { text, more } = listWithin(list, room);
    cut += more > 0 ? 1 : 0;
    return text;
  };
  const rows = lines.map(({ decision, actions, resources, by }) => [
    decision,
    some(patternWords(actions), 60),
    some(resources, 0),
    by,
  ]);
  const left = [
    ...(likeEverything === 0
      ? []
      : [`${counted(likeEverything, 'resource')} on which the same holds as on *`]),
    ...(cut === 0 ? [] : ['what "and … more" stands for']),
  ];
  return {
    found: listed(rows, colour),
    summary: lines.length === 0 ? 'nothing' : counted(lines.length, 'line'),
    ...(left.length === 0 ? {} : { leftOut: `Left out: ${left.join(', and ')}; --all lists everything` }),
  };
}

/** What decides for the actions that each line of an entry stands for. */
function reasonsOf({ answers }: WhatCanEntry): (action: string) => string {
  const byAction = new Map(answers.flatMap((one) => one.actions.map((action) => [action, one] as const)));
  return (action) => {
    const exact = byAction.get(action);
    const pattern = parsePattern(action);
    const fitting =
      exact === undefined
        ? answers.filter(({ actions }) => actions.some((one) => matchPattern(pattern, one)))
        : [exact];
    return [...new Set(fitting.map(({ answer }) => reasonWords(answer)))].join('; ');
  };
}

import type { Text } from '../account/estate-data.js';
import type { LinkedEstate } from '../account/link.js';
import { keyText, textKey, textWords } from '../account/text.js';
import { splitArn } from '../value/arn.js';
import { parseTemplate, type Variable, type VariableLookup } from '../value/variable.js';
import { ONE, STAR, wildcardPieces } from '../value/wildcard.js';
import { statementsIn } from './what-can-statements.js';

/** Something to ask about: a resource, or all resources that a pattern stands for. */
export interface Target {
  /** For people: an ARN, holes as `{Name}`; a pattern; or `*`. */
  readonly resource: string;
  /** What is asked: each wildcard of a pattern is a hole, so that an answer is one for whatever stands there. */
  readonly text: Text;
}

/** A pattern that cannot be asked for. */
export interface NotAsked {
  readonly resource: string;
  readonly reason: string;
}

/** What is known of the caller. */
interface Asker {
  readonly account: string | undefined;
  readonly partition: string | undefined;
  /** Values of policy variables. */
  readonly variable: VariableLookup;
}

/**
 * The resources of the estate, and those that Allow statements of the caller and of resource policies name, `*` first; each once. Apart from
 * them those that Deny statements alone name.
 */
export function targetsOf(
  linked: LinkedEstate,
  policies: unknown,
  asker: Asker,
): { targets: readonly Target[]; denied: readonly Target[]; notAsked: readonly NotAsked[] } {
  const { resources, principals, groups, managedPolicies } = linked.data;
  const targets = new Map<string, Target>([['*', { resource: '*', text: '*' }]]);
  const notAsked = new Map<string, NotAsked>();
  const add = (target: Target) => {
    const key = textKey(target.text);
    if (!targets.has(key)) targets.set(key, target);
  };
  const named = [
    ...statementsIn(policies),
    ...resources.flatMap((one) => statementsIn(one.policies.filter((use) => 'document' in use))),
  ];
  const limits = statementsIn(linked.data.organization?.policies ?? []);
  const regions = [...named, ...limits].some((one) => [...one.resources, ...one.spared].some(namesRegion));
  for (const pattern of named.flatMap(({ allow, resources: patterns }) => (allow ? patterns : []))) {
    const target = patternTarget(pattern, asker, regions);
    if ('text' in target) add(target);
    else notAsked.set(target.resource, target);
  }
  const denied = new Map<string, Target>();
  for (const pattern of named.flatMap(({ allow, resources: patterns }) => (allow ? [] : patterns))) {
    const target = patternTarget(pattern, asker, regions);
    if ('text' in target) denied.set(textKey(target.text), target);
  }
  for (const { arn } of [...resources, ...principals, ...groups, ...managedPolicies])
    add({ resource: textWords(arn), text: arn });
  for (const { target } of resources)
    if (target !== undefined) add({ resource: textWords(target), text: target });
  for (const key of targets.keys()) denied.delete(key);
  return { targets: [...targets.values()], denied: [...denied.values()], notAsked: [...notAsked.values()] };
}

const anything = /^\*+$/;

/** Whether a pattern fits some regions and not others. */
function namesRegion(pattern: Text): boolean {
  const region = splitArn(textKey(pattern), true)[3];
  return region !== undefined && region !== '' && !anything.test(region);
}

/**
 * A pattern of a policy as something to ask for: parts that are left out are `*` (L37), an account `*` is the caller's own, variables
 * have the values of the caller, and a hole stands for each wildcard.
 */
function patternTarget(
  pattern: Text,
  { account, partition, variable }: Asker,
  regions: boolean,
): Target | NotAsked {
  const parts = splitArn(textKey(pattern), true);
  if (parts[0] !== 'arn')
    return anything.test(parts[0]!)
      ? { resource: '*', text: '*' }
      : { resource: textWords(pattern), text: pattern };
  while (parts.length < 6) parts.push('*');
  // E26: partitions do not mix.
  if (/[*?]/.test(parts[1]!)) parts[1] = partition ?? 'aws';
  if (anything.test(parts[4]!) && account !== undefined) parts[4] = account;
  const rest = parts.pop()!;
  // Where no policy tells regions apart one stands for all: a hole might hold a colon, and then be no region.
  const region = !regions && anything.test(parts[3]!) ? 'any-region' : parts[3]!;
  const start: Pieces = wildcardPieces(`${[...parts.slice(0, 3), region, parts[4]].join(':')}:`);
  const end: Pieces[] = [];
  for (const piece of parseTemplate(rest, { variables: true, wildcards: true }).pieces) {
    const value = typeof piece === 'object' ? (variable(piece.key) ?? piece.defaultValue) : piece;
    if (value === undefined) {
      const { spelling } = piece as Variable;
      return { resource: textWords(pattern), reason: `the value of \${${spelling}} is not known` };
    }
    end.push([value]);
  }
  let holes = 0;
  const holed = [...start, ...end.flat()].map((piece) =>
    typeof piece === 'string' ? piece : textKey({ hole: `anything ${++holes}` }),
  );
  const shown = end.flat().map((piece) => (piece === STAR ? '*' : piece === ONE ? '?' : piece));
  return {
    resource: textWords(keyText(`${parts.join(':')}:${shown.join('')}`)),
    text: keyText(holed.join('')),
  };
}

type Pieces = readonly (string | typeof STAR | typeof ONE)[];

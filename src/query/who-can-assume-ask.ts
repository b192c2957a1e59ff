import type { Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { textKey, textWords } from '../account/text.js';
import { findAction, resourceTypesOf } from '../catalog/index.js';
import type { Hole } from '../partial/holes.js';
import { splitArn } from '../value/arn.js';
import type { Answer } from './answer.js';
import { askCaller } from './can.js';
import { statementsIn } from './what-can-statements.js';

export type Verdict = 'allowed' | 'depends' | 'denied';

/** One question that a step hangs on, and its answer. */
export interface Asked {
  /** What was asked for. */
  readonly action: string;
  /** Its ARN, holes as `{Name}`. */
  readonly resource: string;
  /** The answer in a word. */
  readonly verdict: Verdict;
  /** The answer with its reasons. */
  readonly answer: Answer;
  /** Who was asked for. */
  readonly caller: Caller;
  /** The resource with its holes. */
  readonly target: Text;
}

/** A hole whose text the caller chooses: the name of what it creates. */
const chosen = 'chosen ';

/** Asks; where keys that are not given decide, what nobody gives is unknown, not absent: an external id, a token's subject, a tag. */
export function ask(
  linked: LinkedEstate,
  caller: Caller,
  action: string,
  resource: Text,
  facts: Facts,
): Asked {
  const first = askCaller(linked, caller, action, resource, facts);
  const missing = verdictOf(first) === 'allowed' || facts.unknown === 'unlisted' ? [] : first.missingContext;
  const unknown = [...((facts.unknown ?? []) as readonly string[]), ...missing];
  const answer =
    missing.length === 0 ? first : askCaller(linked, caller, action, resource, { ...facts, unknown });
  return {
    action,
    resource: textWords(resource),
    verdict: verdictOf(answer),
    answer,
    caller,
    target: resource,
  };
}

function verdictOf({ allowed, decision, allowedIf, exact }: Answer): Verdict {
  if (allowed) return 'allowed';
  if (decision !== 'depends' || (allowedIf.length === 0 && exact)) return 'denied';
  const free = allowedIf.some((clause) => clause.every(({ key }) => key.startsWith(`{${chosen}`)));
  return free ? 'allowed' : 'depends';
}

/** Whether the caller may do the action to something whose name it chooses, in its own account. */
export function askAnywhere(
  linked: LinkedEstate,
  caller: Caller,
  action: string,
  { account, partition }: { account: string; partition: string },
  facts: Facts,
): Asked {
  const everything = ask(linked, caller, action, '*', facts);
  const { service, resourceTypes } = findAction(action)!;
  const required = resourceTypes.filter((type) => type.required);
  if (everything.verdict === 'allowed' || resourceTypes.length === 0) return everything;
  const types = resourceTypesOf(service);
  const asked = (required.length > 0 ? required : resourceTypes.slice(0, 1)).map(({ name }) => {
    const [arn] = types.find((type) => type.name === name)!.arns;
    return surest(
      regionsOf(linked, caller).map((region) =>
        ask(
          linked,
          caller,
          action,
          ownArn(arn!, { Account: account, Partition: partition, Region: region }),
          facts,
        ),
      ),
    );
  });
  // The weakest of what is needed.
  return (
    asked.find(({ verdict }) => verdict === 'denied') ??
    asked.find(({ verdict }) => verdict === 'depends') ??
    asked[0]!
  );
}

const surest = (asked: readonly Asked[]): Asked =>
  asked.find(({ verdict }) => verdict === 'allowed') ??
  asked.find(({ verdict }) => verdict === 'depends') ??
  asked[0]!;

/** The regions that policies of the caller name, and one that none names: no hole, since a hole might hold a colon. */
function regionsOf(linked: LinkedEstate, caller: Caller): readonly string[] {
  const own = caller.kind === 'principal' ? linked.principal(caller.key) : undefined;
  const named = statementsIn(own?.identityPolicies ?? []).flatMap(({ resources }) =>
    resources.map((pattern) => splitArn(textKey(pattern), true)[3] ?? ''),
  );
  const regions = named.filter((region) => /^[a-z0-9*?-]*[a-z][a-z0-9*?-]*$/.test(region));
  return [...new Set(['any-region', ...regions.map((region) => region.replace(/[*?]+/g, '1'))])];
}

/** The ARN of a resource type, with holes of the caller's choice for what is not given. */
function ownArn(template: string, given: Readonly<Record<string, string>>): Text {
  const text = template.split(/(\$\{[^}]*\})/).map((piece): string | Hole => {
    if (!piece.startsWith('${')) return piece;
    const name = piece.slice(2, -1);
    return Object.hasOwn(given, name) ? given[name]! : { hole: `${chosen}${name}` };
  });
  return { text: text.filter((piece) => piece !== '') };
}

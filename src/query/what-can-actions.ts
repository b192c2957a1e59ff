import type { Text } from '../account/estate-data.js';
import { servicesActingOn } from '../catalog/acting.js';
import { type CatalogAction, services } from '../catalog/index.js';
import { storedService } from '../catalog/stored.js';
import { exceptionsOf } from '../combine/service/exceptions.js';
import { type ActionTest, compileAction, testAction } from '../match/action.js';
import type { PartialPoliciesInput } from '../partial/evaluate-partial.js';
import { splitArn } from '../value/arn.js';
import { Outcome } from '../value/outcome.js';
import { statementsIn } from './what-can-statements.js';

/** Actions that all policies treat alike, so that the answer for one is the answer for each. */
export type ActionClass = readonly [CatalogAction, ...CatalogAction[]];

/** The actions that the engine tells apart by their name and not by the policies (E52, E63, E64, E70, E80, E81). */
const special = /^(?:sts:.*|kms:retiregrant|s3:(?:get|put|delete)bucketpolicy)$/;

/**
 * They need no permission and have no resource (E80), and are asked on `*` alone whatever policies say of them.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const needsNothing: ReadonlySet<string> = new Set(['sts:getcalleridentity', 'sts:getsessiontoken']);

interface Tests {
  readonly allow: boolean;
  readonly negated: boolean;
  /** Of `*`, which speaks of every service. */
  readonly everywhere: readonly ActionTest[];
  readonly byService: ReadonlyMap<string, readonly ActionTest[]>;
}

const noTests: readonly ActionTest[] = [];

/** Sorts the actions of the catalog by which statements of some policies speak of them. */
export class ActionClasses {
  readonly #statements: readonly Tests[];
  /**
   * Nothing in the policies tells services apart but the actions: resource control policies do (E53), and so do the keys of single
   * services for resource tags. A service that differs from the general rule is apart in any case.
   */
  readonly #uniform: boolean;
  readonly #sorted = new Map<string, ReadonlyMap<string, readonly CatalogAction[]>>();

  /** The root user needs no Allow (E60). */
  readonly #root: boolean;

  constructor(policies: PartialPoliciesInput, root: boolean) {
    this.#root = root;
    const statements = statementsIn(policies);
    this.#uniform =
      policies.resourceControlPolicies === undefined &&
      statements.every(({ keys }) => keys.every((key) => key.startsWith('aws:') || !key.includes('tag/')));
    this.#statements = statements.map(({ allow, negated, actions }) => {
      const byService = new Map<string, ActionTest[]>();
      const everywhere: ActionTest[] = [];
      for (const action of actions) {
        const test = compileAction(patternOf(action));
        if (test.service === undefined) everywhere.push(test);
        else byService.set(test.service, [...(byService.get(test.service) ?? []), test]);
      }
      return { allow, negated, everywhere, byService };
    });
  }

  /** The classes of actions that may be asked on a resource and that could be allowed. */
  on(resource: string): readonly ActionClass[] {
    const everything = resource === '*';
    const named = everything ? '*' : (splitArn(resource)[2] ?? '*');
    const asked = (named === '*' ? services() : servicesActingOn(named)).filter((service) =>
      this.#mayAllow(service),
    );
    const classes = new Map<string, [CatalogAction, ...CatalogAction[]]>();
    for (const service of asked) {
      for (const [name, actions] of this.#of(service, everything)) {
        const [first, ...others] = actions;
        const found = classes.get(name);
        if (found === undefined) classes.set(name, [first!, ...others]);
        else for (const action of actions) found.push(action);
      }
    }
    return [...classes.values()];
  }

  /** Nothing is read of services that no Allow speaks of, where one is needed; sts answers some callers without any (E80). */
  #mayAllow(service: string): boolean {
    if (service === 'sts' || this.#root) return true;
    return this.#statements.some(
      ({ allow, negated, everywhere, byService }) =>
        allow && (negated || everywhere.length > 0 || byService.has(service)),
    );
  }

  /** Actions of one service by the name of their class. */
  #of(service: string, everything: boolean): ReadonlyMap<string, readonly CatalogAction[]> {
    const kept = this.#sorted.get(`${service} ${everything}`);
    if (kept !== undefined) return kept;
    const near = this.#statements.map(({ allow, negated, everywhere, byService }) => {
      const own = byService.get(service) ?? noTests;
      return { allow, negated, tests: everywhere.length === 0 ? own : everywhere };
    });
    const sorted = new Map<string, CatalogAction[]>();
    const whole = near.every(({ tests }) => tests.every(({ name }) => name === undefined));
    let spoken: readonly boolean[] | undefined;
    for (const [actionName, action] of storedService(service)!.byName) {
      if (!everything && needsNothing.has(`${service}:${actionName}`)) continue;
      const asked = { service, name: actionName };
      // Where no statement tells the actions of the service apart, the first stands for all.
      if (!whole || spoken === undefined)
        spoken = near.map(
          ({ tests, negated }) =>
            tests.some((test) => testAction(test, asked) === Outcome.matched) !== negated,
        );
      const speaking = spoken;
      const allowed = this.#root || near.some(({ allow }, at) => allow && speaking[at]);
      if (!allowed && !(everything && service === 'sts')) continue;
      const apart = special.test(`${service}:${actionName}`);
      const alike = this.#uniform && exceptionsOf(service) === undefined;
      const name = apart ? action.action : `${alike ? '' : service} ${speaking.map(Number).join('')}`;
      const found = sorted.get(name);
      if (found === undefined) sorted.set(name, [action]);
      else found.push(action);
    }
    this.#sorted.set(`${service} ${everything}`, sorted);
    return sorted;
  }
}

/** A hole in an action may be any name: all that it may be are alike, each depending on the hole. */
function patternOf(action: Text): string {
  if (typeof action === 'string') return action;
  const pieces = 'hole' in action ? [action] : action.text;
  const pattern = pieces.map((piece) => (typeof piece === 'string' ? piece : '*')).join('');
  return /^[^*:]+:/.test(pattern) ? pattern : '*';
}

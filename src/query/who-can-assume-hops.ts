import type { EstatePrincipal, EstateRole, Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { textKey, textWords } from '../account/text.js';
import { thingsNamed } from './names.js';
import { type Asked, ask, askAnywhere, type Verdict } from './who-can-assume-ask.js';
import { launches, takeovers } from './who-can-assume-table.js';
import { maySpeakOf, trustedBy, trustReach } from './who-can-assume-trust.js';

/**
 * One step towards a role: `assume` calls STS; `pass` hands the role to a service that runs something of the caller's; `takeover`
 * changes what already runs with it; `runs` is a workload that has it anyway.
 */
export interface Hop {
  /** How the step is taken. */
  readonly kind: 'assume' | 'pass' | 'takeover' | 'runs';
  /** ARN of the role the step leads to. */
  readonly to: string;
  /** The service that the role is passed to, or the workload that is taken over. */
  readonly through?: string;
  /** `depends` when it hangs on something that nobody knows. */
  readonly verdict: Exclude<Verdict, 'denied'>;
  /** What was asked, with the answers that explain the step. */
  readonly asked: readonly Asked[];
}

/** The step from a user or role to a role: the surest there is, and among those the first of assume, pass, takeover. */
export function hopBetween(
  linked: LinkedEstate,
  from: EstatePrincipal,
  to: EstateRole,
  facts: Facts,
): Hop | undefined {
  const caller = { kind: 'principal', key: textKey(from.arn) } as const;
  const { reach } = intoRole(linked, to);
  const may = reach === 'named' || (reach === 'allowed' && maySpeakOf(linked, caller.key, 'sts:AssumeRole'));
  const assumed = may
    ? hopOf('assume', to, [ask(linked, caller, 'sts:AssumeRole', to.arn, facts)])
    : undefined;
  if (assumed?.verdict === 'allowed') return assumed;
  const others =
    from.account === to.account
      ? [...passes(linked, from, to, facts), ...intoWorkloads(linked, from, to, facts)]
      : [];
  const found = [assumed, ...others].filter((hop) => hop !== undefined);
  return found.find(({ verdict }) => verdict === 'allowed') ?? found[0];
}

/** A step exists when nothing it needs is denied. */
export function hopOf(
  kind: Hop['kind'],
  to: EstateRole,
  asked: readonly Asked[],
  through?: string,
): Hop | undefined {
  if (asked.some(({ verdict }) => verdict === 'denied')) return undefined;
  const verdict = asked.every((one) => one.verdict === 'allowed') ? 'allowed' : 'depends';
  return { kind, to: textWords(to.arn), ...(through === undefined ? {} : { through }), verdict, asked };
}

/** What is the same for whoever asks for a role. */
interface IntoRole {
  readonly reach: ReturnType<typeof trustReach>;
  /** The services that may take it. */
  readonly trusting: readonly { readonly service: string; readonly trusted: Asked }[];
  readonly running: readonly Running[];
}

const known = new WeakMap<LinkedEstate, Map<string, IntoRole>>();
const services: readonly string[] = [...new Set(launches.map(({ service }) => service))];

function intoRole(linked: LinkedEstate, role: EstateRole): IntoRole {
  const ofEstate = known.get(linked) ?? new Map<string, IntoRole>();
  known.set(linked, ofEstate);
  const key = textKey(role.arn);
  const kept = ofEstate.get(key);
  if (kept !== undefined) return kept;
  const asked = services.map((service) => ({
    service,
    trusted: ask(linked, { kind: 'service', service }, 'sts:AssumeRole', role.arn, {}),
  }));
  const trusting = asked.filter(({ trusted }) => trusted.verdict !== 'denied');
  const reach = trustReach(trustedBy(linked, key));
  const made = { reach, trusting, running: workloadsOf(linked, role) };
  ofEstate.set(key, made);
  return made;
}

/** Roles are passed within one account only. */
function passes(linked: LinkedEstate, from: EstatePrincipal, to: EstateRole, facts: Facts): readonly Hop[] {
  const caller = { kind: 'principal', key: textKey(from.arn) } as const;
  const place = { account: from.account, partition: textKey(from.arn).split(':')[1]! };
  if (!maySpeakOf(linked, caller.key, 'iam:PassRole')) return [];
  return intoRole(linked, to).trusting.flatMap(({ service, trusted }) => {
    const context = { ...facts.context, 'iam:PassedToService': service };
    const passed = ask(linked, caller, 'iam:PassRole', to.arn, { ...facts, context });
    if (passed.verdict === 'denied') return [];
    const ways = launches.filter(
      (launch) =>
        launch.service === service &&
        (launch.instanceProfile === undefined || (to.instanceProfiles ?? []).length > 0),
    );
    return ways.flatMap(({ actions }) => {
      const asked: Asked[] = [trusted, passed];
      for (const action of actions) {
        const one = askAnywhere(linked, caller, action, place, facts);
        asked.push(one);
        if (one.verdict === 'denied') break;
      }
      return hopOf('pass', to, asked, service) ?? [];
    });
  });
}

function intoWorkloads(
  linked: LinkedEstate,
  from: EstatePrincipal,
  to: EstateRole,
  facts: Facts,
): readonly Hop[] {
  const caller: Caller = { kind: 'principal', key: textKey(from.arn) };
  const place = { account: from.account, partition: textKey(from.arn).split(':')[1]! };
  return intoRole(linked, to).running.flatMap(({ type, name, arn }) =>
    takeovers
      .filter((way) => way.type === type)
      .flatMap(({ actions }) => {
        const asked = actions.map((action) =>
          arn === undefined
            ? unsure(askAnywhere(linked, caller, action, place, facts))
            : ask(linked, caller, action, arn, facts),
        );
        return hopOf('takeover', to, asked, `${type} ${name}`) ?? [];
      }),
  );
}

/** What has no ARN here cannot be chosen: being allowed for some name is not enough, for any is. */
const unsure = (asked: Asked): Asked =>
  asked.verdict === 'allowed' && !asked.answer.allowed ? { ...asked, verdict: 'depends' } : asked;

/** Something that runs with a role. */
export interface Running {
  readonly type: string;
  readonly name: string;
  readonly names: readonly string[];
  /** Where the estate has the thing among its resources too. */
  readonly arn?: Text;
}

/** What runs with a role, also through an instance profile. */
export function workloadsOf(linked: LinkedEstate, role: EstateRole): readonly Running[] {
  const { workloads, resources } = linked.data;
  const key = textKey(role.arn);
  return workloads.flatMap((workload) => {
    if (workload.account !== role.account) return [];
    const direct = textKey(workload.role) === key;
    const named = thingsNamed(linked, textWords(workload.role), ['role', 'instanceProfile']).some(
      ({ index }) => linked.data.principals[index]!.arn === role.arn,
    );
    if (!direct && !named) return [];
    const own = resources.find(
      ({ names, account, type }) =>
        type === workload.type &&
        (account === undefined || account === workload.account) &&
        names.some((name) => workload.names.includes(name)),
    );
    const name = workload.names[0] ?? textWords(workload.role);
    return [
      { type: workload.type, name, names: workload.names, ...(own === undefined ? {} : { arn: own.arn }) },
    ];
  });
}

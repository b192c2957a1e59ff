import { type LevelPlan, layerKinds, type PlanSet } from '../combine/layer.js';
import type { PlanNode, StatementPlan } from '../plan/plan.js';
import { isAccountPrincipal } from '../request/principal.js';
import { wildcardPieces } from '../value/wildcard.js';
import type { Around } from './around.js';
import { type LeafReading, type OpenValue, readLeaf } from './leaf-meetings.js';
import { type Meeting, meet, nothing, together } from './meeting.js';
import { arnParts, holesIn, isHole } from './places.js';

/** Everything that can tell the texts of holes apart in one question. */
export function findingsOf(plans: PlanSet, around: Around): Meeting {
  const readings = layerKinds
    .flatMap((kind) => plans[kind])
    .flatMap((plan) => statementsOf(plan, around))
    .map((statement) => readStatement(statement, around));
  const open = readings.flatMap((reading) => reading.open);
  const variables = new Set(readings.flatMap((reading) => reading.variables));
  return together([
    ...readings.flatMap(({ meetings }) => meetings),
    ...open.map((value) => meetOthers(value, open, variables, around)),
    ...structure(around),
  ]);
}

/** The statements that may be about the action. */
function statementsOf({ statements, allows, denies }: LevelPlan, around: Around): readonly StatementPlan[] {
  const { action, fresh, request } = around;
  if (fresh.isIn(action)) return statements;
  const listed = new Set([...denies.candidates(request), ...allows.candidates(request)]);
  const holed = statements.filter(({ actionTexts }) => actionTexts?.some((text) => fresh.isIn(text)));
  return [...new Set([...listed, ...holed])];
}

const sure: Omit<LeafReading, 'truth'> = { meetings: [], open: [], variables: [] };

/** What a statement reads; nothing where some part fails whatever the holes hold. */
function readStatement({ parts }: StatementPlan, around: Around): LeafReading {
  const readings = parts.map(({ node }) => readNode(node, around));
  if (readings.some(({ truth }) => truth === false)) return { ...sure, truth: false };
  return { ...joined(readings), truth: undefined };
}

function readNode(node: PlanNode, around: Around): LeafReading {
  switch (node.kind) {
    case 'test':
      return readLeaf(node, around);
    case 'not': {
      const reading = readNode(node.of, around);
      return { ...reading, truth: reading.truth === undefined ? undefined : !reading.truth };
    }
    case 'any': {
      const readings = node.of.map((child) => readNode(child, around));
      if (readings.some(({ truth }) => truth === true)) return { ...sure, truth: true };
      const left = readings.filter(({ truth }) => truth === undefined);
      return { ...joined(left), truth: left.length === 0 ? false : undefined };
    }
  }
}

const joined = (readings: readonly LeafReading[]): Omit<LeafReading, 'truth'> => ({
  meetings: readings.flatMap(({ meetings }) => meetings),
  open: readings.flatMap(({ open }) => open),
  variables: readings.flatMap(({ variables }) => variables),
});

/**
 * A key that is not known may hold what other conditions compare it with, so a hole it is compared with may hold that too. Where
 * more than the same text is asked for, or the key stands in a variable, that has no end.
 */
function meetOthers(
  value: OpenValue,
  all: readonly OpenValue[],
  variables: ReadonlySet<string>,
  { fresh }: Around,
): Meeting {
  const { key, places, type } = value;
  const names = new Set(places.filter(isHole).map(({ hole }) => hole));
  if (names.size === 0) return nothing;
  const whole = places.length === 1;
  const words = type === 'bool' ? ['true', 'false'].map((word) => fresh.folded(word)) : [];
  const met = words.map((word) => meet(word, places, { fresh }));
  const texts =
    type === 'text' || type === 'foldedText' || type === 'pattern' || type === 'arn' || type === 'bool';
  let exact = names.size === 1 && !variables.has(key) && texts;
  for (const other of all) {
    if (other.key !== key || other === value || type === 'bool') continue;
    const held = other.places.filter(isHole);
    if (held.some(({ hole }) => !names.has(hole))) exact = false;
    if (held.length > 0) continue;
    const plain = other.places.every(({ kind }) => kind === 'point' || kind === 'folded');
    if (!plain || !whole || other.type !== type) exact = false;
    if (whole) met.push(meet(other.places, places, other.manner));
  }
  return { possible: true, findings: met.flatMap(({ findings }) => findings), exact };
}

/** Beginnings of resources that the decision rule or a layer asks for: roles, roles of services (E53), keys. */
const kinds = ['arn:*:iam:*:*:role/*', 'arn:*:iam:*:*:role/aws-service-role/*', 'arn:*:kms:*:*:key/*'];

/** What the decision rule itself reads: whose the resource is (E11), what it is, and who calls. */
function structure({ request, fresh }: Around): Meeting[] {
  const { principal, resource, resourceAccount, action } = request;
  const met: Meeting[] = [];
  const asked = fresh.places(resource.arn);
  if (holesIn(asked)) {
    const parts = arnParts(asked);
    // What a hole holds that stands for several parts is not worked out; nor is the type in the name of a tag key.
    const type = /^(?:rds|dms|s3express)$/.test(action.service) && parts?.[5]?.[0]?.kind === 'hole';
    if (parts === undefined || type) met.push({ ...nothing, exact: false });
    for (const kind of kinds) {
      const whole = kind.split(':').map((part) => fresh.pattern(wildcardPieces(part)));
      if (parts !== undefined) met.push(only(whole.map((part, i) => meet(part, parts[i]!, { fresh }))));
    }
  }
  if (!isAccountPrincipal(principal)) return met;
  if (fresh.spans(principal.arn)) met.push({ ...nothing, exact: false });
  if (principal.kind === 'role' && principal.roleArn !== undefined) {
    const ofService = fresh.pattern(wildcardPieces('*:role/aws-service-role/*'));
    met.push(only([meet(ofService, fresh.places(principal.roleArn), { fresh })]));
  }
  if (resourceAccount !== undefined)
    met.push(only([meet(fresh.places(principal.account), fresh.places(resourceAccount), { fresh })]));
  return met;
}

/** Nothing where one of them cannot be. */
const only = (met: readonly Meeting[]): Meeting =>
  met.every(({ possible }) => possible) ? together(met) : nothing;

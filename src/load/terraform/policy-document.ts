import type { Text } from '../../account/estate-data.js';
import { textKey } from '../../account/text.js';
import { holeOf } from './attribute-text.js';
import { blockList, matchingBlock } from './document-elements.js';
import type { BuiltStatement } from './document-model.js';
import { at, filledText, type JsonPath, listOf, own } from './json-value.js';
import type { Reading } from './reading.js';
import { expressionsOf, isOpen, type TerraformResource } from './terraform-resource.js';

export interface Statements {
  readonly statements: readonly BuiltStatement[];
  /** Why there may be more statements, or others. */
  readonly missing?: string;
}

/** A statement that cannot be written down, because the length of a list or the name of a member is not known. */
class Unwritable {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The statements of an `aws_iam_policy_document`, from its blocks. */
export function blockStatements(reading: Reading, resource: TerraformResource): Statements {
  if (isOpen(resource, ['statement'])) {
    return { statements: [], missing: 'its statement blocks are known only after apply' };
  }
  const planned = listOf(own(resource.values, 'statement'));
  const written = listOf(own(expressionsOf(resource), 'statement'));
  const reasons: string[] = [];
  const statements = planned.flatMap((_, i) => {
    // Dynamic blocks do not stand in the configuration: then nobody can tell which block is which.
    const block = written.length === planned.length ? written[i] : undefined;
    const statement = statementOf(reading, resource, ['statement', i], block);
    if (!(statement instanceof Unwritable)) return [statement];
    reasons.push(statement.reason);
    return [];
  });
  return { statements, ...(reasons.length === 0 ? {} : { missing: reasons.join('; ') }) };
}

function statementOf(
  reading: Reading,
  resource: TerraformResource,
  path: JsonPath,
  block: unknown,
): BuiltStatement | Unwritable {
  const sid = scalar(resource, [...path, 'sid']);
  const out: Record<string, unknown> = {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: scalar(resource, [...path, 'effect']) ?? 'Allow',
  };
  for (const [argument, element, kind] of [
    ['actions', 'Action', 'action'],
    ['not_actions', 'NotAction', 'action'],
    ['resources', 'Resource', 'resource'],
    ['not_resources', 'NotResource', 'resource'],
  ] as const) {
    const list = blockList(reading, resource, [...path, argument], own(block, argument), kind);
    if (list === undefined) return unwritable(path, argument);
    if (list.length > 0) out[element] = list.length === 1 ? list[0] : list;
  }
  for (const [argument, element] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const) {
    const principals = principalsOf(reading, resource, [...path, argument], own(block, argument));
    if (principals instanceof Unwritable) return principals;
    if (principals !== undefined) out[element] = principals;
  }
  const condition = conditionOf(reading, resource, [...path, 'condition'], own(block, 'condition'));
  if (condition instanceof Unwritable) return condition;
  if (condition !== undefined) out.Condition = condition;
  return out as unknown as BuiltStatement;
}

const unwritable = (path: JsonPath, argument: string): Unwritable =>
  new Unwritable(`${argument} of statement ${Number(path[1]) + 1} are known only after apply`);

function scalar(resource: TerraformResource, path: JsonPath): Text | undefined {
  return (
    filledText(at(resource.values, path)) ?? (isOpen(resource, path) ? holeOf(resource, path) : undefined)
  );
}

function principalsOf(
  reading: Reading,
  resource: TerraformResource,
  path: JsonPath,
  blocks: unknown,
): unknown {
  if (isOpen(resource, path)) return unwritable(path, String(path.at(-1)));
  const planned = listOf(at(resource.values, path));
  const byType = new Map<string, Text[]>();
  for (let i = 0; i < planned.length; i++) {
    const type = filledText(own(planned[i], 'type'));
    const written = matchingBlock(blocks, planned, i, ['type']);
    const where = [...path, i, 'identifiers'];
    const list = blockList(reading, resource, where, own(written, 'identifiers'), 'principal');
    if (type === undefined || list === undefined) return unwritable(path, String(path.at(-1)));
    byType.set(type, [...(byType.get(type) ?? []), ...list]);
  }
  if (byType.size === 0) return undefined;
  const everyone = byType.get('*');
  if (everyone?.length === 1 && everyone[0] === '*' && byType.size === 1) return '*';
  return Object.fromEntries([...byType].map(([type, list]) => [type, list.length === 1 ? list[0] : list]));
}

function conditionOf(
  reading: Reading,
  resource: TerraformResource,
  path: JsonPath,
  blocks: unknown,
): unknown {
  if (isOpen(resource, path)) return unwritable(path, 'conditions');
  const planned = listOf(at(resource.values, path));
  const operators = new Map<string, Map<string, Text[]>>();
  for (let i = 0; i < planned.length; i++) {
    const test = filledText(own(planned[i], 'test'));
    const variable = filledText(own(planned[i], 'variable'));
    const written = matchingBlock(blocks, planned, i, ['test', 'variable']);
    const list = blockList(reading, resource, [...path, i, 'values'], own(written, 'values'), 'value');
    if (test === undefined || variable === undefined || list === undefined)
      return unwritable(path, 'conditions');
    const keys = operators.get(test) ?? new Map<string, Text[]>();
    operators.set(test, keys.set(variable, distinct([...(keys.get(variable) ?? []), ...list])));
  }
  if (operators.size === 0) return undefined;
  const one = (list: Text[]) => (list.length === 1 ? list[0] : list);
  return Object.fromEntries(
    [...operators].map(([test, keys]) => [
      test,
      Object.fromEntries([...keys].map(([variable, list]) => [variable, one(list)])),
    ]),
  );
}

function distinct(texts: readonly Text[]): Text[] {
  return [...new Map(texts.map((text) => [textKey(text), text])).values()];
}

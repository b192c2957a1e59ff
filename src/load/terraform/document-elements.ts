import type { Text } from '../../account/estate-data.js';
import { joinTexts } from '../../account/text.js';
import { hasShape, holeOf } from './attribute-text.js';
import { at, type JsonPath, listOf, own, textOf } from './json-value.js';
import type { Reading } from './reading.js';
import type { Target } from './reference-resolver.js';
import { shapeOf } from './shapes.js';
import { attributePath, isOpen, type TerraformResource } from './terraform-resource.js';

/** What the items of a list in a statement block are. */
export type ItemKind = 'action' | 'resource' | 'principal' | 'value';

/** Ids that stand alone wherever a policy has them. */
const wholeIds: ReadonlySet<string> = new Set([
  'aws_vpc_endpoint',
  'aws_vpc',
  'aws_organizations_organization',
  'aws_organizations_organizational_unit',
]);

/** Whether the value a reference leads to is known while planning. */
const isKnown = (target: Target): boolean =>
  target.kind === 'value' ||
  (target.kind === 'object' &&
    target.path.length > 0 &&
    target.instances.length === 1 &&
    target.instances.every((one) => at(one.values, target.path) !== undefined && !isOpen(one, target.path)));

/** `&{aws:username}` is how a policy variable is written where `${` would be an interpolation. */
const openVariables = (text: string, kind: ItemKind): string =>
  kind === 'action' ? text : text.replaceAll('&{', '${');

/**
 * A list of a statement block, with holes for items that are known only after apply. Undefined when not even its length is known.
 * An item whose only reference is an ARN of known shape begins with that ARN: what has parts of its own may go on after it, so
 * that there a hole follows; what has none is that ARN.
 */
export function blockList(
  reading: Reading,
  resource: TerraformResource,
  path: JsonPath,
  expression: unknown,
  kind: ItemKind,
): readonly Text[] | undefined {
  const value = at(resource.values, path);
  if (!Array.isArray(value)) return isOpen(resource, path) || (value ?? null) !== null ? undefined : [];
  const known = value.map((item, i) => (isOpen(resource, [...path, i]) ? undefined : textOf(item)));
  const wanted = known.filter((text) => text === undefined).length;
  const texts = wanted === 0 ? [] : referredTexts(reading, resource, path, expression, kind, wanted);
  let next = 0;
  return known.map((text, i) =>
    text === undefined ? (texts[next++] ?? holeOf(resource, [...path, i])) : openVariables(text, kind),
  );
}

function referredTexts(
  reading: Reading,
  resource: TerraformResource,
  path: JsonPath,
  expression: unknown,
  kind: ItemKind,
  wanted: number,
): readonly (Text | undefined)[] {
  const targets = reading.resolver.targetsOf(resource, expression).filter((one) => !isKnown(one));
  const texts =
    targets.length === wanted
      ? targets.map((target, i) => itemText(reading, resource, [...path, i], target, kind))
      : [];
  const lost = wanted - texts.filter((one) => one !== undefined).length;
  if (lost > 0) {
    reading.report({
      code: 'unresolvedReference',
      path: attributePath(resource, path),
      message: `${lost} of its values are known only after apply, and the expression does not tell what they are`,
      hint: 'answers that hang on them depend on these values; load the state after apply to settle them',
    });
  }
  return texts;
}

function itemText(
  reading: Reading,
  resource: TerraformResource,
  path: JsonPath,
  target: Target,
  kind: ItemKind,
): Text | undefined {
  if (target.kind !== 'object' || target.instances.length !== 1 || kind === 'action') return undefined;
  const instance = target.instances[0]!;
  const { type } = instance;
  const [attribute, ...below] = target.path.map(String);
  if (below.length > 0) return undefined;
  if (attribute === undefined) {
    // Up to Terraform 0.14: of a role or user as a principal only the ARN makes sense.
    if (kind !== 'principal' || (type !== 'aws_iam_role' && type !== 'aws_iam_user')) return undefined;
    reading.report({
      code: 'ambiguous',
      path: attributePath(resource, path),
      message: `this refers to ${instance.address} without naming the attribute; its ARN is assumed`,
      hint: 'plan with Terraform 0.15 or newer, which names it',
    });
    return reading.attribute(instance, 'arn');
  }
  if (attribute === 'id' && kind === 'value' && wholeIds.has(type)) return reading.attribute(instance, 'id');
  const shaped =
    hasShape(instance, attribute) ||
    attribute === 'execution_arn' ||
    (kind === 'principal' && /_arn$/.test(attribute));
  if (!shaped) return undefined;
  const arn = reading.attribute(instance, attribute);
  if (kind === 'principal' || (shapeOf(type)?.parts !== true && attribute !== 'execution_arn')) return arn;
  return joinTexts(arn, holeOf(resource, path));
}

/**
 * The block of the configuration that a planned block comes from, told by constants that both have. Dynamic blocks are planned and do not
 * stand in the configuration: of several planned ones with these constants nobody can tell which is the written one.
 */
export function matchingBlock(
  blocks: unknown,
  planned: readonly unknown[],
  i: number,
  names: readonly string[],
): unknown {
  const written = listOf(blocks);
  if (written.length === 1 && planned.length === 1) return written[0];
  const rivals = planned.filter((one) => names.every((name) => own(one, name) === own(planned[i], name)));
  const same = written.filter((block) =>
    names.every((name) => {
      const constant = own(own(block, name), 'constant_value');
      return constant !== undefined && constant === own(planned[i], name);
    }),
  );
  return same.length === 1 && rivals.length === 1 ? same[0] : undefined;
}

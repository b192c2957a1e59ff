import type { Text } from '../../account/estate-data.js';
import { joinTexts } from '../../account/text.js';
import { filledText, type JsonPath, own, textOf } from './json-value.js';
import type { Place } from './places.js';
import { type Shape, shapeOf } from './shapes.js';
import { attributePath, type TerraformResource } from './terraform-resource.js';

/** What the text of an attribute is made from, beside the resource itself. */
export interface Surroundings {
  readonly placeOf: (resource: TerraformResource) => Place;
  /** An argument that refers to other resources; undefined when it refers to nothing. */
  readonly argument: (resource: TerraformResource, attribute: string) => Text | undefined;
}

/** A value that is known only after apply, named by its address. */
export const holeOf = (resource: TerraformResource, path: JsonPath): Text => ({
  hole: attributePath(resource, path),
});

/** Whether a text holds the value of this argument, or an item of it, of which nobody can tell what it refers to. */
export function isLost(resource: TerraformResource, path: JsonPath, text: Text): boolean {
  if (typeof text === 'string') return false;
  const where = attributePath(resource, path);
  const pieces = 'hole' in text ? [text] : text.text;
  return pieces.some(
    (piece) => typeof piece !== 'string' && (piece.hole === where || piece.hole.startsWith(`${where}[`)),
  );
}

/** Domain names of the services' endpoints. */
const suffixes: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };

/**
 * The text of an attribute: its value where the file has it; what its shape makes of names, account and region where it is known only
 * after apply; otherwise a hole. An ARN of a shape holds everything that is fixed: only the unknown part of it is a hole.
 */
export function attributeText(resource: TerraformResource, asked: string, around: Surroundings): Text {
  const shape = resource.mode === 'managed' ? shapeOf(resource.type) : undefined;
  const attribute = asked === 'arn' ? (shape?.arnName ?? asked) : asked;
  const known = filledText(own(resource.values, attribute));
  if (known !== undefined && !isApiArn(resource, attribute)) return known;
  if (shape !== undefined) {
    if (attribute === shape.name) return nameText(resource, shape);
    if (isArn(shape, attribute)) return fill(shape.arn, resource, shape, around);
    if (attribute === 'id' && shape.id === undefined) return nameText(resource, shape);
    const made = derived(resource, attribute, shape, around);
    if (made !== undefined) return made;
  }
  return around.argument(resource, aliasOf(resource, attribute)) ?? holeOf(resource, [attribute]);
}

/** The `id` of a part of a bucket (its versioning, its ownership controls …) is the name of the bucket. */
const aliasOf = ({ type }: TerraformResource, attribute: string): string =>
  attribute === 'id' && type.startsWith('aws_s3_bucket_') ? 'bucket' : attribute;

/** `arn` of an API is that of its management; its policy and its callers speak of `execution_arn`. */
const isApiArn = ({ type }: TerraformResource, attribute: string): boolean =>
  type === 'aws_api_gateway_rest_api' && attribute === 'arn';

/** Whether the text of an attribute follows from what is fixed, at least but for its name. */
export function hasShape(resource: TerraformResource, attribute: string): boolean {
  const shape = shapeOf(resource.type);
  return shape !== undefined && isArn(shape, attribute);
}

const isArn = (shape: Shape, attribute: string): boolean =>
  attribute === 'arn' || attribute === shape.arnName || (attribute === 'id' && shape.id === 'arn');

function nameText(resource: TerraformResource, shape: Shape): Text {
  const known = filledText(own(resource.values, shape.name));
  if (known !== undefined) return shape.name === 'url' ? known.replace(/^https:\/\//, '') : known;
  const prefix = textOf(own(resource.values, `${shape.name}_prefix`)) ?? '';
  return joinTexts(prefix, holeOf(resource, [shape.name]));
}

/** Attributes that are made from the ARN or the name. */
function derived(
  resource: TerraformResource,
  attribute: string,
  shape: Shape,
  around: Surroundings,
): Text | undefined {
  const { type } = resource;
  const place = around.placeOf(resource);
  if (type === 'aws_sqs_queue' && (attribute === 'id' || attribute === 'url')) {
    const { region, account, partition } = place;
    const host = `https://sqs.${region}.${suffixes[partition] ?? 'amazonaws.com'}/${account}/`;
    return joinTexts(host, nameText(resource, shape));
  }
  const arn = () => fill(shape.arn, resource, shape, around);
  if (type === 'aws_api_gateway_rest_api' && attribute === 'execution_arn') return arn();
  if (type === 'aws_lambda_function' && attribute === 'qualified_arn') {
    return joinTexts(arn(), ':', holeOf(resource, ['version']));
  }
  if (type === 'aws_lambda_function' && attribute === 'invoke_arn') {
    const start = `arn:${place.partition}:apigateway:${place.region}:lambda:path/2015-03-31/functions/`;
    return joinTexts(start, arn(), '/invocations');
  }
  return undefined;
}

function fill(template: string, resource: TerraformResource, shape: Shape, around: Surroundings): Text {
  const place = around.placeOf(resource);
  const parts = template.split(/\{([^}]*)\}/).map((part, i): Text => {
    if (i % 2 === 0) return part;
    if (part === 'name') return nameText(resource, shape);
    if (part === '/name')
      return joinTexts(startsWithSlash(nameText(resource, shape)) ? '' : '/', nameText(resource, shape));
    if (part === 'partition' || part === 'region' || part === 'account') return place[part];
    if (part === 'path') return filledText(own(resource.values, 'path')) ?? '/';
    return (
      filledText(own(resource.values, part)) ?? around.argument(resource, part) ?? holeOf(resource, [part])
    );
  });
  return joinTexts(...parts);
}

const startsWithSlash = (text: Text): boolean => typeof text === 'string' && text.startsWith('/');

import { readPolicyText } from './policy-text.js';
import { urlSuffix } from './pseudo-parameters.js';
import type { Resource } from './resource.js';
import type { Scope } from './scope.js';
import { shapes } from './shapes.js';
import {
  asPlain,
  asText,
  concat,
  knownEnd,
  knownStart,
  noValue,
  type SomeText,
  Symbolic,
  Undecided,
  type Value,
} from './symbolic.js';

/** What the names of a stack's resources are made of. */
interface Naming extends Scope {
  /** What the template declares as outputs. */
  outputs(): Readonly<Record<string, unknown>>;
  /** The stack of a nested stack resource, if its template is there. */
  child(resource: Resource): Naming | undefined;
}

/** Stands for what AWS ends generated names with, so that `${AWS::StackName}-Queue-*` of a policy matches as it will. */
export const madeEnd = '-XXXXXXXXXXXX';

/** The physical name: the one that the template gives, and otherwise one of the form that AWS generates. */
export function physicalName(stack: Naming, resource: Resource): SomeText {
  const shape = shapes.get(resource.type);
  const given = shape?.name === undefined ? undefined : resource.get(shape.name);
  if (given instanceof Undecided) return stack.hole(`${resource.id}.${shape?.name}`, given.finding);
  const text = asText(given);
  if (text !== undefined && text !== '') return text;
  // Made by a loop over what is not known: an item stands in the logical id.
  if (resource.id.includes('${')) return stack.hole(`Fn::ForEach ${resource.id}`);
  const made = `${shortName(stack, resource)}${shape?.name === undefined ? '' : madeEnd}`;
  return shape?.lower === true ? made.toLowerCase() : made;
}

/** What people know of a generated name: the part before its random end. */
export function shortName(stack: Naming, resource: Resource): string {
  const shape = shapes.get(resource.type);
  const made = `${shape?.prefix ?? ''}${shape?.stackless === true ? '' : `${stack.settings.stackName}-`}${resource.id}`;
  return shape?.lower === true ? made.toLowerCase() : made;
}

/** The ARN; undefined for types whose ARN has no known form. */
export function arnOf(stack: Naming, resource: Resource): SomeText | undefined {
  const arn = shapes.get(resource.type)?.arn;
  return arn === undefined ? undefined : fill(stack, resource, arn, 'Arn');
}

/** What `Ref` of a resource returns. */
export function referenceTo(stack: Naming, resource: Resource): Value {
  const shape = shapes.get(resource.type);
  if (shape !== undefined) return fill(stack, resource, shape.ref ?? '{name}', 'Ref');
  return stack.hole(resource.id, strange(resource, 'Ref', resource.path));
}

/** What `Fn::GetAtt` of a resource returns. */
export function attributeOf(stack: Naming, resource: Resource, name: string, path: string): Value {
  if (resource.type === 'AWS::CloudFormation::Stack' && name.startsWith('Outputs.')) {
    const output = childOutput(stack, resource, name.slice('Outputs.'.length), path);
    if (output !== undefined) return output;
  }
  const json = name === 'Value' ? valueOfJson(resource) : undefined;
  if (json !== undefined) return json;
  const shape = shapes.get(resource.type);
  const pattern = shape?.attributes?.[name] ?? (name === 'Arn' ? shape?.arn : undefined);
  if (pattern !== undefined) return fill(stack, resource, pattern, name);
  return stack.hole(`${resource.id}.${name}`, strange(resource, name, path));
}

/** The CDK writes objects whose keys are known only after deployment as JSON text, which a function of it reads there. */
function valueOfJson(resource: Resource): Value | undefined {
  const text = resource.type === 'Custom::AWSCDKCfnJson' ? resource.text('Value') : undefined;
  return text === undefined ? undefined : readPolicyText(text);
}

function childOutput(stack: Naming, resource: Resource, name: string, path: string): Value | undefined {
  const child = stack.child(resource);
  const outputs = child?.outputs();
  if (child === undefined || outputs === undefined || !Object.hasOwn(outputs, name)) return undefined;
  const output = outputs[name];
  const raw =
    typeof output === 'object' && output !== null ? (output as { Value?: unknown }).Value : undefined;
  const value = child.evaluate(raw, `${path}.Outputs.${name}`);
  return value === noValue ? undefined : value;
}

/** Attributes of an ordinary resource exist after deployment; of these nobody can say what they will be made of. */
function strange({ type, id }: Resource, attribute: string, path: string) {
  const custom = /^(?:Custom::|AWS::CloudFormation::(?:CustomResource|Stack|Macro)$)|::MODULE$/.test(type);
  if (!custom && /^AWS::/.test(type)) return undefined;
  return {
    code: 'unresolvedReference',
    path,
    message: `${attribute} of ${id} (${type || 'no type'}) is known only after deployment`,
    hint:
      type === 'AWS::CloudFormation::Stack'
        ? 'give the nested template'
        : 'write the value out, or keep it unknown',
  } as const;
}

function fill(stack: Naming, resource: Resource, pattern: string, attribute: string): SomeText {
  // Asking for an account or region that is not given is reported: only those that the pattern names.
  const { settings } = stack;
  const part = (name: string): SomeText => {
    switch (name) {
      case 'account':
        return settings.account;
      case 'region':
        return settings.region;
      case 'partition':
        return settings.partition;
      case 'suffix':
        return urlSuffix(settings.partition);
      case 'arn':
        return arnOf(stack, resource) ?? '';
      case 'name':
        return physicalName(stack, resource);
      case 'bare':
        return trimStart(physicalName(stack, resource), '/');
      case 'host':
        return trimStart(resource.text('Url') ?? stack.hole(`${resource.id}.Url`), 'https://');
      case 'path':
        return pathText(stack, resource);
      case 'mrk':
        return multiRegionText(stack, resource);
      case 'bus':
        return busText(stack, resource);
      case 'function':
        return functionArn(
          stack,
          resource.text('FunctionName') ?? resource.text('TargetFunctionArn'),
          resource,
        );
      case 'hole':
        return stack.hole(attribute === 'Ref' ? resource.id : `${resource.id}.${attribute}`);
      default:
        return resource.text(name.slice(1)) ?? stack.hole(`${resource.id}${name}`);
    }
  };
  const pieces = pattern.split(/\{([^{}]+)\}/);
  return concat(pieces.map((piece, i) => (i % 2 === 0 ? piece : part(piece))));
}

function trimStart(text: SomeText, start: string): SomeText {
  if (!knownStart(text).startsWith(start)) return text;
  if (typeof text === 'string') return text.slice(start.length);
  const [first, ...rest] = text.pieces;
  return concat([(first as string).slice(start.length), new Symbolic(rest)]);
}

function pathText(stack: Naming, resource: Resource): SomeText {
  const path = resource.get('Path');
  if (path === undefined || path === '') return '/';
  const text = asText(path) ?? stack.hole(`${resource.id}.Path`);
  // A path begins and ends with a slash, whatever is not known of it: without them an ARN would be none.
  return concat([knownStart(text).startsWith('/') ? '' : '/', text, knownEnd(text).endsWith('/') ? '' : '/']);
}

/** How the id of a key begins. */
function multiRegionText(stack: Naming, resource: Resource): SomeText {
  const given = resource.get('MultiRegion') ?? false;
  const text = typeof given === 'boolean' ? String(given) : asPlain(given);
  if (text === undefined) return stack.hole(`${resource.id}.MultiRegion`);
  return text.toLowerCase() === 'true' ? 'mrk-' : '';
}

/** Rules of another than the default bus have it in their ARN. */
function busText(stack: Naming, resource: Resource): SomeText {
  const bus = resource.get('EventBusName');
  if (bus === undefined || asPlain(bus) === 'default') return '';
  const text = asText(bus) ?? stack.hole(`${resource.id}.EventBusName`);
  const plain = typeof text === 'string' ? text.slice(text.lastIndexOf('/') + 1) : text;
  return concat([plain, '/']);
}

/** The ARN of a function from any form of its name. */
export function functionArn(stack: Naming, name: SomeText | undefined, resource: Resource): SomeText {
  const { account, region, partition } = stack.settings;
  if (name === undefined) return stack.hole(`${resource.id}.FunctionName`);
  const start = knownStart(name);
  // A name that is not known at all may be an ARN.
  if (start.startsWith('arn:') || start === '') return name;
  if (/^\d{12}:function:/.test(start)) return concat([`arn:${partition}:lambda:${region}:`, name]);
  if (/^\d{12}:/.test(start)) {
    const [owner, ...rest] = start.split(':');
    const end = name instanceof Symbolic ? new Symbolic(name.pieces.slice(1)) : '';
    return concat([`arn:${partition}:lambda:${region}:${owner}:function:${rest.join(':')}`, end]);
  }
  return concat([`arn:${partition}:lambda:${region}:${account}:function:`, name]);
}

import type { Reading, ResourceReader } from './reading.js';
import { add, addTo } from './resource-policy-types.js';
import { asArn, lambdaArn } from './resource-targets.js';
import { asText, knownEnd, knownStart, type SomeText, Undecided, type Value } from './symbolic.js';

/**
 * The Principal element that a permission stands for: everyone, an account, an ARN, or a service. Undecided where the text can be
 * more than one of them.
 */
function principalOf(reading: Reading, property: string): Value {
  const value = reading.resource.get(property);
  if (value instanceof Undecided) return value;
  const text = asText(value);
  const { partition } = reading.stack.settings;
  if (text === '*') return '*';
  if (typeof text === 'string' && /^\d{12}$/.test(text)) return { AWS: `arn:${partition}:iam::${text}:root` };
  if (text !== undefined && knownStart(text).startsWith('arn:')) return { AWS: text };
  const end = text === undefined ? '' : knownEnd(text);
  if (text !== undefined && /\.(?:com|cn|internal|eu)$/.test(end)) return { Service: text };
  const message = 'whom the permission is for is known only after deployment';
  const hint = 'write a service, an account or an ARN';
  const path = reading.resource.pathOf(property);
  return reading.stack.undecided(`${path}`, { code: 'unresolvedReference', path, message, hint });
}

/** Each permission is one statement of the policy of its function, alias or version. */
const readPermission: ResourceReader = (reading) => {
  const { resource, stack } = reading;
  const condition: Record<string, Record<string, Value>> = {};
  const when = (operator: string, key: string, property: string) => {
    const value = resource.get(property);
    if (value !== undefined) condition[operator] = { ...condition[operator], [key]: value };
  };
  when('ArnLike', 'aws:SourceArn', 'SourceArn');
  when('StringEquals', 'aws:SourceAccount', 'SourceAccount');
  when('StringEquals', 'aws:PrincipalOrgID', 'PrincipalOrgID');
  when('StringEquals', 'lambda:FunctionUrlAuthType', 'FunctionUrlAuthType');
  when('StringEquals', 'lambda:EventSourceToken', 'EventSourceToken');
  when('Bool', 'lambda:InvokedViaFunctionUrl', 'InvokedViaFunctionUrl');
  const statement = (arn: SomeText): Value => ({
    Sid: resource.id,
    Effect: 'Allow',
    Principal: principalOf(reading, 'Principal'),
    Action: resource.get('Action') ?? '',
    Resource: arn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  });
  const name = resource.get('FunctionName') ?? '';
  const text = asText(name);
  const arn = text === undefined ? '*' : lambdaArn(stack, text, resource);
  const document: Value = { Version: '2012-10-17', Statement: [statement(arn)] };
  const use = reading.policy(resource.id, 'resourcePolicy', 'Principal', document);
  addTo(reading, name, 'FunctionName', 'AWS::Lambda::Function', lambdaArn, use);
};

const readLayerPermission: ResourceReader = (reading) => {
  const { resource } = reading;
  const organization = resource.get('OrganizationId');
  const arn = resource.text('LayerVersionArn') ?? reading.stack.hole(`${resource.id}.LayerVersionArn`);
  const statement: Value = {
    Sid: resource.id,
    Effect: 'Allow',
    Principal: principalOf(reading, 'Principal'),
    Action: resource.get('Action') ?? 'lambda:GetLayerVersion',
    Resource: arn,
    ...(organization === undefined
      ? {}
      : { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
  };
  const document: Value = { Version: '2012-10-17', Statement: [statement] };
  const use = reading.policy(resource.id, 'resourcePolicy', 'Principal', document);
  add(reading, asArn(reading.stack, arn, resource), 'AWS::Lambda::LayerVersion', use);
};

export const lambdaPermissionTypes: Readonly<Record<string, ResourceReader>> = {
  'AWS::Lambda::Permission': readPermission,
  'AWS::Lambda::LayerVersionPermission': readLayerPermission,
};

import type { EstateDocument, Text } from '../../account/estate-data.js';
import { joinTexts } from '../../account/text.js';
import { holeOf, isLost } from './attribute-text.js';
import type { ResourceDraft } from './estate-draft.js';
import type { Work } from './identities.js';
import { filledText, own } from './json-value.js';
import { shapeOf } from './shapes.js';
import type { TerraformResource } from './terraform-resource.js';
import { isOpen } from './terraform-resource.js';

/**
 * Each permission is a statement of the policy of its function.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function readLambdaPermissions(work: Work): void {
  for (const resource of work.reading.index.ofType('aws_lambda_permission')) readPermission(work, resource);
  for (const resource of work.reading.index.ofType('aws_lambda_layer_version_permission')) {
    readLayerPermission(work, resource);
  }
}

function readPermission(work: Work, resource: TerraformResource): void {
  const name = `permission ${filledText(own(resource.values, 'statement_id')) ?? resource.address}`;
  putOnFunction(work, resource, name, (arn) => [statementOf(work, resource, arn)]);
}

/** Adds statements to the policy of the function that a resource names, or says why they are not known. */
export function putOnFunction(
  work: Work,
  resource: TerraformResource,
  name: string,
  statements: (arn: Text) => readonly object[] | string,
): void {
  const { reading, draft, policies } = work;
  const called = reading.required(resource, ['function_name'], {
    attribute: 'arn',
    types: ['aws_lambda_function', 'aws_lambda_alias'],
  });
  const qualifier = reading.argument(resource, ['qualifier'], { attribute: 'name' });
  const arn = functionArn(work, resource, called);
  const target = functionOf(work, resource, arn, called);
  const made = statements(qualifier === undefined ? arn : joinTexts(arn, ':', qualifier));
  const origin = policies.origin(resource.address);
  if (isLost(resource, ['function_name'], called)) {
    const among = reading.candidates(resource, ['function_name']);
    const unresolved = 'it may be about this one';
    draft.doubt('AWS::Lambda::Function', { name: resource.address, unresolved, origin }, among);
  }
  const document = { Version: '2012-10-17', Statement: made } as unknown as EstateDocument;
  target.policies.push(
    typeof made === 'string' ? policies.unresolved(name, resource.address, made) : { name, document, origin },
  );
}

/** The function of an ARN, which need not be in the file. */
export function functionOf(work: Work, resource: TerraformResource, arn: Text, called = arn): ResourceDraft {
  const { draft } = work;
  const holder = draft.resource(arn) ?? draft.resource(unqualified(arn)) ?? byName(work, called);
  return holder ?? add(work, resource, unqualified(arn), 'AWS::Lambda::Function');
}

/** Names come as `name`, `name:alias`, `account:function:name` and ARNs. */
function functionArn({ reading }: Work, resource: TerraformResource, called: Text): Text {
  const { account, region, partition } = reading.placeOf(resource);
  const start = (owner: string) => `arn:${partition}:lambda:${region}:${owner}:function:`;
  if (typeof called !== 'string') {
    if ('text' in called && String(called.text[0]).startsWith('arn:')) return called;
    return joinTexts(start(account), called);
  }
  if (called.startsWith('arn:')) return called;
  const other = /^(\d{12}):(?:function:)?(.*)$/.exec(called);
  return other === null ? start(account) + called : start(other[1]!) + other[2]!;
}

/** The one function of that name, where its region is not that of the permission. */
function byName({ draft }: Work, called: Text) {
  const [only, ...others] = draft.named('AWS::Lambda::Function', called);
  return only === undefined || others.length > 0 ? undefined : draft.resource(only);
}

/** Without version or alias: they share the policy document of the function in an estate. */
function unqualified(arn: Text): Text {
  return typeof arn === 'string' ? arn.split(':').slice(0, 7).join(':') : arn;
}

function add({ reading, draft, policies }: Work, resource: TerraformResource, arn: Text, type: string) {
  return draft.addResource({
    arn,
    account: reading.placeOf(resource).account,
    type,
    names: typeof arn === 'string' ? arn.split(':').slice(6, 7) : [],
    policies: [],
    origin: policies.origin(resource.address),
    tagsUnresolved: true,
  });
}

function statementOf({ reading }: Work, resource: TerraformResource, arn: Text) {
  const principal = reading.required(resource, ['principal'], { attribute: 'arn' });
  const one = (argument: string) => reading.argument(resource, [argument], { attribute: 'arn' });
  const account = one('source_account');
  const organization = one('principal_org_id');
  const urlType = one('function_url_auth_type');
  const token = one('event_source_token');
  const source = sourceArn(reading, resource);
  const equal: Record<string, Text> = {
    ...(account === undefined ? {} : { 'aws:SourceAccount': account }),
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
    ...(urlType === undefined ? {} : { 'lambda:FunctionUrlAuthType': urlType }),
    ...(token === undefined ? {} : { 'lambda:EventSourceToken': token }),
  };
  const byUrl = own(resource.values, 'invoked_via_function_url') === true;
  const condition = {
    ...(Object.keys(equal).length === 0 ? {} : { StringEquals: equal }),
    ...(source === undefined ? {} : { ArnLike: { 'aws:SourceArn': source } }),
    ...(byUrl ? { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } : {}),
  };
  return {
    Sid: filledText(own(resource.values, 'statement_id')) ?? 'permission',
    Effect: 'Allow' as const,
    Principal: principalOf(principal),
    Action: reading.required(resource, ['action'], { attribute: 'id' }),
    Resource: arn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

type Reading = Work['reading'];

/** Written as `"${api.execution_arn}/*"` the expression names the ARN only: what goes on after it is not known. */
function sourceArn(reading: Reading, resource: TerraformResource): Text | undefined {
  const known = filledText(own(resource.values, 'source_arn'));
  if (known !== undefined) return known;
  if (!isOpen(resource, ['source_arn'])) return undefined;
  const objects = reading.resolver.targetsAt(resource, ['source_arn']).filter((one) => one.kind === 'object');
  const [target, ...others] = objects;
  const instance = target?.instances.length === 1 ? target.instances[0] : undefined;
  const attribute = String(target?.path[0] ?? '');
  if (
    target === undefined ||
    instance === undefined ||
    others.length > 0 ||
    !/(?:^|_)arn$|^id$/.test(attribute)
  ) {
    return reading.required(resource, ['source_arn'], { attribute: 'arn' });
  }
  const text = reading.attribute(instance, attribute);
  // An event source is a bucket itself, never an object in it.
  const whole = instance.type === 'aws_s3_bucket' || shapeOf(instance.type)?.parts !== true;
  if (attribute !== 'execution_arn' && whole) return text;
  return joinTexts(text, holeOf(resource, ['source_arn']));
}

/** The principal of a permission: an account, a role, a service, or everybody. */
export function principalOf(principal: Text) {
  if (typeof principal !== 'string') {
    // What is not known may be a service as well as an account or a role.
    return 'text' in principal && String(principal.text[0]).startsWith('arn:')
      ? { AWS: principal }
      : { AWS: principal, Service: principal };
  }
  if (principal === '*') return '*' as const;
  if (/^\d{12}$/.test(principal) || principal.startsWith('arn:')) return { AWS: principal };
  return { Service: principal };
}

function readLayerPermission(work: Work, resource: TerraformResource): void {
  const { reading, draft, policies } = work;
  const { account, region, partition } = reading.placeOf(resource);
  const meaning = { attribute: 'layer_name', types: ['aws_lambda_layer_version'] };
  const name = reading.required(resource, ['layer_name'], meaning);
  const version = reading.required(resource, ['version_number'], { attribute: 'version' });
  const layer =
    typeof name === 'string' && name.startsWith('arn:')
      ? name
      : joinTexts(`arn:${partition}:lambda:${region}:${account}:layer:`, name);
  const arn = joinTexts(layer, ':', version);
  const target = draft.resource(arn) ?? add(work, resource, arn, 'AWS::Lambda::LayerVersion');
  const organization = reading.argument(resource, ['organization_id'], { attribute: 'id' });
  const statementId = filledText(own(resource.values, 'statement_id')) ?? resource.address;
  target.policies.push({
    name: `permission ${statementId}`,
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: principalOf(reading.required(resource, ['principal'], { attribute: 'arn' })),
          Action: reading.required(resource, ['action'], { attribute: 'id' }),
          Resource: arn,
          ...(organization === undefined
            ? {}
            : { Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } }),
        },
      ],
    },
    origin: policies.origin(resource.address),
  });
}

import type { Finding } from '../symbolic.js';
import { expandConnector } from './connectors.js';
import { type Expansion, given, make, tagList } from './expansion.js';
import { expandFunction } from './function.js';
import { mergeGlobals } from './globals.js';
import { isRaw, type Raw } from './policies.js';
import { expandStateMachine } from './state-machine.js';

const rename =
  (type: string, properties: (properties: Raw) => Raw) =>
  (expansion: Expansion): void =>
    make(expansion, expansion.id, type, given(properties(expansion.properties)));

/** What each serverless type becomes. */
const types: Readonly<Record<string, (expansion: Expansion) => void>> = {
  'AWS::Serverless::Function': expandFunction,
  'AWS::Serverless::StateMachine': expandStateMachine,
  'AWS::Serverless::SimpleTable': rename('AWS::DynamoDB::Table', ({ TableName, Tags }) => ({
    TableName,
    Tags: tagList(Tags),
  })),
  'AWS::Serverless::LayerVersion': rename('AWS::Lambda::LayerVersion', ({ LayerName }) => ({ LayerName })),
  'AWS::Serverless::HttpApi': rename('AWS::ApiGatewayV2::Api', ({ Name }) => ({ Name })),
  'AWS::Serverless::GraphQLApi': rename('AWS::AppSync::GraphQLApi', ({ Name }) => ({ Name })),
  'AWS::Serverless::Api': expandApi,
  'AWS::Serverless::Application': rename('AWS::CloudFormation::Stack', ({ Location, Parameters }) => ({
    TemplateURL: Location,
    Parameters,
  })),
};

/**
 * Does what the serverless transform of AWS does, as far as it decides about access.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function expandServerless(
  template: Raw,
  path: (below: string) => string,
  report: (finding: Finding) => void,
): Raw {
  const raw = isRaw(template.Resources) ? template.Resources : {};
  const serverless = Object.values(raw).some(
    (one) => isRaw(one) && (String(one.Type).startsWith('AWS::Serverless::') || isRaw(one.Connectors)),
  );
  if (!serverless) return template;
  const resources: Record<string, unknown> = Object.assign(Object.create(null), raw);
  const open = (id: string, resource: Raw, properties: Raw): Expansion => ({
    id,
    properties,
    attributes: given({ Condition: resource.Condition, Metadata: resource.Metadata }),
    path: path(`Resources.${id}`),
    resources,
    report,
  });
  for (const [id, resource] of Object.entries(raw)) {
    const type = isRaw(resource) ? String(resource.Type) : '';
    if (!isRaw(resource) || !type.startsWith('AWS::Serverless::') || type === 'AWS::Serverless::Connector')
      continue;
    const properties = mergeGlobals(template.Globals, type, resource.Properties);
    const expand = Object.hasOwn(types, type) ? types[type] : undefined;
    if (expand === undefined) {
      const message = `${type} is no serverless type that is known here`;
      report({
        code: 'unsupportedType',
        path: path(`Resources.${id}`),
        message,
        hint: 'load the processed template',
      });
    } else expand(open(id, resource, properties));
  }
  for (const [id, resource] of Object.entries(raw)) {
    if (!isRaw(resource)) continue;
    if (resource.Type === 'AWS::Serverless::Connector') {
      const properties = isRaw(resource.Properties) ? resource.Properties : {};
      delete resources[id];
      expandConnector(open(id, resource, properties), properties.Source);
    }
    for (const [name, connector] of Object.entries(isRaw(resource.Connectors) ? resource.Connectors : {})) {
      const properties = isRaw(connector) && isRaw(connector.Properties) ? connector.Properties : {};
      const more = isRaw(properties.SourceReference) ? properties.SourceReference : {};
      expandConnector(open(`${id}${name}`, resource, properties), { ...more, Id: id });
    }
  }
  return { ...template, Resources: resources };
}

/** The policy of an API is put together from several settings; whole statements are the one that is read. */
function expandApi(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  const auth = isRaw(properties.Auth) ? properties.Auth : {};
  const policy = auth.ResourcePolicy;
  const statements = isRaw(policy) ? policy.CustomStatements : undefined;
  const others = isRaw(policy) && Object.keys(policy).some((name) => name !== 'CustomStatements');
  if (others) {
    const where = `${path}.Properties.Auth.ResourcePolicy`;
    const message = 'lists of accounts, addresses and networks in the policy of an API are not read';
    report({ code: 'unsupportedFunction', path: where, message, hint: 'write them as CustomStatements' });
  }
  make(expansion, id, 'AWS::ApiGateway::RestApi', {
    ...given({ Tags: tagList(properties.Tags) }),
    ...(policy === undefined
      ? {}
      : { Policy: others ? { 'Fn::ResourcePolicy': '' } : { Version: '2012-10-17', Statement: statements } }),
  });
}

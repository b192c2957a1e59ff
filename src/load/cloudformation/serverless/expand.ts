import { plainWord } from '../plain-word.js';
import type { Finding } from '../symbolic.js';
import { expandApi, expandGraphApi, expandHttpApi, expandWebSocketApi } from './api.js';
import { expandConnector } from './connectors.js';
import { expandDeployments } from './deployments.js';
import { type Expansion, given, make, tagList } from './expansion.js';
import { expandFunction } from './function.js';
import { mergeGlobals } from './globals.js';
import { expandCapacityProvider, expandMicrovmImage, expandNetworkConnector } from './lambda-machines.js';
import { withoutLoops } from './loops.js';
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
  'AWS::Serverless::GraphQLApi': expandGraphApi,
  'AWS::Serverless::Api': expandApi,
  'AWS::Serverless::HttpApi': expandHttpApi,
  'AWS::Serverless::WebSocketApi': expandWebSocketApi,
  'AWS::Serverless::CapacityProvider': expandCapacityProvider,
  'AWS::Serverless::NetworkConnector': expandNetworkConnector,
  'AWS::Serverless::MicrovmImage': expandMicrovmImage,
  'AWS::Serverless::Application': rename('AWS::CloudFormation::Stack', ({ Location, Parameters }) => ({
    TemplateURL: Location,
    Parameters,
  })),
};

const apiTypes = new Set(['AWS::Serverless::Api', 'AWS::Serverless::HttpApi']);

/**
 * Does what the serverless transform of AWS does, as far as it decides about access.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function expandServerless(
  template: Raw,
  path: (below: string) => string,
  report: (finding: Finding) => void,
): Raw {
  const raw = withoutLoops(isRaw(template.Resources) ? template.Resources : {}, path, report);
  const serverless = Object.values(raw).some(
    (one) => isRaw(one) && (plainWord(one.Type).startsWith('AWS::Serverless::') || isRaw(one.Connectors)),
  );
  if (!serverless) return template;
  const resources: Record<string, unknown> = Object.assign(Object.create(null), raw);
  const conditions: Record<string, unknown> = Object.assign(Object.create(null), template.Conditions);
  const open = (id: string, resource: Raw, properties: Raw): Expansion => ({
    id,
    properties,
    attributes: given({ Condition: resource.Condition, Metadata: resource.Metadata }),
    path: path(`Resources.${id}`),
    resources,
    conditions,
    report,
  });
  const functions: Expansion[] = [];
  const expandAll = (from: Raw, isWanted: (type: string) => boolean) => {
    for (const [id, resource] of Object.entries(from)) {
      const type = isRaw(resource) ? plainWord(resource.Type) : '';
      if (!isRaw(resource) || !type.startsWith('AWS::Serverless::') || !isWanted(type)) continue;
      const properties = mergeGlobals(template.Globals, type, resource.Properties);
      const expand = Object.hasOwn(types, type) ? types[type] : undefined;
      if (expand === undefined) {
        const message = `${type} is no serverless type that is known here`;
        const hint = 'load the processed template';
        report({ code: 'unsupportedType', path: path(`Resources.${id}`), message, hint });
      } else {
        const expansion = open(id, resource, properties);
        expand(expansion);
        if (type === 'AWS::Serverless::Function') functions.push(expansion);
      }
    }
  };
  expandAll(raw, (type) => type !== 'AWS::Serverless::Connector' && !apiTypes.has(type));
  expandDeployments(functions);
  // Events make APIs, and change those that are there.
  expandAll({ ...resources }, (type) => apiTypes.has(type));
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
  return { ...template, Resources: resources, Conditions: conditions };
}

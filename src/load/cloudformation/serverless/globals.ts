import { isRaw, type Raw } from './policies.js';

const sections: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::Api': 'Api',
  'AWS::Serverless::HttpApi': 'HttpApi',
  'AWS::Serverless::SimpleTable': 'SimpleTable',
  'AWS::Serverless::StateMachine': 'StateMachine',
  'AWS::Serverless::LayerVersion': 'LayerVersion',
  'AWS::Serverless::WebSocketApi': 'WebSocketApi',
  'AWS::Serverless::CapacityProvider': 'CapacityProvider',
  'AWS::Serverless::NetworkConnector': 'NetworkConnector',
  'AWS::Serverless::MicrovmImage': 'MicrovmImage',
};

/**
 * Globals stand in for properties that a resource does not have: maps are merged, lists put together, the rest replaced.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function mergeGlobals(globals: unknown, type: string, properties: unknown): Raw {
  const section = isRaw(globals) ? globals[sections[type] ?? ''] : undefined;
  const merged = merge(section, properties);
  return isRaw(merged) ? merged : {};
}

function merge(global: unknown, local: unknown): unknown {
  if (local === undefined || local === null) return global;
  if (Array.isArray(global) && Array.isArray(local)) return [...global, ...local];
  if (!isRaw(global) || !isRaw(local) || isFunction(global) || isFunction(local)) return local;
  const out: Record<string, unknown> = Object.assign(Object.create(null), global);
  for (const [name, value] of Object.entries(local)) out[name] = merge(global[name], value);
  return out;
}

const isFunction = (value: Raw): boolean =>
  Object.keys(value).length === 1 &&
  Object.keys(value).every((name) => name === 'Ref' || name.startsWith('Fn::'));

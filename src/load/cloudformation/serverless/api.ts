import type { Finding } from '../symbolic.js';
import { type Expansion, given, make, tagList } from './expansion.js';
import { lostPart } from './lost-part.js';
import { isRaw, type Raw } from './policies.js';

/** The policy of an API is put together from several settings; whole statements are the one that is read. */
export function expandApi(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  const auth = isRaw(properties.Auth) ? properties.Auth : {};
  const policy = auth.ResourcePolicy;
  const document = () =>
    partsOf(policy).every(hasStatementsOnly)
      ? { Version: '2012-10-17', Statement: statementsOf(partsOf(policy)) }
      : lostPart(otherSettings(path), report);
  make(expansion, id, 'AWS::ApiGateway::RestApi', {
    ...given({ Tags: tagList(properties.Tags) }),
    // Statements stand beside those of a definition.
    ...given({ Body: properties.DefinitionBody }),
    ...(policy === undefined ? given({ BodyS3Location: properties.DefinitionUri }) : {}),
    ...(policy === undefined ? {} : { Policy: document() }),
  });
  permitAuthorizers(expansion, (one) => one.DisableFunctionDefaultPermissions !== true);
}

/** Where events put what they add to the policy of an API. */
const added = 'Events';

/**
 * The API of an event, made where the event names none, with what the event adds to its policy.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-apifunctionauth.html
 */
export function joinApi({ resources }: Expansion, settings: Raw): { id: unknown; implicit: boolean } {
  const implicit = settings.RestApiId === undefined;
  const id = settings.RestApiId ?? { Ref: 'ServerlessRestApi' };
  if (implicit && !Object.hasOwn(resources, 'ServerlessRestApi'))
    resources.ServerlessRestApi = { Type: 'AWS::Serverless::Api', Properties: {} };
  const name = isRaw(id) && typeof id.Ref === 'string' ? id.Ref : '';
  const api = Object.hasOwn(resources, name) ? resources[name] : undefined;
  const part = isRaw(settings.Auth) ? settings.Auth.ResourcePolicy : undefined;
  if (isRaw(api) && part !== undefined) {
    const properties = isRaw(api.Properties) ? api.Properties : {};
    const auth = isRaw(properties.Auth) ? properties.Auth : {};
    resources[name] = { ...api, Properties: { ...properties, Auth: withPart(auth, part) } };
  }
  return { id, implicit };
}

function withPart(auth: Raw, part: unknown): Raw {
  const policy = isRaw(auth.ResourcePolicy) ? auth.ResourcePolicy : {};
  const before: readonly unknown[] = Array.isArray(policy[added]) ? policy[added] : [];
  return { ...auth, ResourcePolicy: { ...policy, [added]: [...before, part] } };
}

/** What the API itself says, and what each event adds. */
function partsOf(policy: unknown): readonly unknown[] {
  if (!isRaw(policy)) return [policy];
  const { [added]: events, ...own } = policy;
  return Array.isArray(events) ? [own, ...events] : [policy];
}

const hasStatementsOnly = (part: unknown): boolean =>
  isRaw(part) && Object.keys(part).every((name) => name === 'CustomStatements');

function statementsOf(parts: readonly unknown[]): unknown {
  const lists = parts.flatMap((part) =>
    isRaw(part) && part.CustomStatements !== undefined ? [part.CustomStatements] : [],
  );
  return lists.length === 1 ? lists[0] : lists.flat();
}

const otherSettings = (path: string): Finding => ({
  code: 'unsupportedFunction',
  path: `${path}.Properties.Auth.ResourcePolicy`,
  message: 'lists of accounts, addresses and networks in the policy of an API and its events are not read',
  hint: 'write them as CustomStatements',
});

export function expandHttpApi(expansion: Expansion): void {
  const { id, properties } = expansion;
  make(expansion, id, 'AWS::ApiGatewayV2::Api', given({ Name: properties.Name }));
  permitAuthorizers(expansion, (one) => one.EnableFunctionDefaultPermissions === true);
}

/** An API may call the functions that authorize its callers. */
function permitAuthorizers(expansion: Expansion, isPermitted: (authorizer: Raw) => boolean): void {
  const { id, properties } = expansion;
  const auth = isRaw(properties.Auth) ? properties.Auth : {};
  for (const [name, one] of Object.entries(isRaw(auth.Authorizers) ? auth.Authorizers : {})) {
    if (!isRaw(one) || one.FunctionArn === undefined || !isPermitted(one)) continue;
    permitCalls(expansion, `${id}${name}AuthorizerPermission`, one.FunctionArn, 'authorizers/*');
  }
}

/** API Gateway may call a function for a part of the API. */
function permitCalls(
  expansion: Expansion,
  id: string,
  FunctionName: unknown,
  part: string,
  more: Raw = {},
): void {
  const start = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:';
  make(expansion, id, 'AWS::Lambda::Permission', {
    FunctionName,
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': [`${start}\${Api}/${part}`, { Api: { Ref: expansion.id }, ...more }] },
  });
}

/**
 * A WebSocket API may call the function of each of its routes, and the one that authorizes who connects, unless it is given a role.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-websocketapi.html
 */
export function expandWebSocketApi(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  make(expansion, id, 'AWS::ApiGatewayV2::Api', given({ Name: properties.Name }));
  const stage = { Stage: properties.StageName ?? 'default' };
  const routes = isRaw(properties.Routes) ? Object.entries(properties.Routes) : [];
  if (
    routes.some(
      ([name, route]) => name.startsWith('Fn::') || !isRaw(route) || route.FunctionArn === undefined,
    )
  ) {
    const message = 'the routes of this API are not known, and so which functions it may call';
    const where = `${path}.Properties.Routes`;
    report({ code: 'unsupportedFunction', path: where, message, hint: 'load the processed template' });
  }
  for (const [name, route] of routes) {
    if (!isRaw(route) || route.FunctionArn === undefined) continue;
    // Logical ids have the name of a route without its sign.
    const word = name.replace('$', '');
    const permission = `${id}${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}Permission`;
    permitCalls(expansion, permission, route.FunctionArn, `\${Stage}/${name}`, stage);
  }
  const auth = isRaw(properties.Auth) ? properties.Auth : {};
  if (auth.AuthArn !== undefined && (auth.InvokeRole === undefined || auth.InvokeRole === null))
    permitCalls(expansion, `${id}AuthorizerPermission`, auth.AuthArn, 'authorizers/*');
}

/** A GraphQL API has roles for what it reads and writes, made of settings that are many. */
export function expandGraphApi(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  make(expansion, id, 'AWS::AppSync::GraphQLApi', given({ Name: properties.Name }));
  const message = 'the roles of the data sources and of the logs of a GraphQL API are not in the estate';
  if (properties.DataSources === undefined && properties.Logging === false) return;
  report({ code: 'unsupportedType', path, message, hint: 'load the processed template' });
}

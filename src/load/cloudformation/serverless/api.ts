import type { Finding } from '../symbolic.js';
import { type Expansion, given, make, tagList } from './expansion.js';
import { lostPart } from './lost-part.js';
import { isRaw, type Raw } from './policies.js';

/** The policy of an API is put together from several settings; whole statements are the one that is read. */
export function expandApi(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  const auth = isRaw(properties.Auth) ? properties.Auth : {};
  const policy = auth.ResourcePolicy;
  const statements = isRaw(policy) ? policy.CustomStatements : undefined;
  const others = isRaw(policy) && Object.keys(policy).some((name) => name !== 'CustomStatements');
  const document = () =>
    others ? lostPart(otherSettings(path), report) : { Version: '2012-10-17', Statement: statements };
  make(expansion, id, 'AWS::ApiGateway::RestApi', {
    ...given({ Tags: tagList(properties.Tags) }),
    ...(policy === undefined
      ? given({ Body: properties.DefinitionBody, BodyS3Location: properties.DefinitionUri })
      : {}),
    ...(policy === undefined ? {} : { Policy: document() }),
  });
  permitAuthorizers(expansion, (one) => one.DisableFunctionDefaultPermissions !== true);
}

const otherSettings = (path: string): Finding => ({
  code: 'unsupportedFunction',
  path: `${path}.Properties.Auth.ResourcePolicy`,
  message:
    'lists of accounts, addresses and networks in the policy of an API, and what its events add, are not read',
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
    const start = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:';
    make(expansion, `${id}${name}AuthorizerPermission`, 'AWS::Lambda::Permission', {
      FunctionName: one.FunctionArn,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Sub': [`${start}\${Api}/authorizers/*`, { Api: { Ref: id } }] },
    });
  }
}

/** A GraphQL API has roles for what it reads and writes, made of settings that are many. */
export function expandGraphApi(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  make(expansion, id, 'AWS::AppSync::GraphQLApi', given({ Name: properties.Name }));
  const message = 'the roles of the data sources and of the logs of a GraphQL API are not in the estate';
  if (properties.DataSources === undefined && properties.Logging === false) return;
  report({ code: 'unsupportedType', path, message, hint: 'load the processed template' });
}

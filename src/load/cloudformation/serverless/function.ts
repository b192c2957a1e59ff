import { choiceOf } from './choice.js';
import { destinations } from './destinations.js';
import { readEvents } from './events.js';
import { arnOf, type Expansion, given, make, onlyIf, tagList, trust } from './expansion.js';
import { isRaw, managedPolicy, none, rolePolicies } from './policies.js';

/**
 * AWS::Serverless::Function: the function, its role unless it is given one, its alias, its URL, and what its events need.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
export function expandFunction(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  const { Role, AutoPublishAlias } = properties;
  const aliased = AutoPublishAlias !== undefined && AutoPublishAlias !== null;
  const target = { Ref: aliased ? `${id}.Alias` : id };
  const tags = tagList(properties.Tags, 'lambda:createdBy');
  const chosen = choiceOf(Role, arnOf(`${id}Role`));
  make(expansion, id, 'AWS::Lambda::Function', {
    ...given({ FunctionName: properties.FunctionName, Tags: tags }),
    Role: chosen?.value ?? Role ?? arnOf(`${id}Role`),
  });
  if (aliased) {
    const alias = { FunctionName: { Ref: id }, Name: AutoPublishAlias };
    make(expansion, `${id}.Alias`, 'AWS::Lambda::Alias', alias);
    make(expansion, `${id}.Version`, 'AWS::Lambda::Version', { FunctionName: { Ref: id } });
    // Its logical id in the processed template.
    if (typeof AutoPublishAlias === 'string')
      make(
        expansion,
        `${id}Alias${AutoPublishAlias.replace(/[^A-Za-z0-9]/g, '')}`,
        'AWS::Lambda::Alias',
        alias,
      );
  }
  const needed = readEvents(expansion, target);
  const sent = destinations(expansion);
  makeUrl(expansion, target);
  if (Role !== undefined && Role !== null && chosen === undefined) return;
  const maker = chosen === undefined ? expansion : onlyIf(expansion, `${id}HasNoRole`, chosen.when);
  const policies = rolePolicies(id, properties.Policies, `${path}.Properties.Policies`, report);
  make(maker, `${id}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: properties.AssumeRolePolicyDocument ?? trust('lambda.amazonaws.com'),
    ManagedPolicyArns: [...execution(expansion), ...needed.managed, ...policies.managed],
    Policies: [...policies.inline, ...needed.inline, ...sent],
    ...given({
      PermissionsBoundary: properties.PermissionsBoundary,
      Path: properties.RolePath,
      Tags: tags,
    }),
  });
}

/** Managed policies that the settings of a function need. */
function execution({ properties }: Expansion): unknown[] {
  const policies = [managedPolicy('AWSLambdaBasicExecutionRole')];
  const { Tracing, VpcConfig } = properties;
  if (Tracing !== undefined && Tracing !== null && Tracing !== 'Disabled')
    policies.push(choice(Tracing, managedPolicy('AWSXRayDaemonWriteAccess')));
  if (VpcConfig !== undefined && VpcConfig !== null)
    policies.push(choice(VpcConfig, managedPolicy('AWSLambdaVPCAccessExecutionRole')));
  return policies;
}

/** A setting that may be absent makes its policy just as uncertain. */
function choice(setting: unknown, policy: unknown): unknown {
  const branches = isRaw(setting) ? setting['Fn::If'] : undefined;
  if (!Array.isArray(branches)) return policy;
  const absent = (value: unknown) =>
    (isRaw(value) && value.Ref === 'AWS::NoValue') || value === 'Disabled' ? { Ref: 'AWS::NoValue' } : policy;
  return { 'Fn::If': [branches[0], absent(branches[1]), absent(branches[2])] };
}

/** A public URL needs two permissions. See lambda/latest/dg/urls-auth.html */
function makeUrl(expansion: Expansion, target: unknown): void {
  const { id, properties } = expansion;
  const config = properties.FunctionUrlConfig;
  if (!isRaw(config)) return;
  const type = authType(config);
  make(expansion, `${id}Url`, 'AWS::Lambda::Url', {
    TargetFunctionArn: target,
    ...given({ AuthType: type }),
  });
  if (!isRaw(type) && type !== 'NONE') return;
  const open = isRaw(type)
    ? onlyIf(expansion, `${id}UrlIsPublic`, { 'Fn::Equals': [type, 'NONE'] })
    : expansion;
  const everyone = { FunctionName: target, Principal: '*' };
  make(open, `${id}UrlPublicPermissions`, 'AWS::Lambda::Permission', {
    ...everyone,
    Action: 'lambda:InvokeFunctionUrl',
    FunctionUrlAuthType: 'NONE',
  });
  make(open, `${id}URLInvokeAllowPublicAccess`, 'AWS::Lambda::Permission', {
    ...everyone,
    Action: 'lambda:InvokeFunction',
    InvokedViaFunctionUrl: true,
  });
}

/** A parameter or a condition may say whether the URL is public; a choice between two settings is one of their types. */
function authType(config: unknown): unknown {
  if (!isRaw(config)) return none;
  const choice = config['Fn::If'];
  if (!Array.isArray(choice)) return config.Ref === 'AWS::NoValue' ? none : config.AuthType;
  return { 'Fn::If': [choice[0], authType(choice[1]) ?? none, authType(choice[2]) ?? none] };
}

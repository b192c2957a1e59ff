import { readEvents } from './events.js';
import { allow, arnOf, type Expansion, given, make, tagList, trust } from './expansion.js';
import { isRaw, managedPolicy, type RolePolicies, rolePolicies } from './policies.js';

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
  make(expansion, id, 'AWS::Lambda::Function', {
    ...given({ FunctionName: properties.FunctionName, Tags: tags }),
    Role: Role ?? arnOf(`${id}Role`),
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
  makeUrl(expansion, target);
  if (Role !== undefined && Role !== null) return;
  const policies = rolePolicies(id, properties.Policies, `${path}.Properties.Policies`, report);
  make(expansion, `${id}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: properties.AssumeRolePolicyDocument ?? trust('lambda.amazonaws.com'),
    ManagedPolicyArns: [...execution(expansion), ...needed.managed, ...policies.managed],
    Policies: [...policies.inline, ...needed.inline, ...destinations(expansion)],
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

const sending: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
};

/** Where failed events and results go: the function may send there. */
function destinations({ id, properties }: Expansion): RolePolicies['inline'] {
  const out: unknown[] = [];
  const send = (name: string, target: unknown, arn: unknown) => {
    const action = isRaw(target) ? sending[String(target.Type)] : undefined;
    if (action !== undefined && arn !== undefined)
      out.push({ PolicyName: `${id}${name}`, PolicyDocument: allow(action, arn) });
  };
  const queue = properties.DeadLetterQueue;
  send('DeadLetterQueuePolicy', queue, isRaw(queue) ? queue.TargetArn : undefined);
  const invoke = properties.EventInvokeConfig;
  const config = isRaw(invoke) && isRaw(invoke.DestinationConfig) ? invoke.DestinationConfig : {};
  for (const name of ['OnSuccess', 'OnFailure']) {
    const target = config[name];
    send(`EventInvokeConfig${name}Policy`, target, isRaw(target) ? target.Destination : undefined);
  }
  return out;
}

/** A public URL needs two permissions. See lambda/latest/dg/urls-auth.html */
function makeUrl(expansion: Expansion, target: unknown): void {
  const { id, properties } = expansion;
  const config = properties.FunctionUrlConfig;
  if (!isRaw(config)) return;
  make(expansion, `${id}Url`, 'AWS::Lambda::Url', {
    TargetFunctionArn: target,
    ...given({ AuthType: config.AuthType }),
  });
  if (config.AuthType !== 'NONE') return;
  const everyone = { FunctionName: target, Principal: '*' };
  make(expansion, `${id}UrlPublicPermissions`, 'AWS::Lambda::Permission', {
    ...everyone,
    Action: 'lambda:InvokeFunctionUrl',
    FunctionUrlAuthType: 'NONE',
  });
  make(expansion, `${id}URLInvokeAllowPublicAccess`, 'AWS::Lambda::Permission', {
    ...everyone,
    Action: 'lambda:InvokeFunction',
    InvokedViaFunctionUrl: true,
  });
}

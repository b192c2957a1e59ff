import { plainWord } from '../plain-word.js';
import { connectorProfiles, type Grant, type Profile } from './connector-profiles.js';
import { arnOf, type Expansion, given, make } from './expansion.js';
import { lostPart } from './lost-part.js';
import { isRaw, type Raw } from './policies.js';

/** One end of a connector, which names a resource of the template or says what it is. */
interface End {
  readonly type: string;
  readonly arn: unknown;
  readonly name: unknown;
  readonly role: unknown;
  readonly queueUrl: unknown;
  readonly resourceId: unknown;
  readonly qualifier: unknown;
}

const topics = new Set(['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine', 'AWS::AppSync::GraphQLApi']);
const roleProperty: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Role',
  'AWS::StepFunctions::StateMachine': 'RoleArn',
  'AWS::AppSync::DataSource': 'ServiceRoleArn',
  'AWS::Events::Rule': 'RoleArn',
};

function endOf({ resources }: Expansion, reference: unknown): End {
  const members = isRaw(reference) ? reference : {};
  const id = typeof members.Id === 'string' ? members.Id : undefined;
  const resource = id !== undefined && Object.hasOwn(resources, id) ? resources[id] : undefined;
  const type = isRaw(resource) ? plainWord(resource.Type) : plainWord(members.Type);
  const properties = isRaw(resource) && isRaw(resource.Properties) ? resource.Properties : {};
  const qualifier = members.Qualifier;
  if (id === undefined) {
    const { Arn: arn, Name: name, RoleName: role, QueueUrl: queueUrl, ResourceId: resourceId } = members;
    return { type, arn, name, role, queueUrl, resourceId, qualifier };
  }
  return {
    type,
    arn: topics.has(type) ? { Ref: id } : arnOf(id),
    name: { 'Fn::GetAtt': [id, 'Name'] },
    role: properties[roleProperty[type] ?? ''] ?? targetRole(properties),
    queueUrl: { Ref: id },
    resourceId: type === 'AWS::AppSync::GraphQLApi' ? { 'Fn::GetAtt': [id, 'ApiId'] } : { Ref: id },
    qualifier,
  };
}

/** A rule has its role at its targets. */
function targetRole(properties: Raw): unknown {
  const targets = Array.isArray(properties.Targets) ? properties.Targets : [];
  return targets.find((target) => isRaw(target) && target.RoleArn !== undefined)?.RoleArn;
}

/** Writes out a connector, `AWS::Serverless::Connector` or the `Connectors` attribute of its source. */
export function expandConnector(expansion: Expansion, source: unknown): void {
  const { id, properties, path, report } = expansion;
  const permissions = [properties.Permissions].flat().filter((one) => one === 'Read' || one === 'Write');
  const from = endOf(expansion, source);
  [properties.Destination].flat().forEach((destination, i, all) => {
    const to = endOf(expansion, destination);
    const profile = connectorProfiles.get(`${from.type} ${to.type}`);
    const name = all.length > 1 ? `${id}Destination${i}` : id;
    const known = profile !== undefined && permissions.every((one) => profile[one as 'Read'] !== undefined);
    if (known) write(expansion, name, profile, permissions as ('Read' | 'Write')[], from, to);
    if (known) return;
    const message = `what a connector from ${from.type} to ${to.type} gives is not known`;
    const hint = 'load the processed template';
    const lost = lostPart({ code: 'unsupportedType', path, message, hint }, report);
    if (from.role !== undefined)
      make(expansion, `${name}Policy`, 'AWS::IAM::Policy', {
        PolicyName: `${name}Policy`,
        PolicyDocument: lost,
        Roles: [from.role],
      });
  });
}

function write(
  expansion: Expansion,
  name: string,
  profile: Profile,
  permissions: readonly ('Read' | 'Write')[],
  from: End,
  to: End,
): void {
  if (profile.as === 'permission') {
    make(expansion, `${name}WriteLambdaPermission`, 'AWS::Lambda::Permission', {
      FunctionName: to.arn,
      Action: 'lambda:InvokeFunction',
      Principal: profile.service,
      ...given({ SourceArn: sourceArn(from) }),
      ...(from.type === 'AWS::S3::Bucket' ? { SourceAccount: { Ref: 'AWS::AccountId' } } : {}),
    });
    return;
  }
  if (profile.as === 'queue' || profile.as === 'topic') {
    const queue = profile.as === 'queue';
    const statement = {
      Effect: 'Allow',
      Principal: { Service: profile.service },
      Action: queue ? 'sqs:SendMessage' : 'sns:Publish',
      Resource: to.arn,
      Condition: { ArnEquals: { 'aws:SourceArn': from.arn } },
    };
    make(
      expansion,
      `${name}${queue ? 'Queue' : 'Topic'}Policy`,
      queue ? 'AWS::SQS::QueuePolicy' : 'AWS::SNS::TopicPolicy',
      {
        ...(queue ? { Queues: [to.queueUrl] } : { Topics: [to.arn] }),
        PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
      },
    );
    return;
  }
  const grants = permissions.flatMap((one) => profile[one] ?? []);
  make(expansion, `${name}Policy`, 'AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Version: '2012-10-17', Statement: grants.map((one) => statementOf(one, from, to)) },
    Roles: [profile.as === 'sourceRole' ? from.role : to.role].filter((role) => role !== undefined),
  });
}

/** APIs are named by their id and the route. */
function sourceArn({ type, arn, resourceId, qualifier }: End): unknown {
  const start = (service: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:`;
  const values = { Id: resourceId, Qualifier: qualifier ?? '*' };
  if (type.startsWith('AWS::ApiGateway'))
    return { 'Fn::Sub': [`${start('execute-api')}\${Id}/\${Qualifier}`, values] };
  if (type === 'AWS::AppSync::GraphQLApi') return { 'Fn::Sub': [`${start('appsync')}apis/\${Id}`, values] };
  return arn;
}

function statementOf({ actions, resources }: Grant, from: End, to: End): Raw {
  const fill = (pattern: string): unknown => {
    if (pattern === '{execution}') {
      const text = 'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${Name}:*';
      return { 'Fn::Sub': [text, { Name: to.name }] };
    }
    const text = pattern.replace(/(?<!\$)\{(\w+)\}/g, '${$1}');
    return { 'Fn::Sub': [text, { from: from.arn, to: to.arn }] };
  };
  return { Effect: 'Allow', Action: actions, Resource: resources.map(fill) };
}

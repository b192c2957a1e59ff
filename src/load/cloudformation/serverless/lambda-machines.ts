import { arnOf, type Expansion, given, make, tagList, trust } from './expansion.js';
import { lostPart } from './lost-part.js';
import { managedPolicy, type Raw } from './policies.js';

/** AWS::Serverless::CapacityProvider: the instances that functions run on, and the role that manages them. */
export function expandCapacityProvider(expansion: Expansion): void {
  const { id, properties } = expansion;
  const role = roleOf(expansion, properties.OperatorRole, 'OperatorRole', {
    ManagedPolicyArns: [managedPolicy('AWSLambdaManagedEC2ResourceOperator')],
  });
  make(expansion, id, 'AWS::Lambda::CapacityProvider', {
    ...given({ CapacityProviderName: properties.CapacityProviderName, Tags: tagList(properties.Tags) }),
    PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
  });
}

/** AWS::Serverless::NetworkConnector: the way of machines into a network, and the role that makes it. */
export function expandNetworkConnector(expansion: Expansion): void {
  const { id, properties } = expansion;
  const OperatorRole = roleOf(expansion, properties.OperatorRole, 'OperatorRole', {
    ManagedPolicyArns: [managedPolicy('AWSLambdaNetworkConnectorOperatorPolicy')],
  });
  make(expansion, id, 'AWS::Lambda::NetworkConnector', {
    ...given({ Name: properties.Name, Tags: tagList(properties.Tags) }),
    OperatorRole,
  });
}

/** AWS::Serverless::MicrovmImage: an image, and the role that builds it from what lies in a bucket. */
export function expandMicrovmImage(expansion: Expansion): void {
  const { id, properties } = expansion;
  const statements = () => [
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: objectsOfCode(expansion) },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  ];
  const document = () => ({ Version: '2012-10-17', Statement: statements() });
  const made = isGiven(properties.BuildRoleArn)
    ? {}
    : { Policies: [{ PolicyName: 'MicrovmImageBuildPolicy', PolicyDocument: document() }] };
  const BuildRoleArn = roleOf(expansion, properties.BuildRoleArn, 'BuildRole', made);
  make(expansion, id, 'AWS::Lambda::MicrovmImage', {
    ...given({ Name: properties.Name, Tags: tagList(properties.Tags) }),
    BuildRoleArn,
  });
}

const isGiven = (role: unknown): boolean => role !== undefined && role !== null && role !== '';

/** The role that is given, or the one that is made for Lambda with these policies. */
function roleOf(expansion: Expansion, role: unknown, suffix: string, policies: Raw): unknown {
  if (isGiven(role)) return role;
  const { id, properties } = expansion;
  const tags = properties.PropagateTags === true ? properties.Tags : undefined;
  make(expansion, `${id}${suffix}`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    ...policies,
    Tags: tagList(tags, 'lambda:createdBy'),
  });
  return arnOf(`${id}${suffix}`);
}

/** Everything in the bucket of the code, which a template that is not packaged yet does not name. */
function objectsOfCode({ properties, path, report }: Expansion): unknown {
  const { CodeUri } = properties;
  if (typeof CodeUri === 'string' && !/^s3:\/\/[^/]+/.test(CodeUri))
    return lostPart(
      {
        code: 'missingValue',
        path: `${path}.Properties.CodeUri`,
        message: 'the bucket of the code is known only when it is packaged',
        hint: 'load the packaged template (sam package)',
      },
      report,
    );
  const bucket = { 'Fn::Select': [2, { 'Fn::Split': ['/', CodeUri] }] };
  return { 'Fn::Sub': ['arn:${AWS::Partition}:s3:::${Bucket}/*', { Bucket: bucket }] };
}

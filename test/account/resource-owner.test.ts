import { expect, it } from 'vitest';
import { alwaysHasPolicy, holdersOf, isRoleArn, mayHavePolicy } from '../../src/account/resource-owner.js';
import { actionsOf, resourceTypesOf, services } from '../../src/catalog/index.js';

const at = 'eu-west-1:111111111111';

it.each([
  ['arn:aws:s3:::b/a/b.txt', 'arn:aws:s3:::b'],
  [`arn:aws:s3:${at}:accesspoint/ap/object/a/b`, `arn:aws:s3:${at}:accesspoint/ap`],
  [`arn:aws:dynamodb:${at}:table/t/index/i`, `arn:aws:dynamodb:${at}:table/t`],
  [`arn:aws:lambda:${at}:function:f:prod`, `arn:aws:lambda:${at}:function:f`],
  [`arn:aws:logs:${at}:log-group:/aws/x:log-stream:y`, `arn:aws:logs:${at}:log-group:/aws/x`],
  [`arn:aws:logs:${at}:log-group:/aws/x:*`, `arn:aws:logs:${at}:log-group:/aws/x`],
  [`arn:aws:sns:${at}:topic:0123`, `arn:aws:sns:${at}:topic`],
  [`arn:aws:execute-api:${at}:api1/prod/GET/pets`, 'arn:aws:apigateway:eu-west-1::/restapis/api1'],
  [`arn:aws:es:${at}:domain/d/_search`, `arn:aws:es:${at}:domain/d`],
  [`arn:aws:glue:${at}:table/db/t`, `arn:aws:glue:${at}:catalog`],
])('%s hangs on %s', (arn, owner) => {
  expect(holdersOf(arn)[0]).toBe(arn);
  expect(holdersOf(arn)).toContain(owner);
});

it.each([
  [`arn:aws:dynamodb:${at}:table/t/stream/2026`],
  [`arn:aws:secretsmanager:${at}:secret:a/b-x`],
  [`arn:aws:ecr:${at}:repository/a/b`],
  ['arn:aws:iam::111111111111:role/a/b'],
  ['not an arn'],
])('%s hangs on itself alone: its parents are other things', (arn) => expect(holdersOf(arn)).toEqual([arn]));

it('keys and roles always have a policy; instances never', () => {
  expect(alwaysHasPolicy(`arn:aws:kms:${at}:key/k`)).toBe(true);
  expect(alwaysHasPolicy('arn:aws:iam::111111111111:role/r')).toBe(true);
  expect(alwaysHasPolicy('arn:aws:s3:::b')).toBe(false);
  expect(mayHavePolicy('arn:aws:s3:::b')).toBe(true);
  expect(mayHavePolicy(`arn:aws:ec2:${at}:instance/i-1`)).toBe(false);
});

/** Actions that are called as if they wrote a policy of a resource. */
const writes = /^(?:Put|Set)\w*Polic(?:y|ies)$|^(?:Add|Put|Set)\w*Permissions?$|ResourcePolic(?:y|ies)$/;

/** What the policies of these are instead. */
const others: Readonly<Record<string, string>> = {
  'application-autoscaling:PutScalingPolicy': 'says when to scale',
  'autoscaling:PutScalingPolicy': 'says when to scale',
  'cloudformation:SetStackPolicy':
    'guards resources of a stack against its updates, and allows nobody anything',
  'elasticmapreduce:PutAutoScalingPolicy': 'says when to scale',
  'elasticmapreduce:PutAutoTerminationPolicy': 'says when a cluster ends',
  'elasticmapreduce:PutManagedScalingPolicy': 'says when to scale',
  'fms:PutPolicy': 'says what firewalls accounts must have',
  'gamelift:PutScalingPolicy': 'says when to scale',
  'iam:PutGroupPolicy': 'an identity policy',
  'iam:PutRolePolicy': 'an identity policy',
  'iam:PutUserPolicy': 'an identity policy',
  'mediaconvert:PutPolicy': 'says from where an account takes input',
  'opsworks:SetPermission': 'permits users of OpsWorks what they do with a stack there',
  'sso:PutPermissionsPolicy': 'an identity policy',
  'workdocs:AddNotificationPermissions': 'permits users of WorkDocs, who are none of IAM',
  'workdocs:AddResourcePermissions': 'permits users of WorkDocs, who are none of IAM',
  'workmail:PutMailboxPermissions': 'permits users of WorkMail, who are none of IAM',
  'workmail:PutRetentionPolicy': 'says how long mail is kept',
};

it('whatever the catalog has an action to write a policy of may have one', () => {
  const found = services().flatMap((service) => actionsOf(service).filter(({ name }) => writes.test(name)));
  expect(Object.keys(others).filter((one) => !found.some(({ action }) => action === one))).toEqual([]);
  const lost = found.flatMap(({ action, service, resourceTypes }) => {
    if (others[action] !== undefined) return [];
    const types = new Set(resourceTypes.map(({ name }) => name));
    const arns = resourceTypesOf(service).flatMap((type) => (types.has(type.name) ? type.arns : []));
    const examples = arns.length === 0 ? [`arn:aws:${service}:eu-west-1:111111111111:x`] : arns;
    return examples.map((arn) => arn.replace(/\$\{[^}]*\}/g, 'x')).filter((arn) => !mayHavePolicy(arn));
  });
  expect(lost).toEqual([]);
});

it.each([
  ['kafka', 'cluster/c/1', true],
  ['oam', 'sink/1', true],
  ['comprehend', 'document-classifier/c', true],
  ['ec2', 'placement-group/g', true],
  ['ec2', 'instance/i-1', false],
  ['cloudfront', 'vpcorigin/v', true],
  ['cloudfront', 'distribution/d', false],
  ['elasticloadbalancing', 'truststore/t/1', true],
  ['rds', 'db:d', false],
])('%s %s', (service, rest, may) => {
  const arn = `arn:aws:${service}:${at}:${rest}`;
  expect([mayHavePolicy(arn), isRoleArn(arn)]).toEqual([may, false]);
});

import { describe, expect, it } from 'vitest';
import { readDeniedMessage } from '../../src/cli/denied-message.js';

const session = 'arn:aws:sts::111122223333:assumed-role/app/run-1';
const object = 'arn:aws:s3:::reports/2026 11.csv';
const asked = `User: ${session} is not authorized to perform: s3:GetObject on resource: "${object}"`;
const read = { principal: session, action: 's3:GetObject', resource: object };

describe('a message of AWS', () => {
  it.each([
    ['identity-based policy', 'identityPolicies'],
    ['resource-based policy', 'resourcePolicy'],
    ['role trust policy', 'resourcePolicy'],
    ['permissions boundary', 'permissionsBoundary'],
    ['session policy', 'sessionPolicies'],
    ['VPC endpoint policy', 'vpcEndpointPolicy'],
    ['service control policy', 'serviceControlPolicies'],
    ['resource control policy', 'resourceControlPolicies'],
  ])('names the %s that allows nothing or denies', (name, kind) => {
    const none = readDeniedMessage(`${asked} because no ${name} allows the s3:GetObject action`);
    expect(none).toEqual({ ...read, reason: { kind, words: `because no ${name} allows it` } });
    const arn = 'arn:aws:organizations::999999999999:policy/o-a1b2/service_control_policy/p-1';
    const denied = readDeniedMessage(`${asked} with an explicit deny in a ${name}: ${arn}`);
    expect(denied?.reason).toEqual({ kind, words: `with an explicit deny in a ${name} (${arn})` });
  });
  it('is found in what a tool prints around it', () => {
    const reason = { kind: 'identityPolicies', words: 'with an explicit deny in an identity-based policy' };
    const end = 'with an explicit deny in an identity-based policy';
    for (const text of [
      `An error occurred (AccessDenied) when calling the GetObject operation: ${asked} ${end}`,
      `${asked} ${end} (Service: S3, Status Code: 403, Request ID: X) arn:aws:s3:::other`,
      JSON.stringify({ message: `${asked} ${end}` }),
      `${asked}\n    ${end}\r\n`.replace(' is not', '\n  is not'),
    ])
      expect(readDeniedMessage(text), text).toEqual({ ...read, reason });
  });
  it('may name no resource, no reason, or a resource without quotes', () => {
    const user = 'arn:aws:iam::111122223333:user/ana';
    const short = `You are not authorized to perform this operation. User: ${user} is not authorized to perform: `;
    const reason = undefined;
    expect(readDeniedMessage(`${short}ec2:DescribeHosts`)).toEqual({
      principal: user,
      action: 'ec2:DescribeHosts',
      resource: undefined,
      reason,
    });
    const none = readDeniedMessage(`${short}ec2:DescribeHosts because no identity-based policy allows it`);
    expect(none?.reason?.kind).toBe('identityPolicies');
    const queue = 'arn:aws:sqs:eu-west-1:111122223333:jobs';
    expect(readDeniedMessage(`${short}sqs:SendMessage on resource: ${queue}"}`)?.resource).toBe(queue);
  });
  it('is nothing else', () => {
    for (const text of ['', 'Access Denied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'])
      expect(readDeniedMessage(text)).toBeUndefined();
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal, snapshot } from './fixtures.js';
import { alice, allow, deny, object, policy } from './terminal.js';

const app = 'arn:aws:sts::111122223333:assumed-role/app/run-1';
const sentence = (action: string, end: string, who = app) =>
  `User: ${who} is not authorized to perform: ${action} on resource: "${object}" ${end}`;
const byScp = 'with an explicit deny in a service control policy';
const event = (more: object = {}) => ({
  eventTime: '2026-11-27T02:00:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'PutObject',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.9',
  userAgent: 'aws-cli/2',
  userIdentity: {
    type: 'AssumedRole',
    arn: app,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/team/app' },
      attributes: { creationDate: '2026-11-27T01:00:00Z', mfaAuthenticated: 'false' },
    },
  },
  resources: [{ ARN: object }, { accountId: '111122223333', ARN: 'arn:aws:s3:::reports' }],
  ...more,
});
const condition = (Condition: object) => allow('s3:PutObject', { Condition });

const terminal = estateTerminal({
  'put.txt': `An error occurred (AccessDenied): ${sentence('s3:PutObject', byScp)}`,
  'identity.txt': sentence('s3:PutObject', 'because no identity-based policy allows the s3:PutObject action'),
  'silent.txt': sentence('s3:PutObject', ''),
  'event.json': event(),
  'denied.json': event({ errorCode: 'AccessDenied', errorMessage: sentence('s3:GetObject', byScp) }),
  'failed.json': event({ errorCode: 'NoSuchBucket' }),
  'lookup.json': { Events: [{ CloudTrailEvent: JSON.stringify(event()) }] },
  'trail.json': { Records: [event()] },
  'two.json': { Records: [event(), event()] },
  'list.json': event({ eventName: 'ListBuckets' }),
  'nobody.json': event({ userIdentity: {} }),
  'nothing.json': event({ resources: [] }),
  'passed-on.json': event({ sourceIPAddress: 'cloudformation.amazonaws.com' }),
  'other.txt': 'Access Denied',
  'all.json': policy(allow('*')),
  'no-write.json': policy(allow('*'), deny('s3:PutObject')),
  'facts.json': policy(
    condition({
      IpAddress: { 'aws:SourceIp': '203.0.113.9' },
      DateEquals: { 'aws:CurrentTime': '2026-11-27T02:00:00Z', 'aws:TokenIssueTime': '2026-11-27T01:00:00Z' },
      Bool: { 'aws:MultiFactorAuthPresent': 'false' },
      StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:UserAgent': 'aws-cli/2' },
      ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/team/app' },
    }),
  ),
  'address.json': policy(condition({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
});
afterAll(() => terminal.remove());
const can = async (...argv: string[]) => {
  const { code, out, err } = await terminal.run(['can', ...argv, '--json']);
  return { code, err, ...JSON.parse(out) };
};
const notes = async (...argv: string[]): Promise<string> => (await can(...argv)).notes.join('\n');

describe('a message', () => {
  it('is the question, of an estate and of loose policies', async () => {
    const estate = await can('--from', 'put.txt', ...snapshot);
    expect(estate).toMatchObject({ code: 1, decision: 'explicitDeny', notes: [] });
    expect(estate.decidedBy.kind).toBe('serviceControlPolicies');
    expect(await can('--from', 'put.txt', '--identity', 'no-write.json')).toMatchObject({ code: 1 });
    const { code } = await terminal.run(['can', '--from', '-', ...snapshot], {
      stdin: sentence('s3:PutObject', byScp),
    });
    expect(code).toBe(1);
  });
  it('says what AWS said, where the answer here is another one', async () => {
    const allowed = `AWS denied this ${byScp}, and nothing here does: give `;
    expect(await notes('--from', 'put.txt', ...account)).toContain(`${allowed}--org FILE`);
    expect(await notes('--from', 'put.txt', '--identity', 'all.json')).toContain(`${allowed}--scp FILE`);
    const other = `AWS denied this ${byScp}, which here is not what denies it: give --scp FILE`;
    expect(await notes('--from', 'put.txt', '--identity', 'no-write.json')).toContain(other);
    const silent = await notes('--from', 'silent.txt', '--identity', 'all.json');
    expect(silent).toContain('AWS denied this, and did not say why');
    for (const file of ['identity.txt', 'silent.txt'])
      expect(await notes('--from', file, '--identity', 'no-write.json')).toBe('');
  });
  it('yields to arguments', async () => {
    const asked = await can(alice, 's3:GetObject', '--from', 'put.txt', '--identity', 'no-write.json');
    expect(asked).toMatchObject({ code: 0, decision: 'allowed' });
  });
});

describe('an event of CloudTrail', () => {
  it.each(['event.json', 'lookup.json', 'trail.json'])(
    'is the question, with what it says of the request: %s',
    async (file) => {
      expect(await can('--from', file, '--identity', 'facts.json')).toMatchObject({
        code: 0,
        assumptions: [],
        notes: [],
      });
    },
  );
  it.each([
    [['--mfa']],
    [['--source-ip', '203.0.113.10']],
    [['--time', '2026-11-27T02:00:01Z']],
    [['--context', 'AWS:RequestedRegion=us-east-1']],
    [['--context', 'aws:sourceIp=203.0.113.10']],
  ])('yields to %j', async (flags) => {
    expect((await can('--from', 'event.json', '--identity', 'facts.json', ...flags)).code).toBe(1);
  });
  it('leaves open what is said to be unknown, and what a service that passed it on would have said', async () => {
    const open = await can('--from', 'event.json', '--identity', 'address.json', '--unknown', 'aws:SourceIp');
    expect(open).toMatchObject({ code: 3, dependsOn: ['aws:SourceIp'] });
    const passed = await can('--from', 'passed-on.json', '--identity', 'address.json');
    expect(passed).toMatchObject({ code: 3, dependsOn: ['aws:SourceIp'] });
    const rest = ['--from', 'passed-on.json', '--identity', 'address.json', '--unknown-rest'];
    expect(await can(...rest)).toMatchObject({ code: 3 });
    expect((await can(...rest.slice(0, -1), '--source-ip', '203.0.113.9')).code).toBe(0);
  });
  it('of a denial asks what its message says', async () => {
    const denied = await can('--from', 'denied.json', '--identity', 'no-write.json');
    expect(denied).toMatchObject({ code: 0, decision: 'allowed' });
    expect(denied.notes.join()).toContain(`AWS denied this ${byScp}`);
  });
  it('that succeeded is compared too', async () => {
    const allowed = 'AWS allowed this, as the event says';
    expect(await notes('--from', 'event.json', '--identity', 'no-write.json')).toContain(allowed);
    expect(await notes('--from', 'failed.json', '--identity', 'no-write.json')).toBe('');
    expect(await notes('--from', 'event.json', '--identity', 'all.json')).toBe('');
  });
});

describe('refused, with what to write:', () => {
  it.each([
    [['--from', 'two.json'], "two.json holds 2 events; pass one, for example with jq '.Records[0]'"],
    [
      ['--from', 'list.json'],
      'the event records the call s3:ListBuckets, which is no action of the catalog; write',
    ],
    [['--from', 'nobody.json'], 'the event does not say who called; write PRINCIPAL ACTION RESOURCE too'],
    [['--from', 'nothing.json'], 'the event does not say which resource s3:PutObject was asked on; write'],
    [['--from', 'other.txt'], 'other.txt holds neither an event of CloudTrail nor'],
    [['--from', 'all.json'], 'all.json is no event of CloudTrail'],
    [['--from', 'put.txt', '--input', 'event.json'], '--from and --input do not go together'],
    [[sentence('s3:PutObject', byScp)], 'PRINCIPAL is a whole message; put it into a file for --from FILE'],
    [['--from', '-', '--account', '-'], '`-` stands twice'],
    [
      ['x', 's3:GetObject', '--account=event.json'],
      'it looks like an event of CloudTrail: write iam-verdict can --from FILE',
    ],
  ])('%j', async (argv, message) => {
    const { code, err } = await terminal.run(['can', ...argv], { stdin: sentence('s3:PutObject', byScp) });
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

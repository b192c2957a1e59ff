import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal } from './fixtures.js';
import { alice, allow, object, policy } from './terminal.js';

const office = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
const asked = { principal: { arn: alice }, action: 's3:GetObject', resource: object };
const terminal = estateTerminal({
  'all.json': policy(allow('*')),
  'office.json': policy(allow('*', { Condition: office })),
  'red.json': policy(allow('*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } })),
  'context.json': {
    request: { ...asked, context: { 'AWS:sourceip': '192.0.2.1', 's3:prefix': 'x' } },
    policies: {},
  },
  'unknown.json': { request: { ...asked, unknown: ['aws:SourceIp'] }, policies: {} },
  'tags.json': { request: { ...asked, unknown: ['aws:PrincipalTag/*', 'aws:SourceIp'] }, policies: {} },
});
afterAll(() => terminal.remove());

const loose = ['can', alice, 's3:GetObject', object, '--identity', 'all.json'];
const session = 'arn:aws:sts::111122223333:assumed-role/ci/build';
const issuer = 'arn:aws:iam::111122223333:role/x/ci';

describe('flags that contradict each other', () => {
  it.each([
    ['--source-ip 10.0.0.1', '--context aws:SourceIp=10.0.0.2'],
    ['--source-ip 10.0.0.1', '--context AWS:sourceip=10.0.0.2'],
    ['--principal-tag team=red', '--context aws:PrincipalTag/Team=blue'],
    ['--resource-tag team=red', '--context aws:ResourceTag/team=blue'],
    ['--resource-tag team=red', '--context ec2:ResourceTag/team=blue'],
    ['--resource-tag team=red', '--context rds:db-tag/team=blue'],
    ['--resource-tag team=red', '--context dms:rep-tag/team=blue'],
    ['--mfa', '--context aws:MultiFactorAuthPresent=false'],
    ['--mfa=10', '--context aws:MultiFactorAuthPresent=false'],
    ['--mfa=10', '--context aws:MultiFactorAuthAge=11'],
    ['--no-mfa', '--context aws:MultiFactorAuthPresent=true'],
    ['--no-mfa', '--context aws:MultiFactorAuthAge=11'],
    ['--time 2026-01-01T00:00:00Z', '--context aws:CurrentTime=2026-01-02T00:00:00Z'],
    ['--time 2026-01-01T00:00:00Z', '--context aws:EpochTime=0'],
    ['--resource-account 111122223333', '--context aws:ResourceAccount=444455556666'],
    ['--resource-account 111122223333', '--context s3:ResourceAccount=444455556666'],
    ['--unknown aws:SourceIp', '--source-ip 10.0.0.1'],
    ['--unknown aws:SourceIp', '--context aws:sourceIP=10.0.0.1'],
    ['--unknown aws:PrincipalTag/*', '--principal-tag team=red'],
    ['--unknown aws:MultiFactorAuthPresent', '--no-mfa'],
  ])('%s and %s are an error, of loose policies and of an estate', async (first, second) => {
    const flags = [...first.split(' '), ...second.split(' ')];
    const refused = {
      code: 2,
      out: '',
      err: `error: ${first} and ${second} contradict each other; leave one of them out\n`,
    };
    expect(await terminal.run([...loose, ...flags])).toEqual(refused);
    const estate = ['can', 'alice', 's3:GetObject', 'reports/2026.csv', ...account, ...flags];
    expect(await terminal.run(estate)).toEqual(refused);
  });

  it('a key that is unknown beside all that are', async () => {
    const flags = ['--unknown', 'aws:SourceIp', '--unknown-rest'];
    const err =
      'error: --unknown aws:SourceIp and --unknown-rest do not go together: with the rest, every key that nothing gives is unknown already; leave one of them out\n';
    expect(await terminal.run([...loose, ...flags])).toEqual({ code: 2, out: '', err });
    const estate = ['who-can', 's3:GetObject', 'reports/2026.csv', ...account, ...flags];
    expect(await terminal.run(estate)).toEqual({ code: 2, out: '', err });
    // Of a case file the flag wins.
    expect((await terminal.run(['can', '--input', 'unknown.json', '--unknown-rest'])).code).toBe(1);
  });

  it('so do a further value of the same key, an issuer, and a VPC endpoint', async () => {
    const contexts = ['--context', 'aws:SourceIp=10.0.0.1', '--context', 'aws:SourceIp=10.0.0.2'];
    const several = await terminal.run([...loose, '--source-ip', '10.0.0.1', ...contexts]);
    expect(several.err).toContain('--source-ip 10.0.0.1 and --context aws:SourceIp=10.0.0.2 contradict');
    const other = ['--issuer', issuer, '--context', 'aws:PrincipalArn=arn:aws:iam::111122223333:role/ci'];
    const caller = ['can', session, ...loose.slice(2)];
    expect((await terminal.run([...caller, ...other])).err).toContain(`--issuer ${issuer} and --context`);
    const endpoint = ['--vpc-endpoint', 'vpce-1', '--context', 'aws:SourceVpce=vpce-2'];
    expect((await terminal.run(['who-can', 's3:GetObject', ...account, ...endpoint])).err).toContain(
      '--vpc-endpoint vpce-1 and --context aws:SourceVpce=vpce-2 contradict',
    );
  });

  it.each([
    '--source-ip 10.0.0.1 --context aws:SourceIp=10.0.0.1',
    '--source-ip 2001:db8::1 --context aws:SourceIp=2001:0DB8:0:0::1',
    '--principal-tag team=red --context aws:PrincipalTag/Team=red',
    '--principal-tag team=red --context aws:PrincipalTag/color=blue',
    '--resource-tag team=red --context ec2:ResourceTag/team=red',
    '--mfa --context aws:MultiFactorAuthPresent=True --context aws:MultiFactorAuthAge=7',
    '--mfa=7 --context aws:MultiFactorAuthAge=7',
    '--no-mfa --context aws:MultiFactorAuthPresent=false',
    '--time 2026-01-01T00:00:00Z --context aws:CurrentTime=2026-01-01 --context aws:EpochTime=1767225600',
    '--resource-account 111122223333 --context aws:ResourceAccount=111122223333',
    '--unknown aws:SourceIp --principal-tag team=red --mfa=1',
    '--unknown aws:ResourceTag/* --principal-tag team=red --context s3:prefix=x',
    '--unknown-rest --source-ip 10.0.0.1',
  ])('%s say the same, or of different keys', async (flags) => {
    expect(await terminal.run([...loose, ...flags.split(' ')])).toMatchObject({ code: 0, err: '' });
  });
});

describe('flags over a case', () => {
  const can = async (file: string, ...flags: string[]) =>
    await terminal.run(['can', '--input', file, ...flags]);

  it('win over its context', async () => {
    const flags = ['--identity', 'office.json', '--source-ip'];
    expect((await can('context.json', ...flags, '10.0.0.1')).code).toBe(0);
    expect((await can('context.json', ...flags, '192.0.2.1')).code).toBe(1);
    expect((await can('context.json', '--identity', 'office.json')).code).toBe(1);
  });

  it('win over its unknown keys', async () => {
    const flags = ['--identity', 'office.json'];
    expect((await can('unknown.json', ...flags)).code).toBe(3);
    expect((await can('unknown.json', ...flags, '--source-ip', '10.0.0.1')).code).toBe(0);
    expect((await can('unknown.json', ...flags, '--context', 'aws:SourceIp=10.0.0.1')).code).toBe(0);
    expect((await can('tags.json', '--identity', 'red.json', '--source-ip', '10.0.0.1')).code).toBe(3);
  });

  it('are refused where they give one of the keys that the case leaves unknown together', async () => {
    expect(await can('tags.json', '--identity', 'red.json', '--principal-tag', 'team=red')).toEqual({
      code: 2,
      out: '',
      err:
        'error: the unknown aws:PrincipalTag/* of the case and --principal-tag team=red contradict each other; ' +
        'leave one of them out\n',
    });
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import { account, estateTerminal } from './fixtures.js';
import { alice, allow, deny, object, policy } from './terminal.js';

const regions = deny('*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } });
const terminal = estateTerminal({ 's3.json': policy(allow('s3:*'), regions) });
afterAll(() => terminal.remove());
const slip = 'aws:RequestedRegoin';
const note = `note: ${slip} is no condition key of the catalog; did you mean aws:RequestedRegion?\n`;
const words = note.slice('note: '.length, -1);
const can = ['can', alice, 's3:GetObject', object, '--identity', 's3.json'];

describe('a condition key that AWS does not document', () => {
  it('is asked with all the same, with a note', async () => {
    const given = [...can, '--context', `${slip}=eu-west-1`];
    expect(await terminal.run(given)).toMatchObject({ code: 0, err: note });
    expect(JSON.parse((await terminal.run([...given, '--json'])).out).notes).toEqual([words]);
    const open = await terminal.run([...can, '--unknown', slip]);
    expect(open).toMatchObject({ code: 0, err: note });
  });

  it.each([
    ['aws:PrincipalTg/team=red', '; did you mean aws:PrincipalTag/team?'],
    ['aw:SourceIp=192.0.2.1', '; did you mean aws:SourceIp?'],
    ['s3:prefx=a', '; did you mean s3:prefix?'],
    ['team=red', '; check how it is spelt'],
  ])('%s%s', async (pair, hint) => {
    const [key] = pair.split('=');
    const { err } = await terminal.run([...can, '--context', pair]);
    expect(err).toBe(`note: ${key} is no condition key of the catalog${hint}\n`);
  });

  it.each([
    'AWS:requestedregion',
    'aws:PrincipalTag/team',
    's3:ExistingObjectTag/a',
    'kms:EncryptionContext:app',
    'saml:aud',
    'token.actions.githubusercontent.com:sub',
    'oidc.eks.eu-west-1.amazonaws.com/id/AB12:sub',
  ])('%s is known, or the key of a provider', async (key) => {
    expect((await terminal.run([...can, '--context', `${key}=x`])).err).toBe('');
    if (!key.includes('/')) expect((await terminal.run([...can, '--unknown', key])).err).toBe('');
  });

  it('is nothing to say of all tags', async () => {
    expect((await terminal.run([...can, '--unknown', 'aws:PrincipalTag/*'])).err).toBe('');
  });

  it.each([
    ['can', 'alice', 's3:GetObject', 'reports/2026.csv'],
    ['who-can', 's3:GetObject', 'reports/2026.csv'],
    ['what-can', 'alice'],
    ['who-can-assume', 'app'],
    ['graph'],
  ])('of an estate: %s', async (...question) => {
    const given = [...question, '--context', `${slip}=x`, ...account];
    expect((await terminal.run(given)).err).toContain(note);
    const json = await terminal.run([...given, '--json']);
    expect(json.err).toBe('');
    expect(JSON.parse(json.out).notes).toContain(words);
  });

  it('of case files is told once, with the first case', async () => {
    const one = {
      request: {
        principal: { arn: alice },
        action: 's3:GetObject',
        resource: object,
        context: { [slip]: 'x' },
      },
      policies: {},
      expect: { decision: 'implicitDeny' },
    };
    terminal.write({
      'cases.json': [
        { name: 'a', ...one },
        { name: 'b', ...one },
      ],
    });
    const { code, err } = await terminal.run(['test', 'cases.json']);
    expect({ code, err }).toEqual({ code: 0, err: note.replace('note: ', 'note: cases.json:2:3 ') });
  });
});

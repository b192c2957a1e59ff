import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readAll } from '../../src/cli/stdin.js';
import { estateTerminal, fixture, place } from './fixtures.js';
import { alice, allow, object, policy } from './terminal.js';

const utf8 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`);
const utf16le = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const encodings = [
  ['UTF-8', utf8],
  ['UTF-16LE', utf16le],
  ['UTF-16BE', utf16be],
] as const;

const terminal = estateTerminal();
afterAll(() => terminal.remove());
const asked = ['can', alice, 's3:GetObject', object, '--identity'];
const s3 = JSON.stringify(policy({ ...allow('s3:*'), Resource: ['*', 'arn:aws:s3:::b/Ü'] }));

it.each(encodings)('%s with a byte order mark is read from files', async (_, encode) => {
  terminal.write({
    'policy.json': encode(s3),
    'case.yaml': encode(`request: { principal: { arn: "${alice}" }, action: s3:GetObject }\npolicies: {}\n`),
    'plan-16.json': encode(fixture('plan.json')),
    'template-16.yaml': encode(fixture('template.yaml')),
    'app/manifest.json': encode(fixture('cdk.out/manifest.json')),
    'app/App.template.json': encode(fixture('cdk.out/App.template.json')),
    'org/accounts.json': encode('{}'),
  });
  expect((await terminal.run([...asked, 'policy.json'])).code).toBe(0);
  expect((await terminal.run(['can', '--input', 'case.yaml'])).code).toBe(1);
  const valid = await terminal.run(['validate', 'policy.json', '--kind', 'identityPolicies']);
  expect(valid.code).toBe(0);
  const plan = ['can', 'aws_iam_role.worker', 'sqs:SendMessage', 'aws_sqs_queue.jobs', ...place];
  expect((await terminal.run([...plan, '--terraform', 'plan-16.json'])).code).toBe(0);
  const stack = ['--cfn', 'template-16.yaml', '--parameter', 'Stage=prod', ...place];
  expect((await terminal.run(['can', 'Handler', 's3:GetObject', 'Reports/x', ...stack])).code).toBe(0);
  const app = ['can', 'App/Handler', 's3:GetObject', 'App/Bucket/x', '--cdk', 'app'];
  expect((await terminal.run(app)).code).toBe(0);
  const org = ['graph', '--account', 'account.json', '--org', 'org'];
  expect((await terminal.run(org)).err).not.toContain('not JSON');
});

it.each(encodings)('%s with a byte order mark is read from standard input', (_, encode) => {
  terminal.write({ stdin: encode(s3) });
  const descriptor = openSync(join(terminal.cwd, 'stdin'), 'r');
  expect(readAll(descriptor)).toBe(s3);
  closeSync(descriptor);
});

it('what is no text is refused', async () => {
  terminal.write({
    'odd.json': Uint8Array.from([0xff, 0xfe, 0x22]),
    'latin.json': Uint8Array.from([0x22, 0xe9, 0x22]),
    'bad/manifest.json': Uint8Array.from([0x22, 0xe9, 0x22]),
    'bad-org/accounts.json': Uint8Array.from([0x22, 0xe9, 0x22]),
  });
  const err = async (...argv: string[]) => (await terminal.run(argv)).err;
  expect(await err(...asked, 'odd.json')).toBe(
    'error: --identity: cannot read odd.json: it begins as UTF-16 text and is none; save it as UTF-8\n',
  );
  expect(await err(...asked, 'latin.json')).toBe(
    'error: --identity: cannot read latin.json: it is not UTF-8 text; save it as UTF-8\n',
  );
  expect(await err('graph', '--cdk', 'bad')).toBe(
    'error: --cdk: cannot read bad: it is not UTF-8 text; save it as UTF-8\n',
  );
  expect(await err('graph', '--org', 'bad-org')).toBe(
    'error: --org: cannot read bad-org: it is not UTF-8 text; save it as UTF-8\n',
  );
});

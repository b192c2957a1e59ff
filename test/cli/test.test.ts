import { symlinkSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { alice, allow, object, policy, Terminal } from './terminal.js';

const request = { principal: { arn: alice }, action: 's3:GetObject', resource: object };
const policies = { identityPolicies: [policy(allow('s3:*'))] };
const passing = { name: 'alice reads', request, policies, expect: { decision: 'allowed' } };
const failing = { ...passing, name: 'alice is kept out', expect: { decision: 'explicitDeny' } };

const terminal = new Terminal({
  'good.json': [
    passing,
    { ...passing, name: 'by identity', expect: { decision: 'allowed', decidedBy: 'identityPolicies' } },
  ],
  'single.json': passing,
  'cases/good.yaml': `
- name: nobody reads
  request: { principal: { arn: ${alice} }, action: s3:GetObject, resource: ${object}, time: 2026-11-23T12:00:00Z }
  policies: {}
  expect: { decision: implicitDeny, decidedBy: identityPolicies }
`,
  'cases/deep/bad.json': [passing, failing],
});
afterAll(() => terminal.remove());
afterEach(() => {
  vi.restoreAllMocks();
});
const test = async (...argv: string[]) => await terminal.run(['test', ...argv]);

describe('runs', () => {
  it('cases that pass', async () => {
    expect(await test('good.json')).toEqual({ code: 0, out: '2 passed, 0 failed\n', err: '' });
    expect((await test('good.json', 'single.json', 'good.*')).out).toBe('3 passed, 0 failed\n');
  });

  it('cases that fail, with the explanation', async () => {
    const { code, out, err } = await test('cases/**/*.{json,yaml}');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(
      /^cases\/deep\/bad\.json:\d+:3 alice is kept out: expected explicitDeny, got allowed$/,
    );
    expect(lines[1]).toBe('    ALLOWED (allowed)');
    expect(lines[3]).toBe('');
    expect(lines.slice(-3)).toEqual(['', '2 passed, 1 failed', '']);
  });

  it('compares what decided where that is expected', async () => {
    terminal.write({
      'by.json': { ...passing, expect: { decision: 'allowed', decidedBy: 'resourcePolicy' } },
    });
    expect((await test('by.json')).out).toMatch(
      /^by\.json:1:1 alice reads: expected allowed by resourcePolicy, got allowed by identityPolicies\n/,
    );
  });

  it('cases that expect an error', async () => {
    const malformed = { ...passing, policies: { identityPolicies: [{ Version: '2012-10-17' }] } };
    terminal.write({ 'error.json': [{ ...malformed, expect: { decision: 'error' } }] });
    expect((await test('error.json')).out).toBe('1 passed, 0 failed\n');
    terminal.write({ 'error.json': [malformed] });
    const { out, code } = await test('error.json');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^error\.json:2:3 alice reads: expected allowed, got error\n {4}error\.json:\d+:\d+ ERR_IAM_MISSING_MEMBER/,
    );
    terminal.write({ 'error.json': { ...passing, expect: { decision: 'error' } } });
    expect((await test('error.json')).out).toContain('expected error, got allowed\n    ALLOWED');
  });

  it('explains more with --verbose, and in colour', async () => {
    expect((await test('cases/deep/*.json')).out).not.toContain('identity-based policy: allow');
    expect((await test('cases/deep/*.json', '--verbose')).out).toContain('    identity-based policy: allow');
    expect((await terminal.run(['test', 'cases/deep/*.json'], { colour: true })).out).toContain(
      '\u001b[32mALLOWED',
    );
  });

  it('prints JSON', async () => {
    terminal.write({ 'mixed.json': [failing, { ...passing, policies: 3, name: 'no policies' }] });
    const { code, out } = await test('mixed.json', 'good.json', '--json');
    expect(code).toBe(1);
    const result = JSON.parse(out);
    expect(result).toMatchObject({
      passed: 2,
      failed: 2,
      errors: [],
      failures: [
        {
          file: 'mixed.json',
          line: 2,
          column: 3,
          name: 'alice is kept out',
          expected: { decision: 'explicitDeny' },
        },
        {
          got: { decision: 'error' },
          issues: [{ code: 'ERR_IAM_TYPE', path: 'policies', file: 'mixed.json' }],
        },
      ],
    });
    expect(result.failures[0].got).toEqual({ decision: 'allowed', decidedBy: 'identityPolicies' });
    expect(result.failures[0].trace.layers.length).toBeGreaterThan(0);
    expect(result.failures[0].evaluation).toBeUndefined();
  });

  it('cases from standard input', async () => {
    const argv = ['test', '-'];
    expect((await terminal.run(argv, { stdin: JSON.stringify([passing, failing]) })).out).toMatch(
      /^<stdin>:1:\d+ alice is kept out/,
    );
    expect((await terminal.run(argv, { stdin: '' })).err).toMatch(/^error: <stdin> is empty; write a case: /);
  });
});

describe('file references', () => {
  it('start from the case file, at every place of a policy', async () => {
    terminal.write({
      'policies/s3.json': policy(allow('s3:*')),
      'policies/bucket.json': policy(allow('s3:*', { Principal: '*' })),
      'refs/cases.json': {
        ...passing,
        policies: {
          identityPolicies: [{ name: 'named', file: '../policies/s3.json' }],
          permissionsBoundary: { file: `${terminal.cwd}/policies/s3.json` },
          serviceControlPolicies: [[{ file: '../policies/s3.json' }], [{ file: '../policies/s3.json' }]],
          resourcePolicy: { file: '../policies/bucket.json' },
        },
        expect: { decision: 'implicitDeny' },
      },
    });
    const { out } = await test('refs/*.json', '--json', '--verbose');
    const [failure] = JSON.parse(out).failures;
    expect(failure.trace.decision).toBe('allowed');
    expect(out).toContain('"policy": "named"');
    expect(out).toContain('"policy": "../policies/bucket.json"');
  });

  it('place issues in the file they name', async () => {
    terminal.write({
      'policies/bad.json': '{\n "Version": "2012-10-17" }',
      'refs/bad.json': { ...passing, policies: { identityPolicies: [{ file: '../policies/bad.json' }] } },
    });
    expect((await test('refs/bad.json')).out).toContain('    policies/bad.json:1:1 ERR_IAM_MISSING_MEMBER');
  });

  it.each([
    [{ file: 'absent.json' }, 'cannot read refs/absent.json: there is no such file'],
    [{ file: 3 }, 'this is not a file name; write for example { "file": "policy.json" }'],
    [{ file: '-' }, 'this is not a file name'],
    [{ file: 'a.json', sid: 'x' }, '`sid` does not stand beside a file; keep only "name" and "file"'],
  ])('%j is refused', async (reference, message) => {
    terminal.write({ 'refs/wrong.json': { ...passing, policies: { identityPolicies: [reference] } } });
    const { code, out, err } = await test('refs/wrong.json');
    expect({ code, out }).toEqual({ code: 2, out: '0 passed, 0 failed\n' });
    expect(err).toMatch(/^error: refs\/wrong\.json:\d+:\d+ /);
    expect(err).toContain(message);
  });

  it('beside a document are left to the engine', async () => {
    terminal.write({
      'refs/wrong.json': {
        ...passing,
        policies: { identityPolicies: [{ file: 'a', document: policy(allow('*')) }] },
      },
    });
    expect((await test('refs/wrong.json')).out).toContain('`file` does not stand beside a document');
  });
});

describe('malformed case files', () => {
  it.each([
    [3, 'this is not a case; write an object'],
    [[passing, 'x'], 'this is not a case; write an object'],
    [{ ...passing, name: undefined }, 'the case has no name; write "name": "alice reads a report"'],
    [{ ...passing, name: '' }, 'the name of the case is not text'],
    [{ ...passing, name: 5 }, 'the name of the case is not text'],
    [{ ...passing, request: undefined }, 'the case "alice reads" has no request; write "request": {'],
    [{ ...passing, policies: undefined }, 'the case "alice reads" has no policies; write "policies": {'],
    [
      { ...passing, expect: undefined },
      'the case "alice reads" has no expect; write "expect": { "decision": "allowed" }',
    ],
    [{ ...passing, expect: 'allowed' }, 'expect is not an object'],
    [{ ...passing, expect: {} }, 'expect has no decision; write one of allowed, explicitDeny, implicitDeny'],
    [
      { ...passing, expect: { decision: 'Allow' } },
      'the expected decision "Allow" is none; write one of allowed, explicitDeny, implicitDeny, error, depends',
    ],
    [
      { ...passing, expect: { decision: ['allowed'.repeat(20)] } },
      `the expected decision ["${'allowed'.repeat(9).slice(0, 58)}… is none; write one of`,
    ],
    [
      { ...passing, expect: { decision: 'allowed', by: 'x' } },
      '`by` is nothing to expect; use decision, decidedBy, dependsOn',
    ],
    [
      { ...passing, expect: { decision: 'allowed', decidedBy: 'scp' } },
      'decidedBy "scp" is no kind of policy; write one of',
    ],
    [
      { ...passing, expect: { decision: 'allowed', decidedBy: 1 } },
      'decidedBy 1 is no kind of policy; write one of',
    ],
  ])('%j', async (content, message) => {
    terminal.write({ 'wrong.json': content });
    const { code, err } = await test('wrong.json');
    expect(code).toBe(2);
    expect(err).toMatch(/^error: wrong\.json:\d+:\d+ /);
    expect(err).toContain(message);
  });

  it('a list without a case is one too', async () => {
    terminal.write({ 'wrong.json': [] });
    expect((await test('wrong.json')).err).toBe('error: wrong.json holds no case; write at least one\n');
    expect((await test('wrong.json')).code).toBe(2);
  });

  it('do not hide what the other files say', async () => {
    terminal.write({ 'wrong.json': '{' });
    const { code, out, err } = await test('wrong.json', 'good.json', 'cases/deep/bad.json');
    expect(code).toBe(2);
    expect(out).toMatch(/\n3 passed, 1 failed\n$/);
    expect(err).toMatch(/^error: wrong\.json:1:2 this is not JSON/);
    const json = await test('wrong.json', 'good.json', '--json');
    expect(json).toMatchObject({ code: 2, err: '' });
    expect(JSON.parse(json.out)).toMatchObject({
      passed: 2,
      errors: [expect.stringContaining('wrong.json:1:2')],
    });
  });
});

describe('YAML', () => {
  const yaml = async (text: string) => {
    terminal.write({ 'case.yml': text });
    return await test('case.yml');
  };
  const rest = `policies: {}\nexpect: { decision: implicitDeny }\n`;
  const head = `name: n\nrequest: { principal: { arn: ${alice} }, action: s3:GetObject }\n`;

  it.each([
    ['a: [', 'case.yml:1:5 this is not plain YAML: Flow sequence'],
    ['a: 1\na: 2\n', 'case.yml:2:1 this is not plain YAML: Map keys must be unique'],
    [`${head}policies: !Sub {}\n`, 'case.yml:3:11 this is not plain YAML: Unresolved tag'],
    [
      `${rest}---\n${rest}`,
      'case.yml:3:1 a second YAML document begins here; write one document, several cases as a list',
    ],
    ['['.repeat(20_000), 'case.yml:1:1 the YAML is nested too deeply; a case needs about ten levels'],
    [
      Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'case.yml:1:1 the YAML is nested too deeply',
    ],
    [
      `${head}account: 012345678901\n`,
      'case.yml:3:10 YAML reads `012345678901` as the number 12345678901; put it in quotes',
    ],
    ['012: a\n', 'case.yml:1:1 YAML reads `012` as the number 12; put it in quotes'],
    [
      'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c]',
      'the aliases of this YAML cannot be resolved',
    ],
    ['? [a]\n: x\n', 'case.yml:1:3 a list or an object stands as a key; write text'],
    ['a: &a [b: [*a]]\n', 'case.yml:1:12 *a stands inside what it names; write it out'],
    ['a: *b\n', 'the aliases of this YAML cannot be resolved: Unresolved alias'],
    ['- 3\n- - 4\n', 'case.yml:1:3 this is not a case'],
    [`${head}${rest.replace('{}', '')}`, ''],
    ['# nothing\n', 'this is not a case'],
  ])('%j is refused', async (text, message) => {
    const { code, err, out } = await yaml(text);
    expect(code).toBe(message === '' ? 1 : 2);
    expect(message === '' ? out : err).toContain(message);
  });

  it('keeps what is written: dates and account ids', async () => {
    const text = `
name: n
request: &request
  principal: { arn: ${alice} }
  action: s3:GetObject
  resource: ${object}
  time: 2026-11-23T12:00:00Z
  context: { 'aws:SourceAccount': 111122223333, 'aws:SecureTransport': true }
policies:
  identityPolicies:
    - Version: 2012-10-17
      Statement:
        Effect: Allow
        Action: s3:*
        Resource: '*'
        Condition:
          StringEquals: { 'aws:SourceAccount': 111122223333 }
          Bool: { 'aws:SecureTransport': true }
expect: { decision: allowed }
again: *request
`;
    expect(await yaml(text)).toEqual({ code: 0, out: '1 passed, 0 failed\n', err: '' });
  });

  it('places issues at the alias where a part is shared', async () => {
    const text = `- &p { Version: x, Statement: [] }\n- name: n\n  request: {}\n  policies: { permissionsBoundary: *p }\n  expect: { decision: allowed }\n`;
    const { err } = await yaml(text);
    expect(err).toMatch(/^error: case\.yml:1:6 the case has no name/);
    const shared = `name: n\nshared: &p { Version: x, Statement: [] }\nrequest: {}\npolicies:\n  permissionsBoundary: *p\nexpect: { decision: allowed }\n`;
    expect((await yaml(shared)).out).toContain('    case.yml:5:3 ERR_IAM_VALUE');
  });
});

describe('patterns', () => {
  const files = new Terminal({
    'a/[1].json': passing,
    'a/x.json': passing,
    'a/b/y.json': passing,
    '.hidden/z.json': passing,
    'node_modules/m/n.json': passing,
  });
  afterAll(() => files.remove());
  const count = async (...patterns: string[]) => {
    const { out, err } = await files.run(['test', ...patterns]);
    return out === '' ? err : Number.parseInt(out, 10);
  };

  it('match', async () => {
    expect(await count('a/*.json')).toBe(2);
    expect(await count('**/*.json')).toBe(3);
    expect(await count('a/**/y.json')).toBe(1);
    expect(await count('{a,b}/x.json')).toBe(1);
    expect(await count('./a/*.json')).toBe(2);
    expect(await count('*/*/*.json')).toBe(1);
    expect(await count(`${files.cwd}/a/*.json`)).toBe(2);
    expect((await files.run(['test', '../**/y.json'], { cwd: `${files.cwd}/a/b` })).code).toBe(0);
  });

  it('that name an existing file mean it', async () => expect(await count('a/[1].json')).toBe(1));
  it('that overlap run a file once', async () => expect(await count('a/*.json', 'a/x.json')).toBe(2));
  it('enter hidden directories and node_modules only by name', async () => {
    expect(await count('.hidden/*.json')).toBe(1);
    expect(await count('node_modules/**/*.json')).toBe(1);
    expect(await count('{.hidden,a}/*.json')).toBe(3);
  });

  it('that match nothing are errors', async () => {
    const nothing = (pattern: string) =>
      `error: no file matches ${pattern}; check the name, and that it is relative to ${files.cwd}\n`;
    for (const pattern of ['absent.json', 'absent/*.json', 'a/x.json/*', 'a/*.yaml']) {
      expect(await files.run(['test', 'a/x.json', pattern])).toEqual({
        code: 2,
        out: '',
        err: nothing(pattern),
      });
    }
    expect(await count('a')).toBe("error: a is a directory; write a pattern, for example 'a/**/*.json'\n");
    expect(await count('!a/*.json')).toContain('only excludes; write which files to take');
  });

  it('take linked files and do not follow linked directories', async () => {
    symlinkSync(`${files.cwd}/a/x.json`, `${files.cwd}/link.json`);
    symlinkSync(files.cwd, `${files.cwd}/loop.json`);
    symlinkSync(`${files.cwd}/absent`, `${files.cwd}/dangling.json`);
    symlinkSync('circle.json', `${files.cwd}/circle.json`);
    expect(await count('*.json')).toBe(1);
  });
});

describe('a progress bar', () => {
  const started = Date.now();
  /** A clock that goes on by a second at each look. */
  const hurry = () => {
    let now = started;
    vi.spyOn(Date, 'now').mockImplementation(() => {
      now += 1000;
      return now;
    });
  };

  it('is drawn on a terminal for long runs, and taken away', async () => {
    hurry();
    const { out, err } = await terminal.run(['test', 'good.json', 'cases/good.yaml'], { isTTY: true });
    expect(out).toBe('3 passed, 0 failed\n');
    expect(err).toMatch(/testing .* 100 %/);
    expect(err.endsWith('\u001b[1G\u001b[2K')).toBe(true);
  });

  it('is not drawn elsewhere, or for short runs', async () => {
    expect((await terminal.run(['test', 'good.json'], { isTTY: true })).err).toBe('');
    hurry();
    expect((await terminal.run(['test', 'good.json'])).err).toBe('');
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchersOfProcess, readRecordings, recordVariable } from '../../src/cli/coverage-recording.js';
import { type PolicyCoverageOptions, PolicyCoverageReporter } from '../../src/cli/coverage-reporter.js';
import type { Estate } from '../../src/query/index.js';
import { matchers } from '../../src/testing/index.js';
import { estateOf, office } from '../testing/build.js';

const estate = estateOf();
const before = process.env[recordVariable];
let directory = '';
beforeEach(() => {
  delete process.env[recordVariable];
  directory = mkdtempSync(join(tmpdir(), 'iam-verdict-reporter-'));
});
afterEach(() => {
  if (before === undefined) delete process.env[recordVariable];
  else process.env[recordVariable] = before;
  process.exitCode = undefined;
  rmSync(directory, { recursive: true, force: true });
});

const read = (of: Estate = estate) =>
  matchersOfProcess().toBeAllowedTo.call({}, of.principal('App'), 's3:GetObject', 'Reports/x', office);

/** What a run prints in which the given happens, and whether it fails. */
function reported(
  options: PolicyCoverageOptions,
  tests: () => void = () => {},
): { said: string; failed: boolean } {
  const given = process.env[recordVariable];
  let said = '';
  const reporter = new PolicyCoverageReporter({
    directory,
    print: (text) => {
      said += text;
    },
    ...options,
  });
  reporter.onInit();
  reporter.onTestRunStart();
  tests();
  reporter.onTestRunEnd();
  if (process.env[recordVariable] !== given) delete process.env[recordVariable];
  return { said, failed: process.exitCode === 1 };
}

it.each<[unknown, string]>([
  [null, 'options: '],
  [{ treshold: 80 }, 'options.treshold: '],
  [{ threshold: '80' }, 'options.threshold: '],
  [{ threshold: 800 }, 'options.threshold: '],
  [{ threshold: { lines: 80 } }, 'options.threshold: '],
  [{ kinds: ['identityPolicy'] }, 'options.kinds: '],
  [{ kinds: 'identityPolicies' }, 'options.kinds: '],
  [{ directory: true }, 'options.directory: '],
  [{ print: 'out' }, 'options.print: '],
])('options that would not count are refused: %j', (options, path) => {
  expect(() => new PolicyCoverageReporter(options as PolicyCoverageOptions)).toThrow(
    expect.objectContaining({ name: 'InvalidRequestError', message: expect.stringMatching(`^${path}`) }),
  );
});
it('undefined options are absent', () => {
  const options = { threshold: { statements: 80, values: undefined }, kinds: undefined, print: undefined };
  expect(() => new PolicyCoverageReporter(options as never)).not.toThrow();
});

describe('the reporter', () => {
  it('reports what was recorded, and leaves nothing behind but its files', () => {
    let folder = '';
    const { said, failed } = reported({}, () => {
      read();
      folder = process.env[recordVariable]!;
    });
    expect(said).toContain('Policy coverage: 1 of 9 (11 %) statements');
    expect(failed).toBe(false);
    expect(existsSync(folder)).toBe(false);
    const coverage = JSON.parse(readFileSync(join(directory, 'coverage.json'), 'utf8'));
    expect(coverage.statements).toEqual({ total: 9, decided: 1 });
    expect(readFileSync(join(directory, 'index.html'), 'utf8')).toContain('1 of 9 statements');
  });
  it('estates that are the same count once', () => {
    const { said } = reported({}, () => {
      read();
      read(estateOf());
    });
    expect(said).toContain('1 of 9 (11 %) statements');
    expect(said).toContain('one of 1 assertions');
  });
  it('kinds count where they are named', () => {
    expect(reported({ kinds: ['trustPolicy'] }, read).said).toContain('0 of 3 (0 %) statements');
  });
  it('fails below a threshold, and not at it', () => {
    expect(reported({ threshold: 11 }, read).failed).toBe(false);
    expect(reported({ threshold: { values: 12 } }, read)).toEqual({
      said: expect.stringMatching(/Policy coverage of values is 11 %, less than the threshold of 12 %/),
      failed: true,
    });
  });
  it('nothing recorded is said, and no coverage', () => {
    const { said, failed } = reported({ threshold: 1 });
    expect(said).toContain("write setupFiles: ['iam-verdict/testing/vitest']");
    expect(failed).toBe(true);
  });
  it('writes no files where none are wanted', () => {
    reported({ directory: false }, read);
    expect(existsSync(join(directory, 'index.html'))).toBe(false);
  });
  it('keeps out of the way of whoever records already', () => {
    const folder = join(directory, 'others');
    process.env[recordVariable] = folder;
    expect(reported({}, read)).toEqual({ said: '', failed: false });
    expect(readRecordings(folder).map(({ assertions }) => assertions.length)).toEqual([1]);
  });
});

it('nothing is recorded without the variable', () => {
  expect(matchersOfProcess()).toBe(matchers);
  process.env[recordVariable] = '';
  expect(matchersOfProcess()).toBe(matchers);
});

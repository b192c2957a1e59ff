import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grammars } from '../policy/grammar.js';
import type { PolicyKind } from '../policy/policy.js';
import { coverageOfData, mergeCoverage } from '../testing/coverage.js';
import { coverageHtml } from '../testing/coverage-html.js';
import { formatCoverage, percent } from '../testing/coverage-text.js';
import type { Coverage } from '../testing/covered.js';
import { checkArgument, isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import { readRecordings, recordVariable } from './coverage-recording.js';

/** How policy coverage is reported. */
export interface PolicyCoverageOptions {
  /** Folder for `coverage.json` and `index.html`; `coverage/policies` without it, no files with `false`. */
  readonly directory?: string | false | undefined;
  /** Percent of statements, or of statements and of values, below which the run fails. */
  readonly threshold?:
    | number
    | { readonly statements?: number | undefined; readonly values?: number | undefined }
    | undefined;
  /** Kinds of policy that count; all without it. */
  readonly kinds?: readonly PolicyKind[] | undefined;
  /** Where the report is printed; standard output without it. */
  readonly print?: ((text: string) => void) | undefined;
}

const isPercent = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 100;
const isThreshold = (value: unknown): boolean =>
  isPercent(value) ||
  (isPlainObject(value) &&
    Object.entries(value).every(
      ([what, one]) => /^(?:statements|values)$/.test(what) && (one === undefined || isPercent(one)),
    ));

/** Whether a value can be such an option, and what to write instead. */
const forms: Readonly<Record<keyof PolicyCoverageOptions, readonly [(value: unknown) => boolean, string]>> = {
  directory: [
    (value) => value === false || typeof value === 'string',
    'write the name of a folder, or false',
  ],
  threshold: [isThreshold, 'write a percentage, or { statements: 80, values: 60 }'],
  kinds: [
    (value) => isListOf(value, (kind) => typeof kind === 'string' && Object.hasOwn(grammars, kind)),
    `write a list of ${Object.keys(grammars).join(', ')}`,
  ],
  print: [(value) => typeof value === 'function', 'pass a function (text) => …'],
};

function checkOptions(options: unknown): void {
  checkArgument(isPlainObject(options), 'options', 'write an object such as { threshold: 80 }');
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const [fits, hint] = Object.hasOwn(forms, name)
      ? forms[name as keyof PolicyCoverageOptions]
      : [() => false, `write one of ${Object.keys(forms).join(', ')}`];
    checkArgument(fits(value), `options.${name}`, hint);
  }
}

/**
 * A reporter for Vitest: which statements of the policies, and which values in them, decided an assertion of the run. The tests must
 * import `iam-verdict/testing/vitest`, or have it among their `setupFiles`; test files and workers are put together.
 *
 * ```js
 * export default defineConfig({
 *   test: { reporters: ['default', new PolicyCoverageReporter({ threshold: 80 })] },
 * });
 * ```
 */
export class PolicyCoverageReporter {
  readonly #options: PolicyCoverageOptions;
  #folder: string | undefined;

  /** @throws InvalidRequestError for options that would not count: with a threshold that nothing reads no run fails */
  constructor(options: PolicyCoverageOptions = {}) {
    checkOptions(options);
    this.#options = options;
  }

  /** Test processes inherit where to record. `iam-verdict mutate` has said it already, and wants no report. */
  onInit(): void {
    if (process.env[recordVariable] !== undefined) return;
    this.#folder = mkdtempSync(join(tmpdir(), 'iam-verdict-coverage-'));
    process.env[recordVariable] = this.#folder;
  }

  /** In watch mode each run is reported for itself. */
  onTestRunStart(): void {
    if (this.#folder === undefined) return;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  onTestRunEnd(): void {
    if (this.#folder === undefined) return;
    const print = this.#options.print ?? ((text) => process.stdout.write(text));
    const recordings = readRecordings(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
    const { kinds } = this.#options;
    const coverage = mergeCoverage(
      recordings.map(({ data, assertions }) => coverageOfData(data, assertions, kinds)),
    );
    print(`\n${formatCoverage(coverage)}\n`);
    if (coverage.assertions === 0)
      print(
        "No assertion was recorded: write setupFiles: ['iam-verdict/testing/vitest'] in the configuration of Vitest.\n",
      );
    this.#write(coverage);
    const missed = this.#missed(coverage);
    for (const line of missed) print(`${line}\n`);
    if (missed.length > 0) process.exitCode = 1;
  }

  #write(coverage: Coverage): void {
    const { directory = 'coverage/policies' } = this.#options;
    if (directory === false) return;
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'coverage.json'), `${JSON.stringify(coverage, null, 2)}\n`);
    writeFileSync(join(directory, 'index.html'), coverageHtml(coverage));
  }

  #missed(coverage: Coverage): readonly string[] {
    const { threshold } = this.#options;
    if (threshold === undefined) return [];
    const wanted = typeof threshold === 'number' ? { statements: threshold } : threshold;
    return (['statements', 'values'] as const).flatMap((what) => {
      const least = wanted[what];
      // Nothing recorded is no coverage, whatever the share of nothing is.
      const got = coverage.assertions === 0 ? 0 : percent(coverage[what]);
      if (least === undefined || got >= least) return [];
      return [`Policy coverage of ${what} is ${Math.floor(got)} %, less than the threshold of ${least} %`];
    });
  }
}

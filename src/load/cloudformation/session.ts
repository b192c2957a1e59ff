import { InvalidInputError } from '../../account/error.js';
import type { Diagnostic } from '../diagnostic.js';
import type { Report } from '../document.js';
import type { Finding } from './symbolic.js';

/** Longer names of holes are cut, and numbered so that they stay different. */
const longestName = 160;

/** What all stacks of one load share: diagnostics, and why holes are not known. */
export class Session {
  readonly file: string | undefined;
  readonly #findings = new Map<string, Finding>();
  readonly #reasons = new Map<string, Finding>();
  readonly #cut = new Map<string, string>();

  constructor(file: string | undefined) {
    this.file = file;
  }

  report(finding: Finding): void {
    this.#findings.set(JSON.stringify([finding.code, finding.path, finding.message]), finding);
  }

  readonly reporter: Report = (code, path, message, hint) => this.report({ code, path, message, hint });

  /** The same expression has the same name. */
  holeName(name: string): string {
    if (name.length <= longestName) return name;
    let short = this.#cut.get(name);
    if (short === undefined) {
      short = `${name.slice(0, longestName)}… #${this.#cut.size + 1}`;
      this.#cut.set(name, short);
    }
    return short;
  }

  /** Why a hole is not known; reported only if it stays in the estate. */
  explain(hole: string, finding: Finding): void {
    if (!this.#reasons.has(hole)) this.#reasons.set(hole, finding);
  }

  reasonOf(hole: string): Finding | undefined {
    return this.#reasons.get(hole);
  }

  /** All diagnostics, with those of the holes that stand in a value. */
  diagnostics(estate: unknown): Diagnostic[] {
    const seen = new Set<string>();
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const { hole } = value as { hole?: unknown };
      if (typeof hole === 'string') seen.add(hole);
      for (const member of Object.values(value)) visit(member);
    };
    visit(estate);
    for (const [hole, finding] of this.#reasons) if (seen.has(hole)) this.report(finding);
    const { file } = this;
    return [...this.#findings.values()].map((finding) =>
      file === undefined ? finding : { ...finding, file },
    );
  }
}

export function refuseOption(path: string, message: string, hint: string): never {
  throw new InvalidInputError([{ path, code: 'ERR_IAM_INVALID_INPUT', message, hint }]);
}

import { type Finding, Undecided } from '../symbolic.js';

/** Stands in the template for a part that cannot be written out, and says why. */
export function lostPart(finding: Finding, report: (finding: Finding) => void): Undecided {
  report(finding);
  return new Undecided(finding.path, finding);
}

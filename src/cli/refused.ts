import type { IamError, Issue } from '../index.js';
import { Fault } from './fault.js';
import { issueLine, type Origin, place } from './origin.js';

/** What the engine refuses, as the fault that it is here: a line for each issue, with the file, flag or argument to mend. */
export const refused = ({ issues }: Pick<IamError, 'issues'>, origins: readonly Origin[]): Fault =>
  new Fault(issues.map((issue: Issue) => issueLine(place(issue, origins))).join('\n'));

/** A variable of the shell that is not set, quoted, is an empty argument. */
export function refuseEmpty(given: Readonly<Record<string, string | undefined>>): void {
  const empty = Object.keys(given).find((name) => given[name]?.trim() === '');
  if (empty !== undefined)
    throw new Fault(`${empty} is empty; write it, or check the variable that should hold it`);
}

/** Longer values are cut. */
const shown = 60;

/** A flag or argument and its value, for the place of an issue. */
export function asWritten(flag: string, value: unknown): string {
  if (typeof value !== 'string') return flag;
  const text = value.length > shown ? `${value.slice(0, shown)}…` : value;
  return `${flag} ${/^[^\s"']+$/.test(text) ? text : JSON.stringify(text)}`;
}

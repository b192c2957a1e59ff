import type { Facts } from '../account/index.js';
import { isIamError } from '../index.js';
import { printDiagnostics } from './diagnostics.js';
import { type EstateOfFiles, readEstate } from './estate-files.js';
import { type EstateFile, type EstateFlags, estateNeeded, refuseLone } from './estate-flags.js';
import { type FactsFlags, readFacts } from './facts-flags.js';
import { Fault } from './fault.js';
import { givenKeys, givenValues, notesOnKeys, notesOnValues } from './given-keys.js';
import type { ExitCode, Io } from './io.js';
import type { Origin } from './origin.js';
import { refused } from './refused.js';
import { Sources } from './source.js';
import { counted } from './table.js';

/** Flags of every command that asks an estate. */
export interface EstateQuestionFlags extends EstateFlags, FactsFlags {
  readonly explain?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** What a question is asked of. */
export interface EstateQuestion extends EstateOfFiles {
  readonly facts: Facts;
  /** On the facts. */
  readonly notes: readonly string[];
}

/**
 * Reads the files, says on stderr what could not be taken over, and asks. What is wrong with a name, a fact or a policy given is told
 * there too: exit code 2.
 */
export async function askEstate(
  files: readonly EstateFile[],
  flags: EstateQuestionFlags,
  io: Io,
  ask: (question: EstateQuestion) => ExitCode,
  givenOrigins: readonly Origin[] = [],
  sources = new Sources(io),
): Promise<ExitCode> {
  if (files.length === 0) throw new Fault(estateNeeded);
  refuseLone(files, flags);
  const { facts, origins } = readFacts(flags, sources);
  const read = await readEstate(files, flags, io, sources);
  const { diagnostics } = read;
  const notes = [
    ...(await notesOnKeys(givenKeys(facts.context, facts.unknown))),
    ...(await notesOnValues(givenValues(facts.context))),
  ];
  const strict = flags.strict === true && diagnostics.length > 0;
  // A program reads them in its JSON.
  if (strict || flags.json !== true) printDiagnostics(diagnostics, flags.verbose === true, io);
  if (strict) {
    const things = counted(diagnostics.length, 'thing');
    throw new Fault(
      `--strict: ${things} in the files cannot be taken over as ${diagnostics.length === 1 ? 'it stands' : 'they stand'}`,
    );
  }
  try {
    return ask({ ...read, facts, notes });
  } catch (error) {
    if (!isIamError(error)) throw error;
    if (error.name === 'UnknownNameError')
      throw new Fault(error.issues.map(({ message, hint }) => `${message}; ${hint}`).join('\n'));
    throw refused(error, [...givenOrigins, ...origins]);
  }
}

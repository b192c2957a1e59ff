import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Estate } from '../query/estate.js';
import { type Mutant, mutantsOf } from '../testing/mutants.js';
import { holds, replay } from '../testing/replay.js';
import { visibleText } from '../value/visible-text.js';
import { jsonText } from './answer.js';
import { type Recording, readRecordings, recordVariable } from './coverage-recording.js';
import { Fault } from './fault.js';
import type { ExitCode, Io } from './io.js';
import { printNotes } from './notes.js';
import { Progress } from './progress.js';

/** How the mutants are made, and what is printed of them. */
export interface MutateFlags {
  readonly recorded?: string;
  readonly json?: boolean;
}

const usual = ['npx', 'vitest', 'run'];

/** Weakens the policies that tests ask about, one thing at a time, and prints what no test notices. */
export function mutate(command: readonly string[], { recorded, json }: MutateFlags, io: Io): ExitCode {
  if (recorded !== undefined) {
    if (command.length > 0)
      throw new Fault('--recorded runs no tests, and a command is given; keep one of them');
    const folder = resolve(io.cwd, recorded);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new Fault(
        `--recorded: ${recorded} is no folder that is there; write the folder that IAM_VERDICT_RECORD named`,
      );
    return report(readRecordings(folder), json === true, io);
  }
  const folder = mkdtempSync(join(tmpdir(), 'iam-verdict-mutate-'));
  try {
    runTests(command.length === 0 ? usual : command, folder, io);
    return report(readRecordings(folder), json === true, io);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runTests([program, ...args]: readonly string[], folder: string, io: Io): void {
  // On a terminal people see their tests run, on stderr; otherwise only what went wrong is of interest.
  const run = spawnSync(program!, args, {
    cwd: io.cwd,
    env: { ...process.env, [recordVariable]: folder },
    stdio: io.isTTY ? ['inherit', 2, 2] : ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 256 * 1024 * 1024,
  });
  const written = [program, ...args].join(' ');
  if (run.error !== undefined) throw new Fault(`cannot run \`${written}\`: ${commandWords(run.error)}`);
  if (run.status === 0) return;
  io.stderr(`${run.stdout ?? ''}${run.stderr ?? ''}`);
  throw new Fault(`the tests fail already: \`${written}\` ended with ${run.status ?? run.signal}`);
}

/** Why a command does not start, in plain words. */
function commandWords(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such command; check its name, and that it is installed';
  if (code === 'EACCES') return 'it may not be run; check the permissions of the file';
  return error.message;
}

function report(recordings: readonly Recording[], json: boolean, io: Io): ExitCode {
  if (recordings.length === 0)
    throw new Fault(
      "no assertion was recorded; write setupFiles: ['iam-verdict/testing/vitest'] in the configuration of Vitest",
    );
  const { total, survivors, red } = survivorsOf(recordings, io);
  const noticed = total - survivors.length;
  const notes = red > 0 ? [`${red} of the recorded assertions are not green and were left out`] : [];
  printNotes(notes, json, io);
  if (json) io.stdout(jsonText({ mutants: total, noticed, survivors, notes }));
  else io.stdout(text(survivors, total, noticed));
  return survivors.length === 0 ? 0 : 1;
}

type Survivor = Omit<Mutant, 'apply' | 'number'> & { readonly asked: boolean };

/** The same policy in the estates of several test files is one: whoever notices its mutant has noticed it. */
function survivorsOf(
  recordings: readonly Recording[],
  io: Io,
): { readonly total: number; readonly survivors: readonly Survivor[]; readonly red: number } {
  const all = recordings.reduce((sum, { data }) => sum + mutantsOf(data).length, 0);
  const progress = new Progress(io, all, 'testing mutants');
  const found = new Map<string, Survivor & { readonly noticed: boolean }>();
  let done = 0;
  let red = 0;
  try {
    for (const { data, assertions } of recordings) {
      const estate = new Estate(data);
      red += assertions.filter((one) => !holds(estate, one)).length;
      for (const { mutant, noticed, asked } of replay(data, assertions)) {
        const { apply: _, number: __, ...rest } = mutant;
        const name = JSON.stringify(rest);
        const before = found.get(name);
        found.set(name, {
          ...rest,
          noticed: noticed || before?.noticed === true,
          asked: asked || before?.asked === true,
        });
        progress.update(++done);
      }
    }
  } finally {
    progress.stop();
  }
  const survivors = [...found.values()]
    .filter(({ noticed }) => !noticed)
    .map(({ noticed: _, ...rest }) => rest);
  return { total: found.size, survivors, red };
}

function text(survivors: readonly Survivor[], total: number, noticed: number): string {
  const groups = [
    ['No test asks about', survivors.filter(({ asked }) => !asked)],
    ['No test notices', survivors.filter(({ asked }) => asked)],
  ] as const;
  const lines = groups.flatMap(([title, list]) =>
    list.length === 0 ? [] : [title, ...list.flatMap(survivorLines), ''],
  );
  return `${[...lines, `${noticed} of ${total} mutants are noticed`].map(visibleText).join('\n')}\n`;
}

function survivorLines({ policy, statement, change, file, path }: Survivor): readonly string[] {
  const place = [file, path].filter((part) => part !== undefined).join(' ');
  const what = [policy, statement].filter((part) => part !== undefined).join(', ');
  return [`  ${what}: ${change}`, ...(place === '' ? [] : [`    ${place}`])];
}

import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EstateData } from '../account/estate-data.js';
import type { Estate } from '../query/estate.js';
import { type Assertion, type IamMatchers, matchers, matchersRecording } from '../testing/index.js';
import { Fault } from './fault.js';

/** Names the folder that test processes record their assertions in; nothing is recorded without it. */
export const recordVariable = 'IAM_VERDICT_RECORD';

/** The assertions that were made of one estate. */
export interface Recording {
  readonly data: EstateData;
  readonly assertions: readonly Assertion[];
}

/** The matchers of this process: recording where `IAM_VERDICT_RECORD` names a folder. */
export function matchersOfProcess(): IamMatchers {
  const folder = process.env[recordVariable];
  return folder === undefined || folder === '' ? matchers : matchersRecording(recordTo(folder));
}

/**
 * Writes each assertion down at once, so that nothing hangs on how a test process ends. Every process and test file has a file of its
 * own; an estate is written once, under the hash of its text.
 */
export function recordTo(folder: string): (estate: Estate, assertion: Assertion) => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${randomUUID()}.jsonl`);
  const known = new WeakMap<Estate, string>();
  const keep = (estate: Estate): string => {
    const text = JSON.stringify(estate);
    const id = createHash('sha256').update(text).digest('hex').slice(0, 32);
    known.set(estate, id);
    try {
      writeFileSync(join(folder, `${id}.json`), text, { flag: 'wx' });
    } catch (error) {
      // Another process has written the same.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return id;
  };
  return (estate, assertion) => {
    appendFileSync(file, `${JSON.stringify({ estate: known.get(estate) ?? keep(estate), assertion })}\n`);
  };
}

/**
 * What all test processes recorded, by estate; the same assertion counts once.
 * @throws Fault when something in the folder is not what was recorded
 */
export function readRecordings(folder: string): readonly Recording[] {
  const byEstate = new Map<string, Map<string, Assertion>>();
  for (const name of namesIn(folder).filter((one) => one.endsWith('.jsonl'))) {
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)) {
      const { estate, assertion } = parsed(line, join(folder, name)) as {
        estate: string;
        assertion: Assertion;
      };
      const list = byEstate.get(estate) ?? new Map<string, Assertion>();
      byEstate.set(estate, list);
      list.set(JSON.stringify(assertion), assertion);
    }
  }
  return [...byEstate].sort().map(([id, assertions]) => {
    const file = join(folder, `${id}.json`);
    return {
      data: parsed(readFileSync(file, 'utf8'), file) as EstateData,
      assertions: [...assertions.values()],
    };
  });
}

/** No folder: nothing was recorded. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault(`${file} is not what was recorded; run the tests again`);
  }
}

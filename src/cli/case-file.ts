import type { EvaluationInput } from '../index.js';
import { readData, root } from './data.js';
import { Fault } from './fault.js';
import type { Position } from './located.js';
import type { Origin } from './origin.js';
import type { Source, Sources } from './source.js';

type Members = Record<string, unknown>;

/** One case of the conformance format, its file references read. What is inside the parts the engine checks. */
export interface Case {
  readonly name: string | undefined;
  readonly request: unknown;
  readonly policies: unknown;
  readonly expect: unknown;
  readonly file: string;
  readonly position: Position;
  /** For issues of this case. */
  readonly origins: readonly Origin[];
  /** A fault of the case file, at a member of this case. */
  readonly fault: (member: string, message: string) => Fault;
}

/** The input of an evaluation, unchecked: the engine says what is wrong with it. */
export const asInput = ({ request, policies }: Pick<Case, 'request' | 'policies'>): EvaluationInput => ({
  request: request as EvaluationInput['request'],
  policies: policies as EvaluationInput['policies'],
});

export const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a file that holds one case or a list of cases. */
export function readCases(source: Source, sources: Sources): Case[] {
  const { value, locate } = readData(source);
  if (Array.isArray(value) && value.length === 0) {
    throw new Fault(`${source.name} holds no case; write at least one`);
  }
  const list: [string, unknown][] = Array.isArray(value)
    ? value.map((item, i) => [`${root}[${i}]`, item])
    : [[root, value]];
  return list.map(([path, item]) => readCase(item, path, locate, source, sources));
}

function readCase(
  item: unknown,
  path: string,
  locate: (path: string) => Position,
  source: Source,
  sources: Sources,
): Case {
  const file = source.name;
  const fault = (member: string, message: string): Fault => {
    const { line, column } = locate(member === '' ? path : `${path}.${member}`);
    return new Fault(`${file}:${line}:${column} ${message}`);
  };
  if (!isObject(item)) {
    throw fault('', 'this is not a case; write an object { "name", "request", "policies", "expect" }');
  }
  const { name, request, policies, expect } = item;
  if (name !== undefined && (typeof name !== 'string' || name === '')) {
    throw fault('name', 'the name of the case is not text; write for example "name": "alice reads a report"');
  }
  const origins: Origin[] = [{ path: '', name: file, locate: (wanted) => locate(`${path}.${wanted}`) }];
  const read = (given: unknown, where: string): unknown => {
    if (Array.isArray(given)) return given.map((one, i) => read(one, `${where}[${i}]`));
    if (!isObject(given) || !Object.hasOwn(given, 'file') || Object.hasOwn(given, 'document')) return given;
    const document = readReference(given, where, source, sources, fault);
    origins.push({ path: where, name: document.name, text: document.text });
    return { name: given.name ?? given.file, document: document.text };
  };
  return {
    name,
    request,
    policies: isObject(policies)
      ? Object.fromEntries(
          Object.entries(policies).map(([kind, given]) => [kind, read(given, `policies.${kind}`)]),
        )
      : policies,
    expect,
    file,
    position: locate(path),
    origins,
    fault,
  };
}

/** `{ "file": "policy.json" }`, relative to the case file. */
function readReference(
  given: Members,
  where: string,
  source: Source,
  sources: Sources,
  fault: Case['fault'],
): Source {
  const { file } = given;
  if (typeof file !== 'string' || file === '' || file === '-') {
    throw fault(`${where}.file`, 'this is not a file name; write for example { "file": "policy.json" }');
  }
  const more = Object.keys(given).find((member) => member !== 'file' && member !== 'name');
  if (more !== undefined) {
    throw fault(`${where}.${more}`, `\`${more}\` does not stand beside a file; keep only "name" and "file"`);
  }
  try {
    return sources.read(file, source.directory);
  } catch (error) {
    throw error instanceof Fault ? fault(`${where}.file`, error.message) : error;
  }
}

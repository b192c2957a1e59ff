import { InvalidInputError } from '../../account/error.js';
import type { Issue } from '../../error.js';
import { readJson } from '../../policy/json.js';
import { isPlainObject } from '../../value/plain.js';
import type { Finding } from './symbolic.js';
import { readYamlTemplate } from './yaml-template.js';

/** A template as data: objects have no prototype, so that no name in it means anything else. */
export interface TemplateData {
  readonly value: Record<string, unknown>;
  readonly findings: readonly Finding[];
}

/** Larger or deeper than any template CloudFormation accepts (1 MB, 500 resources). */
const maximumNodes = 2_000_000;
const maximumDepth = 200;

export function refuse(message: string, hint: string, where: Partial<Issue> = {}): never {
  throw new InvalidInputError([{ path: 'template', code: 'ERR_IAM_INVALID_INPUT', message, hint, ...where }]);
}

/** Reads a template: JSON or YAML text, or data that was read already. */
export function readTemplate(template: unknown, file = 'template'): TemplateData {
  const findings: Finding[] = [];
  const raw = typeof template === 'string' ? readText(template, file, findings) : template;
  const value = copy(raw, file, 0, { left: maximumNodes });
  if (!isPlainObject(value))
    refuse('a template is one object', 'pass a CloudFormation template', { path: file });
  return { value, findings };
}

function readText(text: string, file: string, findings: Finding[]): unknown {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (clean.trim() === '') refuse('the template is empty', 'pass a CloudFormation template', { path: file });
  if (!/^\s*[[{]/.test(clean)) return readYamlTemplate(clean, file, findings);
  const issues: Issue[] = [];
  const json = readJson(clean, file, issues);
  if (json !== undefined) {
    for (const { path, message, line } of issues) findings.push(twice(path, message, line));
    return json.value;
  }
  // Flow style YAML begins like JSON; what is wrong with JSON is said in the words of JSON.
  try {
    return readYamlTemplate(clean, file, findings);
  } catch (error) {
    const [first] = issues;
    if (first === undefined || !(error instanceof InvalidInputError)) throw error;
    const message = `${first.message.replace('policy text', 'template')}`;
    throw new InvalidInputError([
      { ...first, code: 'ERR_IAM_INVALID_INPUT', message, hint: 'write one whole JSON or YAML template' },
    ]);
  }
}

/** CloudFormation takes the last of several members of one name. */
const twice = (path: string, message: string, line: number | undefined): Finding => ({
  code: 'ambiguous',
  path,
  message: line === undefined ? message : `${message} (line ${line})`,
  hint: 'the last one was taken; keep one of them',
});

/** A private copy of plain data, so that nothing changes under the reader; whatever is no JSON data is refused. */
function copy(value: unknown, path: string, depth: number, budget: { left: number }): unknown {
  budget.left--;
  if (depth > maximumDepth)
    refuse('the template is nested too deeply', 'a template needs about twenty levels', { path });
  if (budget.left < 0)
    refuse('the template is too large', `it has more than ${maximumNodes} values`, { path });
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || value === undefined)
    return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, i) => copy(item, `${path}[${i}]`, depth + 1, budget));
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    // Readers of YAML 1.1 make a date of `Version: 2012-10-17`.
    return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  }
  if (!isPlainObject(value))
    refuse('the template holds a value that is no JSON data', 'pass plain data', { path });
  const out: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) out[key] = copy(value[key], `${path}.${key}`, depth + 1, budget);
  return out;
}

import type { ParseError } from 'jsonc-parser';
import { parseTree } from 'jsonc-parser/lib/esm/impl/parser.js';
import { InvalidInputError } from '../../account/error.js';
import { isMembers, type Members, own } from './json-value.js';

/** What `terraform show -json` prints for a plan or a state, or a state file itself. */
export type TerraformInput =
  | { readonly kind: 'plan'; readonly content: Members }
  | { readonly kind: 'state'; readonly content: Members }
  | { readonly kind: 'stateFile'; readonly content: Members };

interface Refusal {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  readonly line?: number;
  readonly column?: number;
}

export function refuse(refusal: Refusal): never {
  throw new InvalidInputError([{ code: 'ERR_IAM_INVALID_INPUT', ...refusal }]);
}

const showHint = 'write it with `terraform show -json tfplan > plan.json` and load that file';

/** Reads text or parsed JSON, and tells the forms apart. */
export function readInput(input: unknown, file = 'terraform'): TerraformInput {
  const content = typeof input === 'string' ? parse(input, file) : input;
  if (!isMembers(content)) refuse({ path: file, message: 'this is no JSON object', hint: showHint });
  const found = formOf(content);
  if (found === undefined) return refuseOther(content, file);
  const version = own(content, 'format_version');
  if (found !== 'stateFile' && typeof version === 'string' && !/^[01](?:\.|$)/.test(version)) {
    const message = `format_version ${version} is not one that is read (0.1 to 1.x)`;
    refuse({
      path: `${file}.format_version`,
      message,
      hint: 'the meaning of a new major version is not known',
    });
  }
  return { kind: found, content };
}

function formOf(content: Members): TerraformInput['kind'] | undefined {
  const has = (name: string) => Object.hasOwn(content, name);
  if (typeof own(content, 'format_version') === 'string' || has('terraform_version')) {
    if (has('planned_values') || has('resource_changes')) return 'plan';
    if (has('values')) return 'state';
  }
  if (own(content, 'version') === 4 && has('resources')) return 'stateFile';
  // `terraform show -json` of an empty state prints nothing but the versions.
  const names = Object.keys(content).filter(
    (name) => name !== 'format_version' && name !== 'terraform_version',
  );
  return typeof own(content, 'format_version') === 'string' && names.length === 0 ? 'state' : undefined;
}

function refuseOther(content: Members, file: string): never {
  const nested = nestedForm(content, file, 3);
  if (nested !== undefined) {
    const message = 'this object wraps a plan or a state under other members';
    refuse({ path: file, message, hint: `pass the value at ${nested}` });
  }
  if (Object.hasOwn(content, 'Resources')) {
    const message = 'this is a CloudFormation template, no plan';
    refuse({ path: file, message, hint: 'use loadCloudFormation' });
  }
  if (Object.hasOwn(content, '@level') || Object.hasOwn(content, '@message')) {
    const message = 'this is the log of `terraform plan -json`, no plan';
    refuse({ path: file, message, hint: showHint });
  }
  const version = own(content, 'version');
  if (
    typeof version === 'number' &&
    (Object.hasOwn(content, 'modules') || Object.hasOwn(content, 'resources'))
  ) {
    const message = `a state file of version ${version} is not read, only version 4`;
    refuse({ path: `${file}.version`, message, hint: 'write the state with `terraform show -json`' });
  }
  const planned = Object.hasOwn(content, 'planned_values') || Object.hasOwn(content, 'resource_changes');
  const missing = planned ? 'format_version' : 'planned_values, resource_changes, values or resources';
  refuse({
    path: file,
    message: `this is neither a plan nor a state: ${missing} is missing`,
    hint: showHint,
  });
}

/** The path of a plan or state within an object that is none itself. */
function nestedForm(content: Members, path: string, depth: number): string | undefined {
  for (const [name, value] of Object.entries(content).slice(0, 100)) {
    if (!isMembers(value)) continue;
    const where = `${path}.${name}`;
    if (formOf(value) !== undefined) return where;
    const found = depth > 0 ? nestedForm(value, where, depth - 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function parse(text: string, file: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    if (json.startsWith('PK')) refuse({ path: file, message: 'this is a binary plan', hint: showHint });
    const { line, column, message } = syntaxError(json);
    refuse({ path: file, message, hint: `the file is cut off or is no JSON; ${showHint}`, line, column });
  }
}

/** Where the text stops being JSON. */
function syntaxError(text: string): { line: number; column: number; message: string } {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  } catch {
    // Nested deeper than that parser can go: the place is not known.
  }
  const offset = errors[0]?.offset ?? 0;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return { line, column, message: `this is not JSON (line ${line}, column ${column})` };
}

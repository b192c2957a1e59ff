import { reportRefusedValues, reportUnused, reportUnusedParameters } from './given-parameters.js';
import { templateNames } from './nested.js';
import type { CloudFormationOptions } from './options.js';
import type { Stack } from './stack.js';

const nestedType = 'AWS::CloudFormation::Stack';

/** Says what is given for a template that it does not take. */
export function checkOptions(stack: Stack, options: CloudFormationOptions): void {
  const { session } = stack;
  const path = 'options.parameters';
  reportUnusedParameters(Object.keys(options.parameters ?? {}), [stack], path, session);
  reportRefusedValues(stack, path);
  const stacks = allStacks(stack);
  if (stacks === undefined) return;
  const exports = stacks.flatMap((one) => importsIn(one.input.template));
  const exact = exports.flatMap(([name = '', ...rest]) => (rest.length === 0 ? [name] : []));
  for (const name of Object.keys(options.imports ?? {}))
    if (!exports.some((one) => matches(name, one)))
      reportUnused(session, `options.imports.${name}`, `the template imports no ${name}`, name, exact);
  const names = stacks.flatMap((one) => nestedIn(one).flatMap(templateNames));
  const ids = stacks.flatMap((one) => nestedIn(one).map(({ id }) => id));
  for (const name of Object.keys(options.nested ?? {}))
    if (!names.includes(name))
      reportUnused(session, `options.nested.${name}`, `there is no nested stack ${name}`, name, ids);
}

const nestedIn = (stack: Stack) => [...stack.resources.values()].filter(({ type }) => type === nestedType);

/** A stack and all that are nested in it; undefined where a condition keeps one closed, so that what it takes is not known. */
function allStacks(stack: Stack): readonly Stack[] | undefined {
  const all = [stack];
  for (const resource of nestedIn(stack)) {
    if (resource.exists === false) return undefined;
    const child = stack.child(resource);
    if (child === undefined) continue;
    const below = allStacks(child);
    if (below === undefined) return undefined;
    all.push(...below);
  }
  return all;
}

/** The name of an export as it is written: texts between those that are not known. */
type WrittenName = readonly string[];

/** The names of all exports that a template may import. */
function importsIn(value: unknown): readonly WrittenName[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]): readonly WrittenName[] =>
    name === 'Fn::ImportValue'
      ? [writtenName(member)]
      : name === 'Fn::GetStackOutput'
        ? [writtenOutput(member)]
        : importsIn(member),
  );
}

/** `stack.Output` */
function writtenOutput(written: unknown): WrittenName {
  const { StackName, OutputName } = (written ?? {}) as { StackName?: unknown; OutputName?: unknown };
  const [stack, output] = [writtenName(StackName), writtenName(OutputName)];
  const [first = '', ...rest] = output;
  return [...stack.slice(0, -1), `${stack.at(-1) ?? ''}.${first}`, ...rest];
}

/** What other functions make may be any name. */
function writtenName(written: unknown): WrittenName {
  if (typeof written === 'string') return [written];
  const sub = (written as { 'Fn::Sub'?: unknown } | null)?.['Fn::Sub'];
  const [text]: readonly unknown[] = Array.isArray(sub) ? sub : [sub];
  return typeof text === 'string' ? text.split(/\$\{[^}]*\}/) : ['', ''];
}

function matches(name: string, [first = '', ...rest]: WrittenName): boolean {
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

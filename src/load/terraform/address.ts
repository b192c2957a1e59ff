import type { InstanceKey } from './terraform-resource.js';

/** One step of an address or reference: a name, or the key of an instance. */
export type Step = { readonly name: string } | { readonly key: InstanceKey };

/** `module.a["x.y"].aws_iam_role.r[0].arn` as steps; undefined for text that is no reference. A splat is a name `*`. */
export function parseSteps(text: string): readonly Step[] | undefined {
  const token = /\.?(?:([\p{L}_][\p{L}\p{N}_-]*|\*)|(\d+)(?=\.|\[|$))|\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\]/uy;
  const steps: Step[] = [];
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) return undefined;
    const [, name, legacy, quoted, digits] = found;
    if (name !== undefined) steps.push({ name });
    else if (quoted !== undefined) steps.push({ key: unquote(quoted) });
    else steps.push({ key: Number(legacy ?? digits) });
  }
  return steps;
}

const unquote = (text: string): string => text.replace(/\\(.)/g, '$1');

/** An address below its module instance. */
export const withoutModules = (address: string): string =>
  address.replace(/^(?:module\.[\p{L}_][\p{L}\p{N}_-]*(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)+/u, '');

/** The names of the modules on the way to an instance, without its keys: `module.a["x"].module.b` is `a`, `b`. */
export function moduleNames(module: string): readonly string[] | undefined {
  const names = parseSteps(module)?.flatMap((step) => ('name' in step ? [step.name] : []));
  // A module may be called `module` too: names stand at the odd places.
  return names?.filter((_, i) => i % 2 === 1);
}

/** The instance that a module instance stands in, the name it is called by there, and its key. */
export function moduleCall(
  module: string,
): { readonly parent: string; readonly name: string; readonly key?: InstanceKey } | undefined {
  const found = /^(?:(.*)\.)?module\.([\p{L}_][\p{L}\p{N}_-]*)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?$/u.exec(
    module,
  );
  if (found === null) return undefined;
  const [, parent = '', name = '', bracket] = found;
  const last = bracket === undefined ? undefined : parseSteps(bracket)?.[0];
  return { parent, name, ...(last !== undefined && 'key' in last ? { key: last.key } : {}) };
}

/** `["x"]` or `[0]`, as addresses have it. */
export const bracket = (key: InstanceKey): string =>
  typeof key === 'number' ? `[${key}]` : `["${key.replace(/["\\]/g, '\\$&')}"]`;

/** The references of an expression, without the shorter ones that Terraform adds for each: `r.arn` is followed by `r`. */
export function primaryReferences(references: readonly string[]): readonly string[] {
  const out: string[] = [];
  let last: string | undefined;
  for (const reference of references) {
    const implied =
      last !== undefined &&
      last.length > reference.length &&
      last.startsWith(reference) &&
      /^[.[]/.test(last.slice(reference.length));
    if (implied) continue;
    out.push(reference);
    last = reference;
  }
  return out;
}

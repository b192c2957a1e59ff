import { expandLoops } from '../for-each.js';
import { type Finding, Undecided, type Value } from '../symbolic.js';
import { isRaw, type Raw } from './policies.js';

/**
 * The resources with their loops over serverless resources written out, as AWS::LanguageExtensions does before the serverless transform.
 * What a parameter or a mapping holds is not known yet: such a loop is said.
 */
export function withoutLoops(
  resources: Raw,
  path: (below: string) => string,
  report: (finding: Finding) => void,
): Raw {
  const isLoop = (name: string, loop: unknown) =>
    name.startsWith('Fn::ForEach::') && JSON.stringify(loop).includes('"AWS::Serverless::');
  if (!Object.entries(resources).some(([name, loop]) => isLoop(name, loop))) return resources;
  const out: Record<string, unknown> = Object.create(null);
  for (const [name, one] of Object.entries(resources)) {
    const where = path(`Resources.${name}`);
    const written = isLoop(name, one) ? writtenOut(name, one, where) : { [name]: one };
    if (written === undefined) {
      const message =
        'serverless resources in a loop over what is not a literal list are not written out: nothing of them is in the estate';
      const hint = 'load the processed template, or write the list into the loop';
      report({ code: 'unsupportedFunction', path: where, message, hint });
    }
    Object.assign(out, written ?? { [name]: one });
  }
  return out;
}

/** What a loop makes; undefined where it, or a loop in it, does not say over what. */
function writtenOut(name: string, loop: unknown, path: string): Raw | undefined {
  let open = false;
  const found = expandLoops({ [name]: loop }, path, literal, () => {
    open = true;
  });
  return open || !isRaw(found) ? undefined : found;
}

/** A value that is written out; a function is none. */
function literal(node: unknown, path: string): Value {
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean') return node;
  if (Array.isArray(node)) return node.map((one) => literal(one, path));
  if (isRaw(node) && !Object.keys(node).some((key) => key === 'Ref' || key.startsWith('Fn::')))
    return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, literal(one, path)]));
  const message = 'this is not written out';
  return new Undecided(path, { code: 'missingValue', path, message, hint: 'write it out' });
}

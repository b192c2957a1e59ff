import { reportRefusedValues, reportUnusedParameters } from './given-parameters.js';
import { prepareTemplate } from './prepare.js';
import type { Resource } from './resource.js';
import { madeEnd } from './resource-names.js';
import type { Place } from './settings.js';
import { settingsOf } from './settings.js';
import { Stack, type StackInput } from './stack.js';
import { asPlain, isObject, type Value } from './symbolic.js';

/** Templates by logical id of the nested stack, by URL, or by file name. */
export type NestedTemplates = Readonly<Record<string, unknown>>;

/** Stacks in stacks in stacks; a template that holds itself ends here. */
const deepest = 20;

export const nestedStacks =
  (templates: NestedTemplates, place: Place, depth = 1): StackInput['nested'] =>
  (parent, resource) => {
    const raw = templateOf(templates, resource);
    if (raw === undefined || depth > deepest) return undefined;
    const { session } = parent;
    const given = resource.get('Parameters');
    const parameters = new Map<string, Value>(isObject(given) ? Object.entries(given) : []);
    const shortStackName = `${parent.settings.stackName}-${resource.id}`;
    const stackName = `${shortStackName}${madeEnd}`;
    const stack = new Stack({
      template: prepareTemplate(raw, resource.path, session),
      settings: settingsOf({ ...place, stackName }, session),
      session,
      parameters,
      imports: parent.input.imports,
      prefix: `${shortStackName}/`,
      path: resource.path,
      parent,
      nested: nestedStacks(templates, place, depth + 1),
    });
    const path = resource.pathOf('Parameters');
    reportUnusedParameters(parameters.keys(), [stack], path, session);
    reportRefusedValues(stack, path);
    return stack;
  };

/** What the template of a nested stack may be given by. */
export function templateNames(resource: Resource): readonly string[] {
  const metadata = resource.raw.Metadata as { 'aws:asset:path'?: unknown } | undefined;
  const asset = metadata?.['aws:asset:path'];
  const named = [
    resource.id,
    asPlain(resource.get('TemplateURL')),
    typeof asset === 'string' ? asset : undefined,
  ];
  return named.flatMap((name) => {
    if (name === undefined) return [];
    const short = name.replace(/^\.\//, '');
    return [name, short, short.slice(short.lastIndexOf('/') + 1)];
  });
}

function templateOf(templates: NestedTemplates, resource: Resource): unknown {
  const found = templateNames(resource).find(
    (name) => Object.hasOwn(templates, name) && templates[name] !== undefined && templates[name] !== null,
  );
  return found === undefined ? undefined : templates[found];
}

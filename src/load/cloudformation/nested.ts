import { prepareTemplate } from './prepare.js';
import type { Resource } from './resource.js';
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
    const stackName = `${parent.settings.stackName}-${resource.id}`;
    return new Stack({
      template: prepareTemplate(raw, resource.path, session),
      settings: settingsOf({ ...place, stackName }, session),
      session,
      parameters,
      imports: parent.input.imports,
      prefix: `${stackName}/`,
      path: resource.path,
      parent,
      nested: nestedStacks(templates, place, depth + 1),
    });
  };

function templateOf(templates: NestedTemplates, resource: Resource): unknown {
  const own = (name: string | undefined): unknown =>
    name !== undefined && Object.hasOwn(templates, name) ? templates[name] : undefined;
  const metadata = resource.raw.Metadata as { 'aws:asset:path'?: unknown } | undefined;
  const asset = metadata?.['aws:asset:path'];
  const named = [
    resource.id,
    asPlain(resource.get('TemplateURL')),
    typeof asset === 'string' ? asset : undefined,
  ];
  for (const name of named) {
    if (name === undefined) continue;
    const short = name.replace(/^\.\//, '');
    const base = short.slice(short.lastIndexOf('/') + 1);
    const found = own(name) ?? own(short) ?? own(base);
    if (found !== undefined) return found;
  }
  return undefined;
}

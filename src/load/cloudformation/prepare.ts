import { plainWord } from './plain-word.js';
import { readTemplate, refuse } from './read-template.js';
import { expandServerless } from './serverless/expand.js';
import type { Session } from './session.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Macros of AWS that change nothing about access, or that are done here. */
const harmless = new Set([
  'AWS::Serverless-2016-10-31',
  'AWS::LanguageExtensions',
  'AWS::CodeDeployBlueGreen',
]);

/** What a template is made of. CloudFormation refuses every other member. */
const sections = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Constants',
  'Description',
  'Fn::Transform',
  'Globals',
  'Hooks',
  'Mappings',
  'Metadata',
  'Modules',
  'Outputs',
  'Packages',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
]);

/** Apps hold stacks without a resource, such as those that only assert something; what is no template at all is refused. */
function resourcesOf(
  template: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const { Resources: written } = template;
  if (isRecord(written)) return written;
  const names = Object.keys(template);
  const isTemplate = names.length > 0 && names.every((name) => sections.has(name));
  return written === undefined && isTemplate ? {} : undefined;
}

/** A template as data, with the transforms done that are known here. */
export function prepareTemplate(
  raw: unknown,
  path: string,
  session: Session,
): Readonly<Record<string, unknown>> {
  const { value, findings } = readTemplate(raw, path === '' ? (session.file ?? 'template') : path);
  for (const finding of findings) session.report(finding);
  const resources = resourcesOf(value);
  if (resources === undefined) {
    const hint = 'pass a whole CloudFormation template';
    refuse('the template has no Resources', hint, { path: path === '' ? 'Resources' : `${path}.Resources` });
  }
  const transforms = Array.isArray(value.Transform) ? value.Transform : [value.Transform];
  for (const transform of [...transforms, resources['Fn::Transform'], value['Fn::Transform']]) {
    const name = isRecord(transform) ? transform.Name : transform;
    if (name === undefined || name === null || harmless.has(plainWord(name))) continue;
    session.report({
      code: 'unsupportedFunction',
      path: path === '' ? 'Transform' : `${path}.Transform`,
      message: `the macro ${plainWord(name) || 'here'} runs only in AWS, and may change every resource`,
      hint: 'load the processed template (aws cloudformation get-template --template-stage Processed)',
    });
  }
  for (const name of Object.keys(isRecord(value.Modules) ? value.Modules : {})) {
    session.report({
      code: 'unsupportedType',
      path: path === '' ? `Modules.${name}` : `${path}.Modules.${name}`,
      message: `${name} is a module: its resources are not in the estate`,
      hint: 'load the packaged template (aws cloudformation package)',
    });
  }
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  return expandServerless(value, below, (finding) => session.report(finding));
}

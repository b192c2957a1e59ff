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

/** A template as data, with the transforms done that are known here. */
export function prepareTemplate(
  raw: unknown,
  path: string,
  session: Session,
): Readonly<Record<string, unknown>> {
  const { value, findings } = readTemplate(raw, path === '' ? (session.file ?? 'template') : path);
  for (const finding of findings) session.report(finding);
  if (!isRecord(value.Resources)) {
    const hint = 'pass a whole CloudFormation template';
    refuse('the template has no Resources', hint, { path: path === '' ? 'Resources' : `${path}.Resources` });
  }
  const transforms = Array.isArray(value.Transform) ? value.Transform : [value.Transform];
  for (const transform of [...transforms, value.Resources['Fn::Transform'], value['Fn::Transform']]) {
    const name = isRecord(transform) ? transform.Name : transform;
    if (name === undefined || name === null || harmless.has(String(name))) continue;
    session.report({
      code: 'unsupportedFunction',
      path: path === '' ? 'Transform' : `${path}.Transform`,
      message: `the macro ${String(name)} runs only in AWS, and may change every resource`,
      hint: 'load the processed template (aws cloudformation get-template --template-stage Processed)',
    });
  }
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  return expandServerless(value, below, (finding) => session.report(finding));
}

import { callsAccess } from '../access-commands.js';
import { checkChanges } from '../unread-words.js';
import type { Resource } from './resource.js';
import { shapes } from './shapes.js';
import type { Stack } from './stack.js';
import { policyIn } from './unknown-types.js';

/** The resources of a stack that code of somebody else makes, where their names or settings tell that it changes who has access. */
export function reportCustomResources(stack: Stack): void {
  const found = [...stack.resources.values()].filter((one) => one.exists !== false && isSuspect(one));
  const [first] = found;
  if (first === undefined) return;
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
  stack.session.report({
    code: 'unsupportedType',
    path: first.path,
    message: `${first.id} is made by code of its own, which may change who has access${more}`,
    hint: checkChanges,
  });
}

const isCustom = (type: string): boolean =>
  /^Custom::|^AWS::CloudFormation::CustomResource$/.test(type) ||
  !/^(?:AWS|Alexa)::|::MODULE$|^LocalModule$/.test(type);

function isSuspect({ type, raw }: Resource): boolean {
  if (type === '' || !isCustom(type) || shapes.has(type)) return false;
  // One whose policy can be seen is said by itself.
  if (policyIn(raw.Properties, '', 0) !== undefined) return false;
  return /iam|role|polic|permission|grant/i.test(type) || callsAccess(JSON.stringify(raw.Properties ?? {}));
}

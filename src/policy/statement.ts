import { readActions } from './action.js';
import { readConditions } from './condition-block.js';
import { grammars } from './grammar.js';
import type { ConditionLine, PolicyKind, Statement } from './policy.js';
import { readPrincipalElement } from './principal-element.js';
import { own, type Reader, unknownMembers } from './reader.js';
import { readResources } from './resource.js';

/** Most statements have no conditions. */
const none: readonly ConditionLine[] = Object.freeze([]);

const statementMembers = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** One statement; undefined when it is no object. */
export function readStatement(
  reader: Reader,
  value: unknown,
  index: number,
  kind: PolicyKind,
  path: string,
  variables: boolean,
): Statement | undefined {
  const members = reader.object(value, path, 'the statement');
  if (members === undefined) return undefined;
  const grammar = grammars[kind];
  const has = (name: string) => own(members, name) !== undefined;
  unknownMembers(reader, members, statementMembers, path);
  const effect = own(members, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny')
    reader.fail(`${path}.Effect`, 'ERR_IAM_VALUE', 'Effect is not Allow or Deny', 'write "Allow" or "Deny"'); // L15
  const sid = own(members, 'Sid');
  if (has('Sid') && typeof sid !== 'string')
    reader.fail(`${path}.Sid`, 'ERR_IAM_TYPE', 'Sid is not a string', 'write a string');
  else if (grammar.strictSid && typeof sid === 'string' && !/^[A-Za-z0-9]*$/.test(sid)) {
    reader.fail(
      `${path}.Sid`,
      'ERR_IAM_VALUE',
      `the Sid \`${sid}\` has characters other than letters and digits`,
      'use only A-Z, a-z, 0-9',
    ); // L16
  }
  for (const name of ['Action', 'Resource', 'Principal']) {
    if (has(name) && has(`Not${name}`))
      reader.fail(path, 'ERR_IAM_CONFLICT', `${name} and Not${name} stand together`, 'keep one of them'); // L14
  }
  const notAction = has('NotAction');
  const actionName = notAction ? 'NotAction' : 'Action';
  if (!has(actionName))
    reader.fail(path, 'ERR_IAM_MISSING_MEMBER', 'there is no Action', 'write Action or NotAction');
  const actions = has(actionName)
    ? readActions(reader, own(members, actionName), `${path}.${actionName}`)
    : [];

  const notResource = has('NotResource');
  const resourceName = notResource ? 'NotResource' : 'Resource';
  let resources: string[] | undefined;
  if (!has(resourceName)) {
    if (grammar.resource === 'required')
      reader.fail(path, 'ERR_IAM_MISSING_MEMBER', 'there is no Resource', 'write Resource or NotResource');
  } else if (grammar.resource === 'forbidden') {
    reader.fail(
      `${path}.${resourceName}`,
      'ERR_IAM_FORBIDDEN_ELEMENT',
      'a role trust policy has no Resource',
      'leave it out',
    );
  } else
    resources = readResources(reader, own(members, resourceName), `${path}.${resourceName}`, kind, variables);

  const notPrincipal = has('NotPrincipal');
  const principals = readPrincipalElement(reader, members, kind, path);
  if (kind === 'resourceControlPolicies') {
    const whole =
      effect === 'Allow' &&
      !notAction &&
      actions.join() === '*' &&
      resources?.join() === '*' &&
      !notResource &&
      !has('Condition');
    if (notAction)
      reader.fail(
        `${path}.NotAction`,
        'ERR_IAM_FORBIDDEN_ELEMENT',
        'a resource control policy has no NotAction',
        'write Action',
      );
    else if (effect === 'Allow' && !whole)
      reader.fail(`${path}.Effect`, 'ERR_IAM_VALUE', 'a resource control policy only denies', 'write "Deny"'); // E96
  }
  const conditions = has('Condition')
    ? readConditions(reader, own(members, 'Condition'), `${path}.Condition`)
    : none;
  return {
    index,
    path,
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    notPrincipal,
    actions,
    notAction,
    notResource,
    conditions,
    ...(typeof sid === 'string' ? { sid } : {}),
    ...(principals === undefined ? {} : { principals }),
    ...(resources === undefined ? {} : { resources }),
  };
}

import { isPlainObject } from '../value/plain.js';
import { readActions } from './action.js';
import { readConditions } from './condition-block.js';
import { grammars } from './grammar.js';
import type { ConditionLine, PolicyKind, Statement } from './policy.js';
import { readPrincipalElement } from './principal-element.js';
import { type Reader, unknownMembers } from './reader.js';
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
  if (!isPlainObject(value)) {
    reader.object(value, path, 'the statement');
    return undefined;
  }
  let sid: unknown;
  let effect: unknown;
  let principal: unknown;
  let notPrincipal: unknown;
  let action: unknown;
  let notAction: unknown;
  let resource: unknown;
  let notResource: unknown;
  let condition: unknown;
  let others = false;
  // Asking an object what it has is dear: once for all members, which are then read once each.
  const names = Object.getOwnPropertyNames(value);
  for (let i = 0; i < names.length; i++) {
    switch (names[i]) {
      case 'Sid':
        sid = value.Sid;
        break;
      case 'Effect':
        effect = value.Effect;
        break;
      case 'Principal':
        principal = value.Principal;
        break;
      case 'NotPrincipal':
        notPrincipal = value.NotPrincipal;
        break;
      case 'Action':
        action = value.Action;
        break;
      case 'NotAction':
        notAction = value.NotAction;
        break;
      case 'Resource':
        resource = value.Resource;
        break;
      case 'NotResource':
        notResource = value.NotResource;
        break;
      case 'Condition':
        condition = value.Condition;
        break;
      default:
        others = true;
    }
  }
  if (others) unknownMembers(reader, value, statementMembers, path);
  const grammar = grammars[kind];
  if (effect !== 'Allow' && effect !== 'Deny')
    reader.fail(`${path}.Effect`, 'ERR_IAM_VALUE', 'Effect is not Allow or Deny', 'write "Allow" or "Deny"'); // L15
  if (sid !== undefined && typeof sid !== 'string')
    reader.fail(`${path}.Sid`, 'ERR_IAM_TYPE', 'Sid is not a string', 'write a string');
  else if (grammar.strictSid && sid !== undefined && !/^[A-Za-z0-9]*$/.test(sid)) {
    reader.fail(
      `${path}.Sid`,
      'ERR_IAM_VALUE',
      `the Sid \`${sid}\` has characters other than letters and digits`,
      'use only A-Z, a-z, 0-9',
    ); // L16
  }
  exclusive(reader, path, 'Action', action, notAction);
  exclusive(reader, path, 'Resource', resource, notResource);
  exclusive(reader, path, 'Principal', principal, notPrincipal);

  const negatedAction = notAction !== undefined;
  const actionValue = negatedAction ? notAction : action;
  let actions: string[];
  if (actionValue === undefined) {
    reader.fail(path, 'ERR_IAM_MISSING_MEMBER', 'there is no Action', 'write Action or NotAction');
    actions = [];
  } else actions = readActions(reader, actionValue, path, negatedAction ? '.NotAction' : '.Action');

  const negatedResource = notResource !== undefined;
  const resourceValue = negatedResource ? notResource : resource;
  const resourceMember = negatedResource ? '.NotResource' : '.Resource';
  let resources: string[] | undefined;
  if (resourceValue === undefined) {
    if (grammar.resource === 'required')
      reader.fail(path, 'ERR_IAM_MISSING_MEMBER', 'there is no Resource', 'write Resource or NotResource');
  } else if (grammar.resource === 'forbidden') {
    reader.fail(
      path + resourceMember,
      'ERR_IAM_FORBIDDEN_ELEMENT',
      'a role trust policy has no Resource',
      'leave it out',
    );
  } else resources = readResources(reader, resourceValue, path, resourceMember, kind, variables);

  const principals = readPrincipalElement(reader, principal, notPrincipal, effect, kind, path);
  if (kind === 'resourceControlPolicies') {
    const whole =
      effect === 'Allow' &&
      actions.join() === '*' &&
      resources?.join() === '*' &&
      !negatedResource &&
      condition === undefined;
    if (negatedAction)
      reader.fail(
        `${path}.NotAction`,
        'ERR_IAM_FORBIDDEN_ELEMENT',
        'a resource control policy has no NotAction',
        'write Action',
      );
    else if (effect === 'Allow' && !whole)
      reader.fail(`${path}.Effect`, 'ERR_IAM_VALUE', 'a resource control policy only denies', 'write "Deny"'); // E96
  }
  const statement: Mutable<Statement> = {
    index,
    path,
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    notPrincipal: notPrincipal !== undefined,
    actions,
    notAction: negatedAction,
    notResource: negatedResource,
    conditions: condition === undefined ? none : readConditions(reader, condition, path),
  };
  if (typeof sid === 'string') statement.sid = sid;
  if (principals !== undefined) statement.principals = principals;
  if (resources !== undefined) statement.resources = resources;
  return statement;
}

type Mutable<T> = { -readonly [member in keyof T]: T[member] };

/** An element and its negation exclude each other (L14). */
function exclusive(reader: Reader, path: string, name: string, element: unknown, negated: unknown): void {
  if (element !== undefined && negated !== undefined)
    reader.fail(path, 'ERR_IAM_CONFLICT', `${name} and Not${name} stand together`, 'keep one of them');
}

import { describe, expect, it } from 'vitest';
import { readStatementOf, wrong } from './build.js';

const noAction = (text: string, path = '.Action') => [
  'ERR_IAM_ACTION',
  path,
  `\`${text}\` is no action`,
  'write `prefix:Name`, with wildcards only in the name',
];

describe('L23-L29: actions that are accepted, as written', () => {
  it.each([
    '*',
    '*:*',
    's3:*',
    's3:Get?bject*',
    'S3:getobject',
    'execute-api:Invoke',
    'a.b-9:X',
    'nosuch:Thing',
    's3:GetObject ',
    's3:Get, Put',
    's3:Get\nObject',
    's3:${x}',
    's3:é',
  ])('%j', (Action) => {
    for (const [list, name] of [
      [Action, 'Action'],
      [[Action], 'Action'],
      [Action, 'NotAction'],
    ] as const) {
      const { policy, issues } = readStatementOf('identityPolicies', { Action: undefined, [name]: list });
      expect(issues).toEqual([]);
      expect(policy.statements[0]).toMatchObject({ actions: [Action], notAction: name === 'NotAction' });
    }
  });
});

describe('L23, L24: strings that are no action', () => {
  it.each([
    '',
    's3',
    '**',
    ':',
    ':Get',
    's3:',
    's3:Get:Object',
    '*:Get*',
    '*:',
    's3*:Get',
    's?:Get',
    's_3:Get',
    's 3:Get',
    ' s3:Get',
    '*:*:*',
    ' *',
    'é:Get',
  ])('%j', (Action) => {
    expect(wrong('identityPolicies', { Action })).toEqual([noAction(Action)]);
    expect(wrong('identityPolicies', { Action: undefined, NotAction: ['s3:Get', Action] })).toEqual([
      noAction(Action, '.NotAction'),
    ]);
  });

  it('each wrong one is named, cut to 200 characters', () => {
    const long = 'x'.repeat(300);
    expect(wrong('identityPolicies', { Action: [long, 's3:Get', 'y'] })).toEqual([
      noAction(long.slice(0, 200)),
      noAction('y'),
    ]);
  });
});

describe('L18, L20: lists', () => {
  it.each(['Action', 'NotAction'])('an empty list of %s', (name) => {
    expect(wrong('identityPolicies', { Action: undefined, [name]: [] })).toEqual([
      ['ERR_IAM_VALUE', `.${name}`, 'the list is empty', 'name an action'],
    ]);
  });

  const noString = (path: string) => [
    'ERR_IAM_TYPE',
    path,
    'the action is not a string',
    'write a string or a list of strings',
  ];
  it.each([7, null, {}, true])('%j is no string, nor in a list', (Action) => {
    expect(wrong('identityPolicies', { Action })).toEqual([noString('.Action')]);
    expect(wrong('identityPolicies', { Action: ['s3:Get', Action] })).toEqual([noString('.Action[1]')]);
  });

  it('a list in a list, and a hole', () => {
    expect(wrong('identityPolicies', { Action: [['s3:Get'], undefined] })).toEqual([
      noString('.Action[0]'),
      noString('.Action[1]'),
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../../src/plan/decide.js';
import { ActionIndex } from '../../src/plan/lookup.js';
import { parseRequest } from '../../src/request/parse.js';
import { applies, ask, input, type Members, planOf, plansOf, statement } from './build.js';

/** An index of identity statements with these actions; `!` before one makes a NotAction. */
function indexOf(...actions: (string | string[])[]) {
  const plans = plansOf({
    Statement: actions.map((one): Members => {
      const [first] = [one].flat();
      const element = first!.startsWith('!') ? { NotAction: first!.slice(1) } : { Action: one };
      return { Effect: 'Allow', Resource: '*', ...element };
    }),
  });
  const index = new ActionIndex(plans);
  const offered = (action: string) => index.candidates(ask({ action })).map(({ source }) => source.index);
  return { index, offered };
}

describe('ActionIndex', () => {
  it.each([
    [['*'], 's3:GetObject', [0]],
    [['*:*'], 's3:GetObject', [0]],
    [['s3:*'], 's3:GetObject', [0]],
    [['s3:Put*'], 's3:GetObject', []],
    [['s3:?etObject'], 's3:GetObject', [0]],
    [['S3:GETOBJECT'], 's3:GetObject', [0]],
    [['s3:GetObject'], 'S3:getobject', [0]],
    [['s3:GetObject'], 's3:GetObjectAcl', []],
    [['s3:GetObject'], 'ec2:GetObject', []],
    [['ec2:*'], 's3:GetObject', []],
    [['!s3:*'], 's3:GetObject', []],
    [['!s3:*'], 'ec2:RunInstances', [0]],
    [['!ec2:RunInstances'], 'ec2:RunInstances', []],
    [['!ec2:RunInstances'], 'ec2:StopInstances', [0]],
    [['ec2:*', 's3:*', 's3:GetObject', '*', '!s3:*', 's3:PutObject'], 's3:GetObject', [1, 2, 3]],
    [['s3:GetObject', '*', 's3:*', 's3:GetObject'], 's3:GetObject', [0, 1, 2, 3]],
    [[], 's3:GetObject', []],
  ])('of %j, for %s: %j', (actions, action, expected) => {
    expect(indexOf(...(actions.length === 0 ? ['ec2:*'] : actions)).offered(action)).toEqual(expected);
  });

  it('offers a statement once, however many of its actions may match', () => {
    const { index, offered } = indexOf(['s3:GetObject', 's3:*', 's3:Get*', '*', 's3:GetObject'], 'ec2:*');
    expect(offered('s3:GetObject')).toEqual([0]);
    expect(index.usage).toEqual({ offered: 1, skipped: 1 });
    expect(indexOf('ec2:*', ['s3:Get*', 's3:List*'], 's3:*').offered('s3:GetObject')).toEqual([1, 2]);
    expect(indexOf('ec2:*', ['s3:GetObject', 'S3:GETOBJECT']).offered('s3:GetObject')).toEqual([1]);
    expect(indexOf(['*', '*:*'], 's3:GetObject').offered('ec2:RunInstances')).toEqual([0]);
  });

  it('keeps the order of the documents, past ten as well', () => {
    const actions = Array.from({ length: 12 }, (_, i) =>
      i % 3 === 0 ? 's3:GetObject' : i % 3 === 1 ? '*' : 's3:*',
    );
    expect(indexOf(...actions).offered('s3:GetObject')).toEqual(actions.map((_, i) => i));
  });

  it('answers the first question about a long list, which goes through it, as it answers later ones', () => {
    const kinds = [
      's3:GetObject',
      'S3:Get*',
      ['ec2:*', 's3:*', 's3:GetObject'],
      '*',
      '!ec2:*',
      'sqs:*',
      's3:PutObject',
    ];
    const actions = Array.from({ length: 40 }, (_, i) => kinds[i % kinds.length]!);
    const places = (...wanted: number[]) =>
      [...actions.keys()].filter((i) => wanted.includes(i % kinds.length));
    const asked: [string, number[]][] = [
      ['s3:GetObject', places(0, 1, 2, 3, 4)],
      ['sqs:SendMessage', places(3, 4, 5)],
      ['iam:GetUser', places(3, 4)],
    ];
    for (const first of asked) {
      const { offered } = indexOf(...actions);
      for (const [action, expected] of [first, ...asked, first]) expect(offered(action)).toEqual(expected);
    }
    const { offered } = indexOf(...Array.from({ length: 20 }, () => 's3:*'));
    expect([offered('sqs:x'), offered('sqs:x'), offered('s3:x')].map(({ length }) => length)).toEqual([
      0, 0, 20,
    ]);
  });

  it('of no statements offers none', () => {
    const index = new ActionIndex([]);
    expect(index.candidates(ask())).toEqual([]);
    expect(index.usage).toEqual({ offered: 0, skipped: 0 });
  });

  it('counts what it hands out and what it skips, each time', () => {
    const { index, offered } = indexOf('s3:*', 'ec2:*', '*');
    expect(index.usage).toEqual({ offered: 0, skipped: 0 });
    offered('s3:GetObject');
    expect(index.usage).toEqual({ offered: 2, skipped: 1 });
    offered('s3:GetObject');
    expect(index.usage).toEqual({ offered: 4, skipped: 2 });
    offered('sqs:SendMessage');
    expect(index.usage).toEqual({ offered: 5, skipped: 4 });
  });

  it('L13: offers every statement that applies, so that filtering changes no answer', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 8 }),
        fc.array(input, { minLength: 1, maxLength: 4 }),
        (all, asked) => {
          const plans = all.map((members) => planOf(members));
          const index = new ActionIndex(plans);
          let offered = 0;
          for (const one of asked) {
            const request = parseRequest(one);
            const candidates = index.candidates(request);
            const places = candidates.map((plan) => plans.indexOf(plan));
            expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
            expect(candidates).toEqual(plans.filter(({ parts }) => holds(parts[0]!.node, request)));
            const found = (list: typeof candidates) => list.filter((plan) => applies(plan, request));
            expect(found(candidates)).toEqual(found(plans));
            offered += candidates.length;
          }
          expect(index.usage).toEqual({ offered, skipped: plans.length * asked.length - offered });
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { Asking } from '../../src/combine/asking.js';
import type { KindOfAction } from '../../src/combine/plans-of-action.js';
import { allow, callers, deny, plansOf, policy, request } from './build.js';

const sizesOf = ({ allows, further }: KindOfAction) => [allows, ...further].map(({ size }) => size);
const user = (action: string) => request(callers.user, { action });

describe('Asking', () => {
  it('has one reading of a kind for all actions of which it says the same', () => {
    const plans = plansOf({
      serviceControlPolicies: [[policy(allow())], [policy(allow(), deny({ Action: 'sqs:Purge*' }))]],
      identityPolicies: [
        policy(allow({ Action: 'sqs:Send*' }), allow({ Action: ['sqs:Get*', 'sqs:Purge*'] })),
      ],
    });
    const of = (action: string) => new Asking(plans).of(user(action)).kinds;
    const known = new Asking(plans);
    const [send, get, purge, batch] = ['SendMessage', 'GetQueueUrl', 'PurgeQueue', 'SendMessageBatch'].map(
      (name) => known.of(user(`sqs:${name}`)).kinds,
    );
    expect(send!.serviceControlPolicies).toBe(get!.serviceControlPolicies);
    expect(send!.serviceControlPolicies).not.toBe(purge!.serviceControlPolicies);
    expect(send!.identityPolicies).toBe(batch!.identityPolicies);
    expect(get!.identityPolicies).toBe(purge!.identityPolicies);
    expect(send!.identityPolicies).not.toBe(get!.identityPolicies);
    // Shared or not, it is what the policies say.
    expect(purge).toEqual(of('sqs:PurgeQueue'));
    expect([purge!.serviceControlPolicies!.denies.size, send!.serviceControlPolicies!.denies.size]).toEqual([
      1, 0,
    ]);
  });

  it('tells levels apart, and statements that are written alike', () => {
    const one = policy(allow({ Action: 'sqs:Send*' }));
    const plans = plansOf({
      serviceControlPolicies: [[one, policy(allow({ Action: 'sqs:Get*' }))], [policy(allow())]],
    });
    const swapped = plansOf({
      serviceControlPolicies: [[policy(allow())], [one, policy(allow({ Action: 'sqs:Get*' }))]],
    });
    for (const set of [plans, swapped]) {
      const known = new Asking(set);
      const [send, get, purge] = ['SendMessage', 'GetQueueUrl', 'PurgeQueue'].map(
        (name) => known.of(user(`sqs:${name}`)).kinds.serviceControlPolicies!,
      );
      expect(send).not.toBe(get);
      expect([send, get].map((kind) => sizesOf(kind!))).toEqual([
        [1, 1],
        [1, 1],
      ]);
      expect(purge!.open).toBe(false);
      expect(sizesOf(purge!).sort()).toEqual([0, 1]);
    }
  });

  it('is not mixed up where an action was asked of other policies before', () => {
    const sets = [allow(), deny()].map((one) => new Asking(plansOf({ identityPolicies: [policy(one)] })));
    const asked = user('sqs:SendMessage');
    for (const set of [...sets, ...sets]) expect(set.of(asked)).toBe(set.of(user('sqs:SendMessage')));
    expect(sets.map((set) => set.of(asked).denying(asked, undefined))).toEqual([
      undefined,
      'identityPolicies',
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestNames } from '../../src/account/closest.js';

describe('the closest names', () => {
  it('come first in another letter case, then as parts of one another, then with letters changed', () => {
    const names = ['deploy-role', 'deplay', 'other', 'DEPLOY'];
    expect(closestNames('deploy', names)).toEqual(['DEPLOY', 'deploy-role', 'deplay']);
  });

  it('of the same distance stand in the order of their letters, each once', () => {
    expect(closestNames('app', ['apx', 'apb', 'apx', 'apa'])).toEqual(['apa', 'apb', 'apx']);
  });

  it('are at most eight, and the order in which names are given does not matter', () => {
    const name = fc.stringMatching(/^[abAB]{1,4}$/);
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 20 }), (wanted, names) => {
        const found = closestNames(wanted, names);
        expect(found.length).toBeLessThanOrEqual(8);
        expect(closestNames(wanted, [...names].reverse())).toEqual(found);
      }),
    );
  });

  it('of long names are those that hold one another, and letters are not counted', () => {
    const long = 'a'.repeat(121);
    expect(closestNames(long, [`${long}b`, `b${long.slice(1)}`])).toEqual([`${long}b`]);
    expect(closestNames('a'.repeat(100), [`b${long}`, `${'a'.repeat(120)}b`])).toHaveLength(2);
    expect(closestNames('a'.repeat(119), [`${'b'.repeat(121)}`])).toEqual([]);
  });
});

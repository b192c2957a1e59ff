import { describe, expect, it } from 'vitest';
import { grammars } from '../../src/policy/grammar.js';
import { kinds } from './build.js';

describe('L22, E96: the table of kinds', () => {
  it('has each kind, in the order in which hints name them', () => {
    expect(Object.keys(grammars)).toEqual([...kinds]);
  });

  it.each([
    ['identityPolicies', 'forbidden', false, 'required', true, 'padded', true, false],
    ['permissionsBoundary', 'forbidden', false, 'required', true, 'padded', true, false],
    ['sessionPolicies', 'forbidden', false, 'required', true, 'padded', true, false],
    ['resourcePolicy', 'required', true, 'optional', false, 'ifStar', false, false],
    ['trustPolicy', 'required', false, 'forbidden', false, 'ifStar', false, false],
    ['vpcEndpointPolicy', 'required', true, 'required', false, 'ifStar', false, false],
    ['serviceControlPolicies', 'forbidden', false, 'required', false, 'ifTrailingStar', false, true],
    ['resourceControlPolicies', 'required', false, 'required', false, 'refused', false, true],
  ] as const)(
    '%s',
    (kind, principal, notPrincipal, resource, strictSid, shortArn, strictArn, version2012) => {
      expect(grammars[kind]).toEqual({
        principal,
        notPrincipal,
        resource,
        strictSid,
        shortArn,
        strictArn,
        version2012,
      });
    },
  );
});

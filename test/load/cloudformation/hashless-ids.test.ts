import { describe, expect, it } from 'vitest';
import { loadCloudFormation } from '../../../src/load/index.js';

const role = (Metadata?: Record<string, unknown>) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
  ...(Metadata && { Metadata }),
});
const namesOf = (Resources: Record<string, unknown>) => {
  const { estate } = loadCloudFormation({ Resources }, { accountId: '111122223333', region: 'eu-west-1' });
  return (name: string) => {
    try {
      return estate.principal(name).names[0];
    } catch (error) {
      return (error as { issues: { message: string }[] }).issues[0]!.message;
    }
  };
};

describe('a logical id that CDK made', () => {
  it('goes by its name without the hash, in a template without construct paths', () => {
    const named = namesOf({ AppRole9F1A2B3C: role(), Plain: role() });
    expect(named('AppRole')).toBe('AppRole9F1A2B3C');
    expect(named('AppRole9F1A2B3C')).toBe('AppRole9F1A2B3C');
    expect(named('Plain')).toBe('Plain');
  });
  it('does not where something else is called so, or two would be', () => {
    expect(namesOf({ AppRole9F1A2B3C: role(), AppRole: role() })('AppRole')).toBe('AppRole');
    const twice = namesOf({ AppRole9F1A2B3C: role(), AppRole00000000: role() });
    expect(twice('AppRole')).toContain('is called `AppRole`');
    expect(twice('AppRole00000000')).toBe('AppRole00000000');
  });
  it('goes by its construct path where there is one', () => {
    const named = namesOf({ AppRole9F1A2B3C: role({ 'aws:cdk:path': 'App/Role/Resource' }) });
    expect(named('App/Role')).toBe('AppRole9F1A2B3C');
    expect(named('AppRole')).toContain('is called `AppRole`');
  });
  it('is told by eight letters of the hash and no fewer', () => {
    const named = namesOf({ AppRole9F1A2B3: role(), AppRole9f1a2b3c: role(), DEADBEEF: role() });
    expect(named('AppRole')).toContain('is called `AppRole`');
  });
});

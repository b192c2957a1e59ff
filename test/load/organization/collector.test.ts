import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadOrganization } from '../../../src/load/organization/load-organization.js';

const page = new URL('../../../docs/estates.md', import.meta.url);

/** Answers like the AWS CLI would for an organization with one unit and two accounts. */
const fake = `#!/usr/bin/env node
const words = process.argv.slice(2);
const value = (flag) => words[words.indexOf(flag) + 1];
const summary = (Id, Type) => ({ Id, Arn: 'arn:aws:organizations::aws:policy/x/' + Id, Name: Id, Type, AwsManaged: true });
const target = value('--target-id');
const answers = {
  'describe-organization': () => ({ Organization: { Id: 'o-abcd', MasterAccountId: '000000000000', FeatureSet: 'ALL' } }),
  'list-roots': () => ({ Roots: [{ Id: 'r-ab12', Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }, { Type: 'RESOURCE_CONTROL_POLICY', Status: 'PENDING_ENABLE' }] }] }),
  'list-policies-for-target': () => ({ Policies: [summary('p-FullAWSAccess', value('--filter')), ...(target.startsWith('ou-') ? [summary('p-deny', value('--filter'))] : [])] }),
  'describe-policy': () => ({ Policy: { PolicySummary: summary(value('--policy-id'), 'SERVICE_CONTROL_POLICY'), Content: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: value('--policy-id') === 'p-deny' ? 'Deny' : 'Allow', Action: '*', Resource: '*' }] }) } }),
  'list-organizational-units-for-parent': () => ({ OrganizationalUnits: value('--parent-id').startsWith('r-') ? [{ Id: 'ou-ab12-1', Name: 'Prod' }] : [] }),
  'list-accounts-for-parent': () => ({ Accounts: [{ Id: value('--parent-id').startsWith('r-') ? '000000000000' : '111111111111', Name: 'a' }] }),
};
console.log(JSON.stringify(answers[words[1]]()));
`;

it('what the collector of docs/estates.md writes is what the loader reads', () => {
  const [, script] = /^```js\n([\s\S]*?)^```$/m.exec(readFileSync(page, 'utf8'))!;
  const folder = mkdtempSync(join(tmpdir(), 'collector-'));
  try {
    writeFileSync(join(folder, 'aws'), fake);
    chmodSync(join(folder, 'aws'), 0o755);
    writeFileSync(join(folder, 'collect-organization.mjs'), script!);
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    const text = execFileSync('node', [join(folder, 'collect-organization.mjs')], { encoding: 'utf8', env });
    const { data, diagnostics } = loadOrganization(text);
    expect(diagnostics).toEqual([]);
    expect(data.organization).toMatchObject({ id: 'o-abcd', managementAccount: '000000000000' });
    expect(
      data.organization?.nodes.map(
        ({ id, parent, serviceControlPolicies: scps, resourceControlPolicies: rcps }) => [
          id,
          parent,
          scps,
          rcps,
        ],
      ),
    ).toEqual([
      ['r-ab12', null, ['p-FullAWSAccess'], []],
      ['ou-ab12-1', 'r-ab12', ['p-FullAWSAccess', 'p-deny'], []],
      ['111111111111', 'ou-ab12-1', ['p-FullAWSAccess'], []],
      ['000000000000', 'r-ab12', ['p-FullAWSAccess'], []],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

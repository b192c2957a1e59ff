import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { type Block, plan } from './plan-builder.js';

export const account = '111122223333';
export const options = { accountId: account, region: 'eu-west-1' };

/** What a file is read as, and what is said about it. */
export function read(input: object, more: object = options) {
  const { data, diagnostics } = loadTerraform(input, more);
  return { data, estate: new Estate(data), said: diagnostics.map(({ code, path }) => `${code} ${path}`) };
}

/** The same of a plan of these blocks. */
export const load = (...blocks: readonly Block[]) => read(plan({ blocks }));

/** What new things have that is known only after apply. */
export const fresh = { arn: true, id: true };

/** The policy of a resource that another account may use. */
export const shared = (action: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: action, Resource: '*' }],
  });

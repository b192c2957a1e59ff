// Evaluates docs/examples/demo.json in headless Chromium, with the built bundle and nothing else. Run after the build.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = new URL('../../', import.meta.url);
const { outputFiles } = buildSync({
  entryPoints: [new URL('dist/index.js', root).pathname],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  write: false,
});
const bundle = outputFiles[0].text;
const demo = readFileSync(new URL('docs/examples/demo.json', root), 'utf8');
const embed = (text) => JSON.stringify(text).replaceAll('<', '\\u003c');
const page = `<!doctype html><meta charset="utf-8"><body>waiting<script type="module">
  const url = URL.createObjectURL(new Blob([${embed(bundle)}], { type: 'text/javascript' }));
  const { evaluate, formatTrace } = await import(url);
  const { request, policies } = JSON.parse(${embed(demo)});
  document.body.textContent = formatTrace(evaluate({ request, policies }).explain());
</script>`;

const folder = mkdtempSync(join(tmpdir(), 'iam-verdict-page-'));
try {
  const file = join(folder, 'page.html');
  writeFileSync(file, page);
  const browser = process.env.CHROMIUM ?? 'chromium';
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}/profile`];
  const shown = execFileSync(browser, [...flags, '--virtual-time-budget=5000', '--dump-dom', `file://${file}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
  });
  const text = shown.slice(shown.indexOf('<body>') + 6, shown.indexOf('</body>'));
  if (!text.includes('DENIED (explicitDeny)')) throw new Error(`the page shows: ${text.slice(0, 300)}`);
  process.stdout.write(`the page shows: ${text.split('\n')[0]}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

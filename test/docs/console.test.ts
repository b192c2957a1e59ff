import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';

const root = new URL('../../', import.meta.url);

/** Words of a shell line: blanks separate, single quotes hold together, a backslash continues the line. */
function words(line: string): string[] {
  return [...line.replace(/\\\n/g, ' ').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain!,
  );
}

function print(command: string): string {
  const [program, ...argv] = words(command);
  expect(program).toBe('iam-verdict');
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const io = {
    stdout: write,
    stderr: write,
    readStdin: () => '',
    cwd: root.pathname,
    isTTY: false,
    colour: false,
  };
  run(argv, io);
  return out;
}

/** A `console` block: commands after `$`, each with what it prints. */
const answered = (block: string): string =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command] = /^(?:.*\\\n)*.*/.exec(part)!;
      return `$ ${command}\n${print(command!)}`;
    })
    .join('\n');

for (const page of ['README.md', 'docs/unknowns.md', 'docs/examples/README.md']) {
  it(`the shell output shown in ${page}`, () => {
    const file = new URL(page, root);
    const text = readFileSync(file, 'utf8');
    const fresh = text.replace(
      /^```console\n([\s\S]*?)^```$/gm,
      (_, block: string) => `\`\`\`console\n${answered(block)}\`\`\``,
    );
    if (process.env.UPDATE_DOCS === '1') writeFileSync(file, fresh);
    else expect(text).toBe(fresh);
  });
}

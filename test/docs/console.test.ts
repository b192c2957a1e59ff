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

async function print(command: string): Promise<string> {
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
  await run(argv, io);
  return out;
}

/** A `console` block: commands after `$`, each with what it prints. */
async function answered(block: string): Promise<string> {
  const parts: string[] = [];
  for (const part of block.split(/^\$ /m).slice(1)) {
    const [command] = /^(?:.*\\\n)*.*/.exec(part)!;
    parts.push(`$ ${command}\n${await print(command!)}`);
  }
  return parts.join('\n');
}

for (const page of ['README.md', 'docs/command-line.md', 'docs/unknowns.md', 'docs/examples/README.md']) {
  it(`the shell output shown in ${page}`, async () => {
    const file = new URL(page, root);
    const text = readFileSync(file, 'utf8');
    let fresh = text;
    for (const [whole, block] of text.matchAll(/^```console\n([\s\S]*?)^```$/gm)) {
      const printed = await answered(block!);
      fresh = fresh.replace(whole, () => `\`\`\`console\n${printed}\`\`\``);
    }
    if (process.env.UPDATE_DOCS === '1') writeFileSync(file, fresh);
    else expect(text).toBe(fresh);
  });
}

import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { docCommentSnippets, markdownSnippets, runSnippet } from './snippets.js';

const root = new URL('../../', import.meta.url);
const pages = ['README.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith('.md') && existsSync(new URL(name, root)))
  .flatMap((name) => markdownSnippets(new URL(name, root)));
const sources = readdirSync(new URL('src/', root), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => docCommentSnippets(new URL(`src/${name}`, root)));

it('there are snippets in pages and in doc comments', () => {
  expect(pages.length).toBeGreaterThan(3);
  expect(sources.length).toBeGreaterThan(3);
});

for (const snippet of [...pages, ...sources]) {
  it(snippet.name, () => {
    const { printed, promised } = runSnippet(snippet);
    expect(printed).toEqual(promised);
  });
}

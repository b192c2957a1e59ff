import { describe, expect, it } from 'vitest';
import { Estate } from '../../src/query/index.js';
import { coverageHtml, coverageOf, formatCoverage } from '../../src/testing/index.js';
import { allowed } from './asking.js';
import { estateOf, office } from './build.js';

const estate = estateOf();
const page = coverageHtml(coverageOf(estate, [allowed(estate, 'App', 's3:GetObject', 'Reports/x', office)]));

describe('the page', () => {
  it('shows totals, policies with file and path, and every value as decided or not', () => {
    expect(page).toContain('1 of 9 statements');
    expect(page).toContain('stack.yaml Resources.App.Properties.Policies[0].PolicyDocument.Statement[1]');
    expect(page).toContain('<code title="decided an assertion">s3:GetObject</code>');
    expect(page).toContain('<code class="none" title="decided nothing">s3:GetObjectVersion</code>');
    expect(page).toContain('statement 2 &quot;Keep&quot; (Deny) decided nothing');
  });
  it('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(
      /<(?:script|link|img|iframe|object)\b|\bsrc=|\bhref=|url\(|@import|https?:|\bon\w+=/i,
    );
    expect(page).toContain("default-src 'none'");
  });
  it('closes what it opens', () => {
    const open: string[] = [];
    for (const [, slash, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta', 'input', 'br'].includes(name!)) continue;
      if (slash === '/') expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });
});

it('whatever names hold is text', () => {
  const evil = `<img src=x onerror="alert('1')">&\u001b[31m\u202e`;
  const hostile = new Estate({
    principals: [
      {
        kind: 'user',
        arn: 'arn:aws:iam::111122223333:user/ana',
        account: '111122223333',
        name: 'ana',
        names: [evil],
        groups: [],
        policies: [
          {
            name: evil,
            origin: { file: evil, path: evil },
            document: {
              Version: '2012-10-17',
              Statement: {
                Sid: evil,
                Effect: 'Allow',
                Action: 's3:*',
                Resource: evil,
                Condition: { StringEquals: { [evil]: evil } },
              },
            },
          },
        ],
      },
    ],
  });
  const coverage = coverageOf(hostile, []);
  const shown = coverageHtml(coverage);
  expect(shown).not.toContain('<img');
  expect(shown).not.toContain('\u001b');
  expect(shown).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;\\u001b[31m\\u202e');
  for (const character of ['\u001b', '\u202e']) expect(formatCoverage(coverage)).not.toContain(character);
});

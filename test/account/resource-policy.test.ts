import { expect, it } from 'vitest';
import { joinParts } from '../../src/account/resource-policy.js';
import { evaluate } from '../../src/index.js';

const part = (name: string, Version: string | undefined, statement: object) => ({
  name,
  open: false,
  document: {
    ...(Version === undefined ? {} : { Version }),
    Statement: { Principal: '*', ...statement },
  } as never,
});
const decide = (document: unknown, key: string, accountId = '111111111111') =>
  evaluate({
    request: {
      principal: { anonymous: true },
      action: 's3:GetObject',
      resource: { arn: `arn:aws:s3:::b/${key}`, accountId },
      context: { 'aws:username': 'ana' },
    },
    policies: { resourcePolicy: document as never },
  }).decision;

it('one part is itself, none is none', () => {
  expect(joinParts([])).toBeUndefined();
  const only = part('a', '2012-10-17', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
  expect(joinParts([only])).toBe(only);
});

it('parts of an old version keep their meaning beside new ones: `${…}` is plain text there', () => {
  const old = part('old', '2008-10-17', {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/${aws:username}/*',
  });
  const none = part('none', undefined, {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/${aws:username}/*',
  });
  const fresh = part('new', '2012-10-17', {
    Effect: 'Deny',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/secret/*',
  });
  for (const parts of [
    [old, fresh],
    [fresh, none],
  ]) {
    const joined = joinParts(parts)!;
    expect(joined.name).toBe(parts.map(({ name }) => name).join(' + '));
    expect(decide(joined.document, 'ana/x')).toBe('implicitDeny');
    expect(decide(joined.document, '${aws:username}/x')).toBe('allowed');
    expect(decide(joined.document, 'secret/x')).toBe('explicitDeny');
  }
  // Old parts among themselves need no rewriting.
  expect(JSON.stringify(joinParts([old, none])!.document)).not.toContain('${$}');
});

it('reads JSON text, and leaves names of holes alone', () => {
  const text = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
  });
  const fresh = part('new', '2012-10-17', {
    Effect: 'Deny',
    Action: 's3:GetObject',
    Resource: { text: ['arn:aws:s3:::', { hole: '${x' }, '/*'] },
  });
  const joined = joinParts([
    { name: 'text', open: false, document: text },
    { ...fresh, open: true },
  ])!;
  expect(joined.open).toBe(true);
  expect(JSON.stringify(joined.document)).toContain('"hole":"${x"');
  const old = {
    ...fresh,
    document: { Statement: (fresh.document as { Statement: unknown }).Statement } as never,
  };
  const rewritten = JSON.stringify(joinParts([old, part('n', '2012-10-17', {})])!.document);
  expect(rewritten).toContain('"hole":"${x"');
});

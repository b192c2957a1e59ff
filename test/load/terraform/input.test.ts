import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIamError } from '../../../src/error.js';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { allow, newBucket, newRole, plan, ref, state, stateFile } from './plan-builder.js';

const whole = plan({
  blocks: [
    newRole('app'),
    newBucket('b'),
    {
      type: 'aws_iam_role_policy',
      name: 'p',
      values: { name: 'p', policy: allow('s3:*', '*') },
      unknown: { role: true },
      expressions: { role: ref('aws_iam_role.app.id') },
    },
  ],
  modules: { m: { keys: ['x'], blocks: [newRole('inner')] } },
});

const refusal = (input: unknown) => {
  try {
    loadTerraform(input as object, { file: 'plan.json' });
  } catch (error) {
    if (!isIamError(error)) throw error;
    return { ...error.issues[0]!, code: error.code, name: error.name };
  }
  return undefined;
};

describe('what is refused', () => {
  it.each([
    ['null', null, 'plan.json', /JSON object/],
    ['a list', [], 'plan.json', /JSON object/],
    ['an empty object', {}, 'plan.json', /neither a plan nor a state/],
    ['a plan of no version', { planned_values: {} }, 'plan.json', /state: format_version is missing/],
    ['a template', { Resources: {} }, 'plan.json', /CloudFormation/],
    ['a log', { '@level': 'info', '@message': 'x' }, 'plan.json', /log/],
    ['an old state file', { version: 3, modules: [] }, 'plan.json.version', /version 3/],
    [
      'a new major version',
      { format_version: '2.0', planned_values: {} },
      'plan.json.format_version',
      /2\.0/,
    ],
    [
      'lists that are none',
      { format_version: '1.0', resource_changes: {} },
      'plan.json.resource_changes',
      /no list/,
    ],
    [
      'changes that are none',
      { format_version: '1.0', resource_changes: [5] },
      'plan.json.resource_changes[0]',
      /no resource/,
    ],
    [
      'a change without a change',
      { format_version: '1.0', resource_changes: [{ address: 'a.b', type: 'a', name: 'b' }] },
      'plan.json.resource_changes[0].change',
      /no change/,
    ],
    [
      'resources without address',
      { format_version: '1.0', values: { root_module: { child_modules: [{ resources: [{}] }] } } },
      'plan.json.values.root_module.child_modules[0].resources[0]',
      /no address/,
    ],
    ['state files without a list', { version: 4, resources: {} }, 'plan.json.resources', /no list/],
    ['state resources without type', { version: 4, resources: [{}] }, 'plan.json.resources[0]', /no type/],
  ])('%s', (_, input, path, message) => {
    expect(refusal(input)).toMatchObject({
      code: 'ERR_IAM_INVALID_INPUT',
      name: 'InvalidInputError',
      path,
      message: expect.stringMatching(message),
    });
  });

  it('a plan under other members, with a hint where it is', () => {
    expect(refusal({ mock: { valid: whole } })?.hint).toBe('pass the value at plan.json.mock.valid');
  });

  it('text that is no JSON, with line and column', () => {
    const text = JSON.stringify(whole, null, 2);
    const lines = text.split('\n').slice(0, 20);
    expect(refusal(lines.join('\n'))).toMatchObject({ line: 20, path: 'plan.json' });
    expect(refusal('PK\u0003\u0004…')?.message).toBe('this is a binary plan');
    expect(refusal('')).toMatchObject({ line: 1 });
    expect(refusal(`${'['.repeat(200_000)}`)).toMatchObject({ code: 'ERR_IAM_INVALID_INPUT' });
  });

  it('options that are none', () => {
    for (const [name, value] of Object.entries({ accountId: '12', region: 'X', partition: 'other' })) {
      expect(() => loadTerraform(whole, { [name]: value })).toThrow(name);
    }
  });
});

describe('what is read', () => {
  it('text with a mark of its byte order, as the object', () => {
    const options = { accountId: '111122223333', region: 'eu-west-1' };
    expect(loadTerraform(`\uFEFF${JSON.stringify(whole)}`, options)).toEqual(loadTerraform(whole, options));
  });

  it('is never changed', () => {
    const before = JSON.stringify(whole);
    loadTerraform(whole);
    expect(JSON.stringify(whole)).toBe(before);
  });

  it('is an estate, as plain data, that survives JSON', () => {
    const { data } = loadTerraform(whole, {
      accountId: '111122223333',
      region: 'eu-west-1',
      file: 'plan.json',
    });
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    expect(data.principals[0]?.origin).toEqual({ file: 'plan.json', path: 'aws_iam_role.app' });
  });

  it('cut off anywhere, is refused', () => {
    const text = JSON.stringify(whole);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(refusal(text.slice(0, length))).toMatchObject({ code: 'ERR_IAM_INVALID_INPUT' });
      }),
    );
  });

  it('with anything in the place of anything, is read or refused', () => {
    const roots = [whole, state({ blocks: [newRole('a')] }), stateFile({ blocks: [newRole('a')] })];
    fc.assert(
      fc.property(fc.constantFrom(...roots), fc.nat(), fc.jsonValue({ maxDepth: 3 }), (root, at, value) => {
        const copy = JSON.parse(JSON.stringify(root)) as object;
        const places: [Record<string, unknown>, string][] = [];
        const visit = (inner: unknown): void => {
          if (typeof inner !== 'object' || inner === null) return;
          for (const name of Object.keys(inner)) {
            places.push([inner as Record<string, unknown>, name]);
            visit((inner as Record<string, unknown>)[name]);
          }
        };
        visit(copy);
        const [owner, name] = places[at % places.length]!;
        owner[name] = value;
        try {
          const { data } = loadTerraform(copy);
          new Estate(data).whoCan('s3:GetObject', 'arn:aws:s3:::x/y');
        } catch (error) {
          if (!isIamError(error)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('50,000 resources', () => {
  it('are all there, each linked to its own', () => {
    const count = 10_000;
    const blocks = Array.from({ length: count }, (_, i) => [
      newRole(`r-${i}`, { block: 'r', index: i }),
      newBucket(`b-${i}`, { index: i, values: { bucket: `b-${i}` } }),
      {
        type: 'aws_iam_role_policy',
        name: 'p',
        index: i,
        values: { name: 'p', policy: allow('s3:GetObject', `arn:aws:s3:::b-${i}/*`) },
        unknown: { role: true },
        expressions: { role: { references: ['aws_iam_role.r', 'each.key'] } },
      },
      {
        type: 'aws_iam_role_policy_attachment',
        name: 'a',
        index: i,
        values: { policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        unknown: { role: true },
        expressions: { role: { references: ['aws_iam_role.r', 'each.key'] } },
      },
      {
        type: 'aws_sqs_queue',
        name: 'q',
        index: i,
        values: { name: `q-${i}` },
        unknown: { arn: true, policy: true },
        expressions: {},
      },
    ]).flat();
    const { data, diagnostics } = loadTerraform(plan({ blocks }), {
      accountId: '111122223333',
      region: 'eu-west-1',
    });
    expect(diagnostics).toEqual([]);
    expect(data.principals).toHaveLength(count);
    expect(data.attachments).toEqual([]);
    expect(data.principals.every(({ policies }) => policies.length === 2)).toBe(true);
    expect(data.principals[4711]?.policies[0]).toMatchObject({
      document: allow('s3:GetObject', 'arn:aws:s3:::b-4711/*'),
    });
    expect(data.resources).toHaveLength(2 * count);
  });
});

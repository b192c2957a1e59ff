import { describe, expect, it } from 'vitest';
import { read } from './loading.js';
import { allow, type Block, constant, newRole, plan, ref } from './plan-builder.js';

const mayRead = (role: object, more: Partial<Block> = {}): Block => ({
  type: 'aws_iam_role_policy',
  name: 'p',
  ...more,
  values: { name: 'p', policy: allow('s3:GetObject', '*') },
  unknown: { role: true },
  expressions: { role },
});

describe('references', () => {
  const readers = (input: object) => {
    const { data, said } = read(input);
    return [data.principals.filter(({ policies }) => policies.length > 0).map(({ name }) => name), said];
  };
  const lost = ['unresolvedReference aws_iam_role_policy.p.role'];

  it('to all instances of a resource, or to one that is not there, lead nowhere', () => {
    const many = [0, 1].map((index) => newRole(`r-${index}`, { block: 'r', index }));
    expect(readers(plan({ blocks: [...many, mayRead(ref('aws_iam_role.r'))] }))).toEqual([
      ['r-0', 'r-1'],
      lost,
    ]);
    expect(readers(plan({ blocks: [...many, mayRead(ref('aws_iam_role.r[7].name'))] }))[1]).toEqual(lost);
    const keyed = mayRead({ references: ['aws_iam_role.r', 'each.key'] }, { forEach: constant({}) });
    expect(readers(plan({ blocks: [...many, keyed] }))[1]).toEqual(lost);
  });

  it('more than a link can be told from, or longer than people write, lead nowhere', () => {
    const references = Array.from({ length: 40 }, (_, i) => `aws_iam_role.r[${i}].name`);
    const roles = references.map((_, index) => newRole(`r-${index}`, { block: 'r', index }));
    expect(readers(plan({ blocks: [...roles, mayRead({ references })] }))[1]).toEqual(lost);
    const spread = Array.from({ length: 5 }, (_, i) => `module.m.out${i}`);
    const outputs = Object.fromEntries(
      spread.map((_, i) => [`out${i}`, { references: references.slice(8 * i, 8 * i + 8) }]),
    );
    const inner = { blocks: roles, outputs };
    expect(readers(plan({ blocks: [mayRead({ references: spread })], modules: { m: inner } }))[1]).toEqual(
      lost,
    );
    type Nested = { outputs: object; modules?: object; blocks?: readonly Block[] };
    let deep: Nested = { outputs: { role: ref('aws_iam_role.deep.name') }, blocks: [newRole('deep')] };
    for (let i = 0; i < 60; i++)
      deep = { outputs: { role: { references: ['module.m.role'] } }, modules: { m: deep } };
    const input = plan({
      blocks: [mayRead({ references: ['module.m.role'] })],
      modules: { m: deep as never },
    });
    expect(readers(input)[1]).toEqual(lost);
  });

  it('of each.value lead through variables, and nowhere when for_each is not over a resource', () => {
    const over = (forEach: object, references = ['each.value.name', 'each.value'], index = 'a') => {
      const roles = ['a', 'b'].map((key) => newRole(`r-${key}`, { block: 'r', index: key }));
      return plan({ blocks: [...roles, mayRead({ references }, { index, forEach })] });
    };
    const at = ['unresolvedReference aws_iam_role_policy.p["a"].role'];
    // Known values are not what makes it unknown.
    expect(readers(over(constant({ a: { name: 'r-b' } })))[1]).toEqual(at);
    expect(readers(over({ references: ['var.roles'] }))[1]).toEqual(at);
    expect(readers(over({ references: ['aws_iam_role.r["a"].tags'] }))[1]).toEqual(at);
    expect(readers(over({ references: ['aws_iam_role.none', 'aws_iam_role.r'] }))[1]).toEqual(at);
    expect(readers(over(ref('aws_iam_role.r'), undefined, 'z'))[1]).toEqual([
      'unresolvedReference aws_iam_role_policy.p["z"].role',
    ]);
    const given = { roles: { value: { a: 'r-a' } } };
    expect(readers({ ...over({ references: ['var.roles'] }), variables: given })[1]).toEqual(at);
    const plain = plan({ blocks: [newRole('x'), mayRead({ references: ['each.value'] })] });
    expect(readers(plain)[1]).toEqual(lost);
  });

  it('to variables of a module without an argument have their defaults', () => {
    const policy = (variables: object) =>
      read(
        plan({
          modules: {
            m: {
              variables: variables as never,
              blocks: [
                newRole('app'),
                {
                  type: 'aws_iam_role_policy',
                  name: 'p',
                  values: { name: 'p', role: 'app' },
                  unknown: { policy: true },
                  expressions: { policy: { references: ['var.policy.text', 'var.policy'] } },
                },
              ],
            },
          },
        }),
      ).data.principals[0]!.policies;
    expect(policy({ policy: { default: { text: allow('s3:*', '*') } } })).toMatchObject([
      { document: { Statement: [{ Action: 's3:*' }] } },
    ]);
    expect(policy({ policy: { default: { text: { Statement: [] } } } })[0]).toHaveProperty('unresolved');
    expect(policy({ policy: {} })[0]).toHaveProperty('unresolved');
    expect(policy({})[0]).toHaveProperty('unresolved');
  });

  it('to an item of a list that a module is given lead to this instance', () => {
    const roles = [0, 1].map((index) => newRole(`r-${index}`, { block: 'r', index }));
    const given = (references: readonly string[], inner: readonly string[]) =>
      readers(
        plan({
          blocks: roles,
          modules: { m: { expressions: { x: { references } }, blocks: [mayRead({ references: inner })] } },
        }),
      );
    const inModule = ['unresolvedReference module.m.aws_iam_role_policy.p.role'];
    expect(given(['aws_iam_role.r'], ['var.x[1].name'])).toEqual([['r-1'], []]);
    expect(given(['aws_iam_role.r'], ['var.x[5].name'])[1]).toEqual(inModule);
    expect(given(['aws_iam_role.r[0]', 'local.y'], ['var.x.name'])[1]).toEqual(inModule);
    expect(given(['local.y'], ['var.x.name'])[1]).toEqual(inModule);
    expect(given(['module.other'], ['var.x.name'])[1]).toEqual(inModule);
    expect(given(['aws_iam_role'], ['var.x.name'])[1]).toEqual(inModule);
    expect(given(['not a reference'], ['var.x.name'])[1]).toEqual(inModule);
  });

  it('below an address that is none find no configuration', () => {
    const input = plan({ blocks: [mayRead({ references: ['var.role'] })], given: { role: 'app' } });
    const changes = input.resource_changes.map((one) => ({
      ...one,
      address: 'module.a[.aws_iam_role_policy.p',
      module_address: 'module.a[',
    }));
    const planned_values = { root_module: {} };
    const { data, said } = read({ ...input, planned_values, resource_changes: changes });
    expect(said).toEqual(['unresolvedReference module.a[.aws_iam_role_policy.p.role']);
    expect(data.attachments).toHaveLength(1);
    const inner = plan({ modules: { a: { blocks: [mayRead({ references: ['var.role'] })] } } });
    const uncalled = { ...inner.configuration, root_module: { module_calls: {} } };
    expect(read({ ...inner, configuration: uncalled }).said).toEqual([
      'unresolvedReference module.a.aws_iam_role_policy.p.role',
    ]);
  });
});

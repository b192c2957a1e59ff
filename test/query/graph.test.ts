import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EstateData } from '../../src/account/estate-data.js';
import { linkEstate } from '../../src/account/link.js';
import { edgeLabel, type Graph, graph } from '../../src/query/graph.js';
import { mermaid } from '../../src/query/graph-mermaid.js';
import { svg } from '../../src/query/graph-svg.js';
import { allow, bucket, estate, one, role, trust, user } from '../account/build.js';

const use = (Action: string | string[], Resource = '*') => ({
  name: 'inline',
  document: allow(Action, Resource),
});
const shop: Partial<EstateData> = {
  principals: [
    user('ana', { policies: [use(['iam:PassRole', 'lambda:CreateFunction'])] }),
    user('bob', { policies: [use('s3:*')] }),
    role('app', {
      trustPolicy: trust({ Service: 'lambda.amazonaws.com' }),
      policies: [use('s3:GetObject', 'arn:aws:s3:::reports/*'), use('sqs:SendMessage')],
    }),
    role('lost', {
      trustPolicy: trust({ AWS: one }),
      policies: [{ name: 'gone', unresolved: 'not in the files' }],
    }),
  ],
  workloads: [
    { type: 'AWS::Lambda::Function', names: ['App'], role: `arn:aws:iam::${one}:role/app`, account: one },
  ],
  resources: [
    bucket('reports', { names: ['Reports'] }),
    {
      arn: `arn:aws:sqs:eu-west-1:${one}:jobs`,
      account: one,
      type: 'AWS::SQS::Queue',
      names: [],
      policies: [],
    },
    {
      arn: `arn:aws:sns:eu-west-1:${one}:news`,
      account: one,
      type: 'AWS::SNS::Topic',
      names: [],
      policies: [],
    },
  ],
};
const linked = linkEstate(estate(shop));
const words = ({ nodes, edges }: Graph) => {
  const label = new Map(nodes.map((node) => [node.id, node.label]));
  return edges.map((edge) => `${label.get(edge.from)} -${edgeLabel(edge)}-> ${label.get(edge.to)}`);
};

describe('graph', () => {
  it('says who comes to which role, and what each may do to which resource', () => {
    expect(words(graph(linked))).toEqual([
      'App -runs-> app',
      'lambda.amazonaws.com -assume-> app',
      'lost -pass?: lambda.amazonaws.com-> app',
      'ana -pass: lambda.amazonaws.com-> app',
      'app -read-> Reports',
      'app -write-> jobs',
      'lost -read?, write?, admin?-> Reports',
      'lost -read?, write?, admin?-> jobs',
      'lost -read?, write?, admin?-> news',
      'bob -read, write, admin-> Reports',
    ]);
  });
  it('lists the actions behind an access', () => {
    const { nodes, edges } = graph(linked);
    const app = nodes.find(({ label }) => label === 'app')!;
    expect(
      edges.filter(({ from, kind }) => from === app.id && kind === 'access').map(({ actions }) => actions),
    ).toEqual([['s3:GetObject'], ['sqs:SendMessage']]);
  });
  it('does not mind the order of the principals', () => {
    const turned = linkEstate(estate({ ...shop, principals: [...shop.principals!].reverse() }));
    expect(graph(turned)).toEqual(graph(linked));
  });
  it('is plain JSON', () => {
    const found = graph(linked);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(graph(linkEstate(estate({})))).toEqual({ nodes: [], edges: [] });
  });
});

const label = fc.string({ unit: 'binary', maxLength: 60 });
const kinds = [
  'user',
  'role',
  'workload',
  'service',
  'federated',
  'account',
  'outside',
  'everyone',
  'resource',
] as const;
const random: fc.Arbitrary<Graph> = fc
  .array(fc.record({ kind: fc.constantFrom(...kinds), label, name: label }), { minLength: 1, maxLength: 8 })
  .chain((list) => {
    const nodes = list.map((node, at) => ({ id: `n${at}`, ...node }));
    const id = fc.constantFrom(...nodes.map((node) => node.id));
    const edge = fc.record({
      from: id,
      to: id,
      kind: fc.constantFrom('assume' as const, 'pass' as const),
      verdict: fc.constantFrom('allowed' as const, 'depends' as const),
      through: label,
    });
    return fc.array(edge, { maxLength: 12 }).map((edges) => ({ nodes, edges }));
  });

describe('mermaid', () => {
  it('draws boxes and arrows', () => {
    const text = mermaid(graph(linked));
    expect(text.startsWith('flowchart LR\n  n0["app"]\n')).toBe(true);
    expect(text).toContain('-.->|"read?, write?, admin?"|');
    expect(text).toContain('[("Reports")]');
  });
  it('refuses what is of no kind, as the picture does', () => {
    const node = { id: 'n0', kind: 'user', label: 'ana', name: 'ana' };
    const edge = { from: 'n0', to: 'n0', kind: 'access', verdict: 'allowed' };
    for (const draw of [mermaid, svg])
      for (const wrong of [
        { nodes: [{ ...node, kind: 'person' }], edges: [] },
        { nodes: [{ ...node, label: undefined }], edges: [] },
        { nodes: [node], edges: [{ ...edge, levels: 'read' }] },
      ])
        expect(() => draw(wrong as never)).toThrow('graph: this is not what is taken here');
  });
  it('lets no name end its line or its text', () => {
    fc.assert(
      fc.property(random, (one_) => {
        const lines = mermaid(one_).trimEnd().split('\n');
        expect(lines.length).toBe(1 + one_.nodes.length + one_.edges.length);
        for (const line of lines.slice(1)) {
          expect(line).toMatch(
            /^ {2}n\d+(?:[[({]+"[\p{L}\p{N} .,:/_?#;-]*"[\])}]+| -\.?->\|"[\p{L}\p{N} .,:/_?#;-]*"\| n\d+)$/u,
          );
        }
      }),
    );
  });
});

describe('svg', () => {
  it('is the same each time', () => {
    const found = graph(linked);
    expect(svg(found)).toBe(svg(found));
    expect(svg(found)).toContain('>Reports</text>');
    expect(svg({ nodes: [], edges: [] })).toContain('</svg>');
  });
  it('is well-formed whatever things are called', () => {
    fc.assert(
      fc.property(random, (one_) => {
        const text = svg(one_);
        // Every tag is closed, in order, and between them no mark-up and no character that XML does not have.
        const open: string[] = [];
        const rest = text.replace(
          /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<>]*")*)(\/?)>/g,
          (_, end, name, __, single) => {
            if (end !== '') expect(open.pop()).toBe(name);
            else if (single === '') open.push(name);
            return '';
          },
        );
        expect(open).toEqual([]);
        expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
        expect(text).not.toMatch(/[^\t\n\x20-\uFFFD\u{10000}-\u{10FFFF}]/u);
        expect(text).not.toContain('NaN');
      }),
      { numRuns: 60 },
    );
  });
});

describe('access to a resource', () => {
  it('is by actions that work on it, not by others of services that have to do with it', () => {
    const key = {
      arn: `arn:aws:kms:eu-west-1:${one}:key/k`,
      account: one,
      type: 'AWS::KMS::Key',
      names: ['K'],
      policies: [],
    };
    const admin = { principals: [user('ana', { policies: [use('*')] })], resources: [key] };
    expect(words(graph(linkEstate(estate(admin))))).toEqual([]);
    const given = {
      ...key,
      policies: [
        {
          name: 'key',
          document: {
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Principal: { AWS: one }, Action: 'kms:Decrypt', Resource: '*' },
          },
        },
      ],
    };
    expect(words(graph(linkEstate(estate({ ...admin, resources: [given] }))))).toEqual(['ana -write-> K']);
  });
});

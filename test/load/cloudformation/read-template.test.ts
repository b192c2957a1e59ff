import { describe, expect, it } from 'vitest';
import { loadCloudFormation } from '../../../src/load/cloudformation/load-cloudformation.js';
import { fixture, load, roleWith } from './fixture.js';

const refused = (issue: object) =>
  expect.objectContaining({
    name: 'InvalidInputError',
    code: 'ERR_IAM_INVALID_INPUT',
    issues: [expect.objectContaining(issue)],
  });

describe('text that is no template', () => {
  it.each<[string, unknown, object]>([
    ['empty text', ' \n', { path: 'f.yaml' }],
    ['a list', '[]', { path: 'f.yaml' }],
    ['a number', 7, { path: 'f.yaml' }],
    ['an empty object', '{}', { path: 'Resources' }],
    ['no Resources, and what no template has', '{"Outputs":{},"artifacts":{}}', { path: 'Resources' }],
    ['Resources that are null', 'Outputs: {}\nResources:', { path: 'Resources' }],
    ['Resources that are text', 'Resources: x', { path: 'Resources' }],
    ['cut JSON', '{"Resources":\n {"A":', { path: 'f.yaml', line: 2 }],
    ['cut YAML', 'Resources:\n  A: {Type: x', { path: 'f.yaml', line: 2 }],
    ['YAML that goes astray', 'Resources:\n  A:\n   - x\n  - y', { path: 'f.yaml', line: 4 }],
    [
      'two documents',
      'Resources: {}\n---\nResources: {}',
      { path: 'f.yaml', line: 2, message: 'the text goes on in another document (`---`)' },
    ],
    ['an alias without an anchor', 'Resources: {A: *b}', { path: 'f.yaml', line: 1 }],
    ['an alias in itself', 'Resources: &a {A: *a}', { path: 'f.yaml', line: 1 }],
    ['an object as a key', 'Resources: {? {a: b} : c}', { path: 'f.yaml', line: 1 }],
    ['a function', { Resources: { A: () => 1 } }, { path: 'f.yaml.Resources.A' }],
    ['a circle', circle(), {}],
  ])('%s is refused, with its place', (_name, template, issue) => {
    expect(() => loadCloudFormation(template, { file: 'f.yaml' })).toThrow(refused(issue));
  });

  it.each(['Outputs', 'Parameters', 'Conditions', 'Rules', 'Metadata', 'Mappings'])(
    'a template with %s alone holds nothing',
    (section) => {
      const { data, diagnostics } = load({ [section]: {} });
      expect([data.principals, data.resources, diagnostics]).toEqual([[], [], []]);
    },
  );

  it('a macro may add resources to a template without any', () =>
    expect(load({ Transform: 'Mine' }).diagnostics.map(({ path }) => path)).toEqual(['Transform']));

  it('every beginning of a template is read or refused', () => {
    for (const name of ['queue-topic.json', 'web-upload.yaml', 'sam-orders.yaml', 'anchors.yaml']) {
      const text = fixture(name);
      for (let end = 0; end < text.length; end += 41) {
        try {
          load(text.slice(0, end));
        } catch (error) {
          expect(error).toMatchObject({ name: 'InvalidInputError' });
        }
      }
    }
  });
});

function circle(): object {
  const out: Record<string, unknown> = { Resources: {} };
  (out.Resources as Record<string, unknown>).Again = out;
  return out;
}

describe('options that are none', () => {
  it.each([
    [{ accountId: '1' }, 'options.accountId'],
    [{ accountId: 111122223333 }, 'options.accountId'],
    [{ region: 'Ireland' }, 'options.region'],
    [{ partition: 'azure' }, 'options.partition'],
    [{ parameters: { A: {} } }, 'options.parameters.A'],
    [{ imports: { a: [{}] } }, 'options.imports.a'],
  ])('%o', (options, path) => {
    expect(() => loadCloudFormation({ Resources: {} }, options as object)).toThrow(refused({ path }));
  });
});

describe('YAML as CloudFormation reads it', () => {
  const document = (statement: string) => {
    const { data } = load(`
Resources:
  B:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: b
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - ${statement.trim().replaceAll('\n', '\n            ')}
`);
    return (
      data.resources[0]!.policies[0] as { document?: { Version: string; Statement: Record<string, never>[] } }
    ).document!;
  };
  const base = "Effect: Allow\nAction: s3:*\nResource: '*'\n";

  it('a date stays text', () => expect(document(`${base}Principal: '*'`).Version).toBe('2012-10-17'));
  it('a date of a YAML 1.1 reader becomes its text', () => {
    const version = { Version: new Date('2012-10-17') } as unknown as object;
    const template = roleWith({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    Object.assign(template.Resources.Role.Properties.Policies[0]!.PolicyDocument, version);
    expect(JSON.stringify(load(template).data.principals[0]!.policies)).toContain('"Version":"2012-10-17"');
  });
  it.each(['012345678901', '001234567890', '111122223333'])('the account %s keeps its digits', (id) => {
    expect(document(`${base}Principal: { AWS: ${id} }`).Statement[0]!.Principal).toEqual({ AWS: id });
  });
  it.each([
    ['false', 'false'],
    ['no', 'false'],
    ['On', 'true'],
    ["'no'", undefined],
  ])('%s is the truth value %s', (written, value) => {
    const condition = `${base}Principal: '*'\nCondition: { StringEquals: { aws:x: ${written} } }`;
    expect(document(condition).Statement[0]!.Condition).toEqual({ StringEquals: { 'aws:x': value ?? 'no' } });
  });
  it('keys of mappings keep their digits', () => {
    const { data } = load(`
Mappings: { Accounts: { 012345678901: { name: x } } }
Resources: { B: { Type: AWS::S3::Bucket, Properties: { BucketName: !FindInMap [Accounts, '012345678901', name] } } }`);
    expect(data.resources[0]!.arn).toBe('arn:aws:s3:::x');
  });
  it('folded text, short tags in long functions, and comments', () => {
    const { data } = load(`
Resources:
  B:
    Type: AWS::S3::Bucket
    Properties:
      # A name.
      BucketName:
        Fn::Join:
          - '-'
          - - !Ref AWS::Region
            - Fn::Sub: !Sub 'x'
            - Fn::Select: [0, !Split [',', 'a,b']]
  C:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub >-
        \${AWS::StackName}
`);
    expect(data.resources.map(({ arn }) => arn)).toEqual([expect.anything(), 'arn:aws:s3:::app']);
  });
  it('a member that stands twice is reported, and the last one counts, in YAML and JSON', () => {
    for (const text of [
      'Resources: { B: { Type: AWS::S3::Bucket }, B: { Type: AWS::SQS::Queue } }',
      '{"Resources":{"B":{"Type":"AWS::S3::Bucket"},"B":{"Type":"AWS::SQS::Queue"}}}',
    ]) {
      const { data, diagnostics } = load(text, { file: 't' });
      expect(data.resources[0]!.type).toBe('AWS::SQS::Queue');
      expect(diagnostics).toMatchObject([{ code: 'ambiguous', path: 't.Resources.B', file: 't' }]);
    }
  });
  it('a byte order mark, line ends of Windows, and flow style', () => {
    expect(load('\uFEFFResources:\r\n  B:\r\n    Type: AWS::S3::Bucket\r\n').data.resources).toHaveLength(1);
    expect(load('{Resources: {B: {Type: AWS::S3::Bucket}}}').data.resources).toHaveLength(1);
  });
});

describe('hostile input', () => {
  it('aliases of aliases end', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(() => load(`${lines.join('\n')}\nResources: {}`)).toThrow(refused({ line: expect.any(Number) }));
  });
  it.each([
    ['JSON', `{"Resources":${'['.repeat(100_000)}`],
    ['YAML', `Resources: ${'['.repeat(20_000)}`],
    ['YAML maps', `Resources: ${'{a: '.repeat(20_000)}`],
  ])('deep %s ends', (_name, text) => {
    expect(() => load(text)).toThrow(refused({}));
  });
  it('loops that grow end', () => {
    let body: unknown = { 'R${a}${b}${c}${d}${e}${f}': { Type: 'AWS::S3::Bucket' } };
    const items = Array.from({ length: 30 }, (_, i) => `x${i}`);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
      body = { [`Fn::ForEach::${name}`]: [name, items, body] };
    expect(() => load({ Resources: body as object })).toThrow(refused({}));
  });
  it('names of objects mean nothing', () => {
    const text = `{"Parameters":{"__proto__":{"Default":"x"}},"Mappings":{"__proto__":{"a":{"b":"c"}}},
      "Conditions":{"__proto__":{"Fn::Equals":["a","a"]}},
      "Resources":{"__proto__":{"Type":"AWS::S3::Bucket"},"constructor":{"Type":"AWS::SQS::Queue"},
      "R":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":{"Ref":"toString"}}}}}`;
    const { data } = load(text);
    expect(data.resources.map(({ names }) => names[0])).toEqual(['__proto__', 'constructor', 'R']);
    expect(data.resources[2]!.arn).toEqual({ text: ['arn:aws:s3:::', { hole: 'app/toString' }] });
    expect(({} as Record<string, unknown>).Default).toBeUndefined();
  });
  it('objects that look like holes are no holes', () => {
    for (const resource of [{ hole: 'X' }, { text: ['*'] }]) {
      const { data } = load(roleWith({ Effect: 'Allow', Action: '*', Resource: resource }));
      expect(data.principals[0]!.policies[0]).toHaveProperty('unresolved');
    }
  });
  it('references in circles end', () => {
    const circle = {
      A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'B' } } },
      B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'A' } } },
    };
    const { diagnostics } = load({ Resources: circle });
    expect(diagnostics.some(({ code, message }) => code === 'malformed' && message.includes('itself'))).toBe(
      true,
    );
  });
  it('a nested stack that holds itself ends', () => {
    const template =
      'Resources: { Again: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: x } } }';
    expect(load(template, { nested: { x: template } }).diagnostics).toMatchObject([
      { code: 'unsupportedType' },
    ]);
  });
  it('the input stays as it is', () => {
    const freeze = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    const template = freeze(roleWith({ Effect: 'Allow', Action: 's3:*', Resource: { Ref: 'X' } }));
    expect(() => load(template)).not.toThrow();
  });
  it('thousands of roles take linear work', () => {
    const work = (n: number) => {
      const role = roleWith({
        Effect: 'Allow',
        Action: 's3:*',
        Resource: { 'Fn::Sub': 'arn:aws:s3:::${AWS::StackName}/*' },
      }).Resources.Role;
      let read = 0;
      const counting = <T>(value: T): T =>
        typeof value !== 'object' || value === null
          ? value
          : (new Proxy(value, {
              get: (of, key) => {
                if (typeof key === 'string') read++;
                return counting(Reflect.get(of, key));
              },
            }) as T);
      const template = {
        Resources: Object.fromEntries(Array.from({ length: n }, (_, i) => [`R${i}`, role])),
      };
      const visited = countVisited(() => expect(load(counting(template)).data.principals).toHaveLength(n));
      return { read, visited };
    };
    const [few, many] = [work(250), work(2000)];
    expect(few.read).toBeGreaterThan(250);
    expect(many.read).toBeLessThan(8.5 * few.read);
    expect(few.visited).toBeGreaterThan(250);
    expect(many.visited).toBeLessThan(8.5 * few.visited);
  });
});

/** How many items of lists are gone through while something is done: a search in a growing list shows here. */
function countVisited(work: () => void): number {
  const names = ['map', 'filter', 'find', 'findIndex', 'some', 'every', 'flatMap', 'forEach'] as const;
  const others = ['includes', 'indexOf', 'concat', 'slice', 'values', 'splice', 'shift'] as const;
  let visited = 0;
  const originals = [...names, ...others].map((name) => [name, Array.prototype[name]] as const);
  const replace = (name: string, value: unknown) =>
    Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
  for (const [name, original] of originals)
    replace(name, function (this: unknown[], ...given: never[]) {
      visited += this.length;
      return Reflect.apply(original, this, given);
    });
  try {
    work();
  } finally {
    for (const [name, original] of originals) replace(name, original);
  }
  return visited;
}

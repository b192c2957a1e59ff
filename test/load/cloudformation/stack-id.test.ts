import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load, roleWith } from './fixture.js';

const id = { Ref: 'AWS::StackId' };
const part = (delimiter: string, index: number, of: unknown) => ({
  'Fn::Select': [index, { 'Fn::Split': [delimiter, of] }],
});
const resourceOf = (Resource: unknown, more: object = {}) => {
  const { data, diagnostics } = load(roleWith({ Effect: 'Allow', Action: 's3:*', Resource }, more));
  const [use] = data.principals[0]!.policies;
  const { Statement } = (use as unknown as { document: { Statement: { Resource: unknown }[] } }).document;
  return { read: Statement[0]?.Resource, diagnostics, estate: new Estate(data) };
};

describe('the id of a stack in parts', () => {
  it('has its name, which is known', () => {
    expect(resourceOf({ 'Fn::Join': ['', ['arn:aws:s3:::', part('/', 1, id)]] }).read).toBe(
      'arn:aws:s3:::app',
    );
  });

  it('ends in an UUID of five groups', () => {
    const uuid = part('/', 2, id);
    const named = (what: unknown) => ({ 'Fn::Join': ['-', ['arn:aws:s3:::b', what]] });
    const { read, diagnostics } = resourceOf([
      named(uuid),
      named(part('-', 4, uuid)),
      named(part('-', 0, uuid)),
    ]);
    expect(diagnostics).toEqual([]);
    expect(read).toEqual([
      { text: ['arn:aws:s3:::b-', { hole: 'app/AWS::StackId' }] },
      { text: ['arn:aws:s3:::b-', { hole: 'app/AWS::StackId.5' }] },
      { text: ['arn:aws:s3:::b-', { hole: 'app/AWS::StackId.1' }] },
    ]);
  });

  it('makes one name wherever it is written', () => {
    const BucketName = { 'Fn::Join': ['-', ['b', part('-', 4, part('/', 2, id))]] };
    const { estate, diagnostics } = resourceOf(
      { 'Fn::Sub': ['arn:aws:s3:::${Name}/*', { Name: BucketName }] },
      { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName } } },
    );
    expect(diagnostics).toEqual([]);
    expect(estate.can('Role', 's3:GetObject', 'Bucket/k').decision).toBe('allowed');
  });

  it('is not known where its digits part it, or where more of the text is not', () => {
    const said = (Resource: unknown) =>
      load(roleWith({ Effect: 'Allow', Action: 's3:*', Resource })).diagnostics.map(({ code }) => code);
    expect(said({ 'Fn::Join': ['', ['arn:aws:s3:::', part('a', 40, id)]] })).toEqual(['missingValue']);
    const more = { 'Fn::Join': ['', [id, { 'Fn::ImportValue': 'x' }]] };
    expect(said(part('/', 2, more))).not.toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { load, roleWith } from './fixture.js';

const Parameters = {
  P: { Type: 'String' },
  L: { Type: 'CommaDelimitedList' },
};
const loaded = (Resource: unknown) =>
  load(roleWith({ Effect: 'Allow', Action: 's3:*', Resource }, {}, { Parameters }), {});
const text = (value: unknown) => JSON.stringify(loaded(value).data.principals[0]!.policies);
const at = (parts: unknown, ...texts: unknown[]) => ({
  'Fn::Join': ['', ['arn:aws:s3:::', ...texts, parts]],
});

describe('what a hole is called', () => {
  const id = { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::Sub': 'a/${P}' }] }] };
  it.each<[string, unknown, string]>([
    [
      'an item of an item',
      { 'Fn::Select': [4, { 'Fn::Split': ['-', id] }] },
      '"app/Fn::Select(4, Fn::Split(\\"-\\", app/Fn::Select(2, Fn::Split(\\"/\\", \\"a/<app/P>\\"))))"',
    ],
    ['an item of a list', { 'Fn::Select': [1, { Ref: 'L' }] }, '"app/Fn::Select(1, L)"'],
    ['an import', { 'Fn::ImportValue': { 'Fn::Sub': '${P}-Arn' } }, 'Fn::ImportValue(<\\"<app/P>-Arn\\">)'],
    ['an import of that name', { 'Fn::ImportValue': { Ref: 'P' } }, 'Fn::ImportValue(<app/P>)'],
  ])('%s', (_name, value, hole) => expect(text(at(value))).toContain(hole));

  it('is another one for what only looks like it', () => {
    const select = (source: unknown) => text(at({ 'Fn::Select': [3, { 'Fn::Split': ['-', source] }] }));
    const literal = { 'Fn::Join': ['', ['<app/P>-', { Ref: 'P' }]] };
    expect(select(literal)).not.toBe(select({ 'Fn::Sub': '${P}-${P}' }));
  });
});

describe('what another value is made of is said in its place', () => {
  const about = (value: unknown) => loaded(at(value)).diagnostics.map(({ message }) => message);
  const missing = 'the parameter P has no value';
  it.each<[string, unknown]>([
    ['the name of an export', { 'Fn::ImportValue': { 'Fn::Sub': '${P}-Arn' } }],
    ['the name of an output', { 'Fn::GetStackOutput': { StackName: { Ref: 'P' }, OutputName: 'Arn' } }],
    ['the name of a mapping', { 'Fn::FindInMap': [{ Ref: 'P' }, 'a', 'b'] }],
  ])('%s', (_name, value) => expect(about(value)).toEqual([missing]));

  it('as far as it is known', () => {
    const made = { 'Fn::GetAtt': ['Role', 'RoleId'] };
    expect(about({ 'Fn::ImportValue': made })).toEqual(['the name of what another stack gives is not known']);
    expect(about({ 'Fn::ImportValue': { 'Fn::Sub': '${P}-${P}' } })).toEqual([missing]);
    expect(about({ 'Fn::ImportValue': 'Given' })).toEqual(['the export Given of another stack is not known']);
    expect(about({ 'Fn::FindInMap': ['None', 'a', 'b'] })).toEqual([
      'nothing stands in the mapping for Fn::FindInMap("None", "a", "b")',
    ]);
  });
});

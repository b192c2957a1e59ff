import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Members, Memory, Names, Remembered } from '../../src/request/memory.js';
import { parseRequest } from '../../src/request/parse.js';
import { asciiLower } from '../../src/value/ascii.js';
import { parseDate } from '../../src/value/date.js';
import { parseIp } from '../../src/value/ip.js';

/** A reader that cannot read everything, and counts. */
const counted = () => vi.fn((text: string) => (text.startsWith('!') ? undefined : text.length));

describe('Remembered', () => {
  it('reads each text once, also one it cannot read', () => {
    const read = counted();
    const known = new Remembered(read);
    for (let i = 0; i < 3; i++) {
      expect([known.of('ab'), known.of('!'), known.of(''), known.of('abc')]).toEqual([2, undefined, 0, 3]);
    }
    expect(read.mock.calls).toEqual([['ab'], ['!'], [''], ['abc']]);
  });

  it('keeps 2,048 texts, and then starts afresh', () => {
    const read = counted();
    const known = new Remembered(read);
    const all = () => {
      for (let i = 0; i < 2048; i++) known.of(`${i}`);
    };
    all();
    all();
    expect(read).toHaveBeenCalledTimes(2048);
    known.of('one more');
    known.of('one more');
    expect(read).toHaveBeenCalledTimes(2049);
    // Of those before, none is left; what came last is.
    known.of('2047');
    known.of('0');
    expect(read).toHaveBeenCalledTimes(2051);
    known.of('one more');
    known.of('0');
    expect(read).toHaveBeenCalledTimes(2051);
  });

  it.each([
    [1023, 1],
    [1024, 1],
    [1025, 3],
    [5000, 3],
  ])('a text of %i characters is read %i times in three', (length, times) => {
    for (const text of ['a'.repeat(length), '!'.repeat(length)]) {
      const read = counted();
      const known = new Remembered(read);
      const answers = [known.of(text), known.of(text), known.of(text)];
      expect(answers).toEqual(Array(3).fill(text[0] === '!' ? undefined : length));
      expect(read).toHaveBeenCalledTimes(times);
    }
  });

  it('a long text drives nothing out', () => {
    const read = counted();
    const known = new Remembered(read);
    for (let i = 0; i < 2048; i++) known.of(`${i}`);
    known.of('a'.repeat(2000));
    for (let i = 0; i < 2048; i++) known.of(`${i}`);
    expect(read).toHaveBeenCalledTimes(2049);
  });

  it('keeps nothing of a reading that throws', () => {
    let left = 1;
    const known = new Remembered((text) => {
      if (left-- > 0) throw new Error('mine');
      return text;
    });
    expect(() => known.of('a')).toThrow('mine');
    expect(known.of('a')).toBe('a');
  });

  it('answers as its reader does, whatever it was asked before', () => {
    const text = fc.string({ unit: fc.constantFrom('!', 'a', 'b'), maxLength: 3 });
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const read = counted();
        const known = new Remembered(read);
        expect(texts.map((one) => known.of(one))).toEqual(texts.map((one) => counted()(one)));
        expect(read).toHaveBeenCalledTimes(new Set(texts).size);
      }),
    );
  });

  it('is not misled by names every object has', () => {
    const known = new Remembered((text) => text.length);
    expect([known.of('__proto__'), known.of('constructor')]).toEqual([9, 11]);
  });
});

describe('Names', () => {
  it('knows nothing at first but the object without members', () => {
    expect(new Names('p', true).again(['a'])).toBeUndefined();
    expect(new Names('p', true).again([])).toEqual([]);
  });

  it('L70: gives the folded names of the last object for the same members in the same order only', () => {
    const names = fc.array(fc.constantFrom('A', 'a', 'B', 'c'), { maxLength: 4 });
    fc.assert(
      fc.property(names, names, names, (before, last, asked) => {
        const known = new Names('p', true);
        const folded = last.map(asciiLower);
        known.keep(before, before.map(asciiLower));
        known.keep(last, folded);
        const found = known.again(asked);
        if (JSON.stringify(asked) === JSON.stringify(last)) expect(found).toBe(folded);
        else expect(found).toBeUndefined();
      }),
    );
  });
});

describe('Members', () => {
  const known = ['arn', 'accountId', 'tags'] as const;

  it('tells an object with the members of the last one by nothing but these, in their order', () => {
    const names = fc.uniqueArray(fc.constantFrom(...known), { maxLength: 3 });
    const objectOf = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, 1]));
    fc.assert(
      fc.property(names, names, fc.boolean(), (last, asked, inherited) => {
        const members = new Members(...known);
        const own = members.own(last);
        expect(own).toBe(last.reduce((bits, name) => bits | (1 << known.indexOf(name)), 0));
        const object = inherited ? (Object.create(objectOf(asked)) as object) : objectOf(asked);
        const same = last.join() === asked.join() && (!inherited || asked.length === 0);
        expect(members.again(object)).toBe(same ? own : undefined);
      }),
    );
  });

  it('knows no others', () => {
    expect(new Members(...known).own(['arn', 'region'])).toBeUndefined();
  });
});

describe('Memory', () => {
  it('has one memory for each reader', () => {
    const memory = new Memory();
    const length = counted();
    const upper = vi.fn((text: string) => text.toUpperCase());
    for (let i = 0; i < 2; i++) {
      expect(memory.by(length).of('ab')).toBe(2);
      expect(memory.by(upper).of('ab')).toBe('AB');
    }
    expect([length.mock.calls, upper.mock.calls]).toEqual([[['ab']], [['ab']]]);
    expect(memory.by(length)).toBe(memory.by(length));
    expect(memory.by(upper)).not.toBe(memory.by(length));
  });

  it('is shared by what reads a request and what compares its values', () => {
    const memory = new Memory();
    const asked = { principal: { anonymous: true }, action: 'a:B', sourceIp: '::1', time: '2026-11-23' };
    const [address, time] = [vi.spyOn(memory.by(parseIp), 'of'), vi.spyOn(memory.by(parseDate), 'of')];
    expect(parseRequest(asked, memory).memory).toBe(memory);
    expect([address.mock.calls, time.mock.calls]).toEqual([[['::1']], [['2026-11-23']]]);
  });

  it('reads as the readers of its parts do', () => {
    const memory = new Memory();
    expect(memory.folded.of('aB\u212A')).toBe('ab\u212A');
    expect(memory.by(parseIp).of('10.0.0.1')).toEqual(parseIp('10.0.0.1'));
    expect(memory.by(parseDate).of('1970-01-01T00:00:01Z')).toBe(1_000_000_000n);
    expect(memory.actions.of('S3:Get')).toMatchObject({ service: 's3' });
    expect(memory.resources.of('arn:aws:s3:::b')).toMatchObject({ arn: 'arn:aws:s3:::b' });
    expect(memory.principals.of('arn:aws:iam::111122223333:root')).toMatchObject({ kind: 'root' });
  });

  it('belongs to one set of policies: another one has read nothing', () => {
    const read = counted();
    expect([new Memory(), new Memory()].map((memory) => memory.by(read).of('ab'))).toEqual([2, 2]);
    expect(read).toHaveBeenCalledTimes(2);
  });

  const whole = fc.record(
    {
      principal: fc.record(
        {
          arn: fc.constantFrom(
            'arn:aws:iam::111122223333:user/alice',
            'arn:aws:sts::111122223333:assumed-role/app/s1',
            'arn:aws:sts::111122223333:assumed-role/app/s2',
            'no arn',
          ),
          issuer: fc.constantFrom(
            undefined,
            'arn:aws:iam::111122223333:role/team/app',
            'arn:aws:iam::111122223333:role/app',
          ),
          tags: fc.dictionary(fc.constantFrom('A', 'a', 'B'), fc.constantFrom('x', 7, undefined)),
        },
        { requiredKeys: ['arn'] },
      ),
      action: fc.constantFrom('s3:GetObject', 'S3:getobject', 'no action'),
      resource: fc.constantFrom<unknown>('*', 'arn:aws:s3:::b', 'no arn', {
        arn: 'arn:aws:s3:::b',
        accountId: '444455556666',
        tags: { A: 'x' },
      }),
      sourceIp: fc.constantFrom('203.0.113.7', '::1', 'no address'),
      time: fc.constantFrom<unknown>('2026-11-23', 5, '5', 'no time'),
      context: fc.dictionary(
        fc.constantFrom('x:A', 'X:a', 'x:b'),
        fc.constantFrom<unknown>('x', ['x', 1], undefined, {}),
      ),
    },
    { requiredKeys: ['principal', 'action'] },
  );

  it('changes nothing in how a request is read or refused', () => {
    const read = (input: unknown, memory?: Memory) => {
      try {
        const { memory: _, ...rest } = parseRequest(input, memory);
        const { context, principalTags, resourceTags } = rest;
        return { ...rest, lists: [context, principalTags, resourceTags].map((values) => [...values]) };
      } catch (error) {
        return (error as { issues: unknown }).issues;
      }
    };
    fc.assert(
      fc.property(fc.array(whole, { minLength: 2, maxLength: 6 }), (inputs) => {
        const memory = new Memory();
        for (const input of inputs) expect(read(input, memory)).toEqual(read(input));
      }),
      { numRuns: 500 },
    );
  });
});

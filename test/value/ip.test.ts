import net from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipInRange, parseIp, parseIpRange } from '../../src/value/ip.js';

const v6 = (...groups: number[]) => groups.flatMap((group) => [group >> 8, group & 255]);
const loopback = v6(0, 0, 0, 0, 0, 0, 0, 1);
const doc = v6(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);

describe('parseIpRange', () => {
  it.each([
    ['0.0.0.0', { bytes: [0, 0, 0, 0], bits: 32 }],
    ['255.255.255.255', { bytes: [255, 255, 255, 255], bits: 32 }],
    ['9.10.99.100', { bytes: [9, 10, 99, 100], bits: 32 }],
    ['199.200.249.250', { bytes: [199, 200, 249, 250], bits: 32 }],
    ['203.0.113.5/32', { bytes: [203, 0, 113, 5], bits: 32 }],
    ['203.0.113.5/31', { bytes: [203, 0, 113, 5], bits: 31 }],
    ['203.0.113.5/9', { bytes: [203, 0, 113, 5], bits: 9 }],
    ['203.0.113.5/1', { bytes: [203, 0, 113, 5], bits: 1 }],
    ['203.0.113.5/0', { bytes: [203, 0, 113, 5], bits: 0 }],
    ['::', { bytes: v6(0, 0, 0, 0, 0, 0, 0, 0), bits: 128 }],
    ['::1', { bytes: loopback, bits: 128 }],
    ['0:0:0:0:0:0:0:1', { bytes: loopback, bits: 128 }],
    ['2001:DB8::1', { bytes: doc, bits: 128 }],
    ['2001:0db8:0000::0001/128', { bytes: doc, bits: 128 }],
    ['2001:db8::1/127', { bytes: doc, bits: 127 }],
    ['2001:db8::1/33', { bytes: doc, bits: 33 }],
    ['2001:db8::1/0', { bytes: doc, bits: 0 }],
    ['1:2:3:4:5:6:7:8', { bytes: v6(1, 2, 3, 4, 5, 6, 7, 8), bits: 128 }],
    ['1:2:3:4:5:6:7::', { bytes: v6(1, 2, 3, 4, 5, 6, 7, 0), bits: 128 }],
    ['::2:3:4:5:6:7:8', { bytes: v6(0, 2, 3, 4, 5, 6, 7, 8), bits: 128 }],
    ['::1.2.3.4', { bytes: v6(0, 0, 0, 0, 0, 0, 0x102, 0x304), bits: 128 }],
    ['64:ff9b::192.0.2.33', { bytes: v6(0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x221), bits: 128 }],
    ['1:2:3:4:5:6:255.254.253.252', { bytes: v6(1, 2, 3, 4, 5, 6, 0xfffe, 0xfdfc), bits: 128 }],
    ['1:2:3:4:5::0.0.0.9/96', { bytes: v6(1, 2, 3, 4, 5, 0, 0, 9), bits: 96 }],
  ])('L84: reads %s', (text, expected) => {
    expect(parseIpRange(text)).toEqual(expected);
  });

  it.each([
    ['::ffff:203.0.113.5', { bytes: [203, 0, 113, 5], bits: 32 }],
    ['::FFFF:cb00:7105', { bytes: [203, 0, 113, 5], bits: 32 }],
    ['0000:0000:0000:0000:0000:ffff:255.255.255.255', { bytes: [255, 255, 255, 255], bits: 32 }],
    ['::ffff:203.0.113.5/128', { bytes: [203, 0, 113, 5], bits: 32 }],
    ['::ffff:203.0.113.5/127', { bytes: [203, 0, 113, 5], bits: 31 }],
    ['::ffff:203.0.113.5/104', { bytes: [203, 0, 113, 5], bits: 8 }],
    ['::ffff:203.0.113.5/97', { bytes: [203, 0, 113, 5], bits: 1 }],
    ['::ffff:203.0.113.5/96', { bytes: [203, 0, 113, 5], bits: 0 }],
    // Wider than the mapped block: a range of IPv6.
    ['::ffff:203.0.113.5/95', { bytes: v6(0, 0, 0, 0, 0, 0xffff, 0xcb00, 0x7105), bits: 95 }],
    ['::ffff:0:0/0', { bytes: v6(0, 0, 0, 0, 0, 0xffff, 0, 0), bits: 0 }],
    // Not mapped, though nearly.
    ['::fffe:203.0.113.5', { bytes: v6(0, 0, 0, 0, 0, 0xfffe, 0xcb00, 0x7105), bits: 128 }],
    ['::feff:203.0.113.5', { bytes: v6(0, 0, 0, 0, 0, 0xfeff, 0xcb00, 0x7105), bits: 128 }],
    ['::1:ffff:203.0.113.5', { bytes: v6(0, 0, 0, 0, 1, 0xffff, 0xcb00, 0x7105), bits: 128 }],
    ['1::ffff:203.0.113.5', { bytes: v6(1, 0, 0, 0, 0, 0xffff, 0xcb00, 0x7105), bits: 128 }],
    ['::ffff:0:203.0.113.5', { bytes: v6(0, 0, 0, 0, 0xffff, 0, 0xcb00, 0x7105), bits: 128 }],
  ])('U14: of the mapped block or not: %s', (text, expected) => {
    expect(parseIpRange(text)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'localhost'],
    ['a star', '*'],
    ['a dot', '.'],
    ['three parts', '1.2.3'],
    ['five parts', '1.2.3.4.5'],
    ['an empty part', '1..3.4'],
    ['octet 256', '1.2.3.256'],
    ['octet 260', '260.1.1.1'],
    ['octet 300', '1.300.1.1'],
    ['octet 1000', '1.1.1000.1'],
    ['a leading zero', '203.0.113.010'],
    ['two zeros', '00.1.1.1'],
    ['hexadecimal', '0x7f.0.0.1'],
    ['one number', '2130706433'],
    ['a space before', ' 1.2.3.4'],
    ['a space after', '1.2.3.4 '],
    ['a line break after', '1.2.3.4\n'],
    ['a line break after IPv6', '::1\n'],
    ['dots that are no dots', '1x2x3x4'],
    ['a port', '1.2.3.4:80'],
    ['brackets', '[::1]'],
    ['a colon', ':'],
    ['three colons', ':::'],
    ['two gaps', '1::2::3'],
    ['seven groups', '1:2:3:4:5:6:7'],
    ['nine groups', '1:2:3:4:5:6:7:8:9'],
    ['a gap of nothing', '1:2:3:4::5:6:7:8'],
    ['five hexadecimal digits', '::00001'],
    ['no hexadecimal digit', '::g'],
    ['a zone', 'fe80::1%eth0'],
    ['a zone of hexadecimal digits', 'fe80::1%1'],
    ['an embedded address of three parts', '::1.2.3'],
    ['an embedded octet 256', '::1.2.3.256'],
    ['an embedded leading zero', '::1.2.3.04'],
    ['an embedded address at the start', '1.2.3.4::'],
    ['an embedded address in the middle', '::1.2.3.4:5'],
    ['an embedded address after seven groups', '1:2:3:4:5:6:7:1.2.3.4'],
    ['text before an embedded address', 'x::1.2.3.4'],
    ['text after an embedded address', '::1.2.3.4x'],
    ['46 characters', '0000:0000:0000:0000:0000:ffff:0255.255.255.255'],
  ])('L84: %s is no address', (_, text) => {
    expect(parseIpRange(text)).toBeUndefined();
    expect(parseIp(text)).toBeUndefined();
  });

  it.each([
    '1.2.3.4/33',
    '1.2.3.4/64',
    '1.2.3.4/100',
    '1.2.3.4/128',
    '1.2.3.4/1000',
    '::/129',
    '::/200',
    '::/999',
    '::/1280',
    '1.2.3.4/',
    '1.2.3.4/08',
    '1.2.3.4/00',
    '1.2.3.4/-1',
    '1.2.3.4/+8',
    '1.2.3.4/8 ',
    '1.2.3.4/ 8',
    '1.2.3.4/8\n',
    '1.2.3.4/8x',
    '1.2.3.4/x8',
    '1.2.3.4/1x',
    '1.2.3.4/8/8',
    '1.2.3.4/255.0.0.0',
    '1.2.3.4/0x8',
    '1.2.3.4/8.0',
    '/8',
    '/',
  ])('L84: %j is no range', (text) => {
    expect(parseIpRange(text)).toBeUndefined();
  });

  it('L84: reads every prefix length of both families, and no other', () => {
    for (let bits = 0; bits <= 140; bits++) {
      expect(parseIpRange(`10.1.2.3/${bits}`)?.bits).toBe(bits <= 32 ? bits : undefined);
      expect(parseIpRange(`2001:db8::/${bits}`)?.bits).toBe(bits <= 128 ? bits : undefined);
    }
  });
});

describe('parseIp', () => {
  it.each([
    ['203.0.113.5', { bytes: [203, 0, 113, 5], bits: 32 }],
    ['::1', { bytes: loopback, bits: 128 }],
    ['::ffff:203.0.113.5', { bytes: [203, 0, 113, 5], bits: 32 }],
    ['203.0.113.5/32', undefined],
    ['::1/128', undefined],
    ['203.0.113.5/', undefined],
  ])('L73, L84: %s', (text, expected) => {
    expect(parseIp(text)).toEqual(expected);
  });

  it('L84: reads the groups that a URL has', () => {
    const groups = (address: string) => {
      const [before, after = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
      const zeros = Array<string>(8 - before!.length - after.length).fill('0');
      return [...before!, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
    };
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(3), (source, high) => {
        // Out of the block of mapped addresses.
        const text = source.startsWith(':') ? source : `${high}${source.replace(/^[^:]*/, '')}`;
        fc.pre(parseIp(text)?.bytes.length === 16);
        const { hostname } = new URL(`http://[${text}]`);
        expect(parseIp(text)!.bytes).toEqual(v6(...groups(hostname.slice(1, -1))));
      }),
      { numRuns: 500 },
    );
  });

  it('L84: takes what Node takes for an address, but no zone', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      'f',
      'ffff',
      '10000',
      ':',
      '::',
      '1.2.3.4',
      '256',
      '01',
      '.',
      'a',
    );
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.array(piece, { maxLength: 16 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        expect(parseIp(source) !== undefined).toBe(net.isIP(source) !== 0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('ipInRange', () => {
  const inside = (range: string, address: string) => ipInRange(parseIpRange(range)!, parseIp(address)!);
  it.each([
    ['0.0.0.0/0', '255.255.255.255', true],
    ['255.255.255.255/0', '0.0.0.0', true],
    ['128.0.0.0/1', '128.0.0.0', true],
    ['128.0.0.0/1', '255.255.255.255', true],
    ['128.0.0.0/1', '127.255.255.255', false],
    ['10.0.0.0/7', '11.255.255.255', true],
    ['10.0.0.0/7', '12.0.0.0', false],
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '9.255.255.255', false],
    ['10.0.0.0/9', '10.127.255.255', true],
    ['10.0.0.0/9', '10.128.0.0', false],
    ['10.1.0.0/16', '10.1.255.255', true],
    ['10.1.0.0/16', '10.2.0.0', false],
    ['10.1.2.0/24', '10.1.2.255', true],
    ['10.1.2.0/24', '10.1.3.2', false],
    ['10.1.2.4/30', '10.1.2.7', true],
    ['10.1.2.4/30', '10.1.2.8', false],
    ['10.1.2.4/31', '10.1.2.5', true],
    ['10.1.2.4/31', '10.1.2.6', false],
    ['10.1.2.4/32', '10.1.2.4', true],
    ['10.1.2.4/32', '10.1.2.5', false],
    ['10.1.2.4', '10.1.2.4', true],
    ['10.1.2.4', '10.1.2.5', false],
    ['10.1.2.3/8', '10.9.9.9', true],
    ['::/0', 'ffff::', true],
    ['8000::/1', 'ffff::', true],
    ['8000::/1', '7fff::', false],
    ['2001:db8::/31', '2001:db9::', true],
    ['2001:db8::/32', '2001:db8:ffff::', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['2001:db8::/33', '2001:db8:7fff::', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['2001:db8::2/127', '2001:db8::3', true],
    ['2001:db8::2/127', '2001:db8::4', false],
    ['2001:db8::2/128', '2001:DB8:0:0::2', true],
    ['2001:db8::2/128', '2001:db8::3', false],
    ['2001:db8::2', '2001:db8::2', true],
    ['2001:db8::2', '2001:db8::3', false],
  ])('L84: %s holds %s: %s', (range, address, expected) => {
    expect(inside(range, address)).toBe(expected);
  });

  it.each([
    ['0.0.0.0/0', '::', false],
    ['0.0.0.0/0', '::1.2.3.4', false],
    ['::/0', '1.2.3.4', false],
    ['0.0.0.0/0', '::ffff:1.2.3.4', true],
    ['1.2.3.0/24', '::ffff:102:304', true],
    ['::ffff:1.2.3.0/120', '1.2.3.4', true],
    ['::ffff:1.2.3.0/120', '1.2.4.4', false],
    ['::ffff:0:0/96', '1.2.3.4', true],
    ['::ffff:0:0/95', '1.2.3.4', false],
  ])('L84, U14: families apart, the mapped block is IPv4: %s holds %s: %s', (range, address, expected) => {
    expect(inside(range, address)).toBe(expected);
  });

  it('L84: compares the leading bits, whatever follows', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
    );
    const bitsOf = (all: Uint8Array) => [...all].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    fc.assert(
      fc.property(bytes, fc.nat(128), fc.nat(128), (range, length, flipped) => {
        const size = range.length * 8;
        const bits = Math.min(length, size);
        const address = Uint8Array.from(range);
        // One bit changed, or none.
        if (flipped < size) address[flipped >> 3]! ^= 128 >> (flipped & 7);
        const expected = bitsOf(range).slice(0, bits) === bitsOf(address).slice(0, bits);
        expect(ipInRange({ bytes: [...range], bits }, { bytes: [...address], bits: size })).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

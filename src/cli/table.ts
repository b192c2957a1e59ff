import { visibleText } from '../value/visible-text.js';

/** Rows of text in columns of equal width; the last column runs free. Without rows there is nothing. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  style: (column: number, text: string) => string = (_, text) => text,
  styleHead: (text: string) => string = (text) => text,
): string {
  if (rows.length === 0) return '';
  const cells = rows.map((row) => row.map(visibleText));
  const widths = heads.map((head, i) =>
    cells.reduce((width, row) => Math.max(width, row[i]!.length), head.length),
  );
  // What colours a cell has no width, so that it comes after the blanks are counted.
  const line = (row: readonly string[], styled: (text: string, column: number) => string): string =>
    row
      .map(
        (text, i) => styled(text, i) + (i === row.length - 1 ? '' : ' '.repeat(widths[i]! - text.length + 2)),
      )
      .join('')
      .trimEnd();
  return [line(heads, styleHead), ...cells.map((row) => line(row, (text, i) => style(i, text)))]
    .map((text) => `${text}\n`)
    .join('');
}

/** By code units, the same everywhere. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const counted = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

/** The first of a list that fit into a cell, one at least, and how many more there are. */
export function listWithin(list: readonly string[], room: number): { text: string; more: number } {
  let taken = 1;
  let width = list[0]!.length;
  while (taken < list.length && width + 2 + list[taken]!.length <= room) width += 2 + list[taken++]!.length;
  const more = list.length - taken;
  const shown = list.slice(0, taken).join(', ');
  return { text: more === 0 ? shown : `${shown} and ${more} more`, more };
}

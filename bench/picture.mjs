// Cost against number of statements, both axes logarithmic. The same numbers give the same picture, byte for byte.

const width = 850;
const height = 460;
const area = { left: 74, right: 318, top: 44, bottom: 54 };
const colours = [
  '#8a8f98',
  '#0b6e4f',
  '#12a4a4',
  '#3aa17e',
  '#7a8f1f',
  '#1f77b4',
  '#c0392b',
  '#8e44ad',
  '#d68910',
];
const dashes = ['6 4', '', '', '2 3'];

const decades = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const round = (n) => Number(n.toFixed(1));
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const units = [
  '1 ns',
  '10 ns',
  '100 ns',
  '1 µs',
  '10 µs',
  '100 µs',
  '1 ms',
  '10 ms',
  '100 ms',
  '1 s',
  '10 s',
  '100 s',
];

/** @param series list of { label, points: [[statements, nanoseconds], …] } */
export function pictureOf(series, caption) {
  const drawn = series.filter(({ points }) => points.length > 0);
  const all = drawn.flatMap(({ points }) => points);
  const x0 = 0.6;
  const x1 = Math.log10(Math.max(...all.map(([x]) => x))) + 0.1;
  const y0 = Math.floor(Math.log10(Math.min(...all.map(([, y]) => y))));
  const y1 = Math.ceil(Math.log10(Math.max(...all.map(([, y]) => y))));
  const across = width - area.left - area.right;
  const down = height - area.top - area.bottom;
  const x = (value) => round(area.left + ((Math.log10(value) - x0) / (x1 - x0)) * across);
  const y = (value) => round(area.top + down - ((Math.log10(value) - y0) / (y1 - y0)) * down);
  const parts = [];
  for (const power of decades(y0, y1)) {
    const at = y(10 ** power);
    parts.push(`<line class="grid" x1="${area.left}" x2="${area.left + across}" y1="${at}" y2="${at}"/>`);
    parts.push(
      `<text class="tick" x="${area.left - 8}" y="${at + 4}" text-anchor="end">${units[power]}</text>`,
    );
  }
  for (const power of decades(1, Math.floor(x1))) {
    const at = x(10 ** power);
    parts.push(`<line class="grid" x1="${at}" x2="${at}" y1="${area.top}" y2="${area.top + down}"/>`);
    parts.push(
      `<text class="tick" x="${at}" y="${area.top + down + 18}" text-anchor="middle">${(10 ** power).toLocaleString('en')}</text>`,
    );
  }
  const labels = [];
  drawn.forEach((one) => {
    const { label, points } = one;
    // By the place in the whole list, so that a contestant keeps its colour when another one is missing.
    const i = series.indexOf(one);
    const colour = colours[i % colours.length];
    const path = points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ');
    const dash = dashes[i] ? ` stroke-dasharray="${dashes[i]}"` : '';
    parts.push(`<polyline fill="none" stroke="${colour}" stroke-width="2"${dash} points="${path}"/>`);
    for (const [a, b] of points) parts.push(`<circle cx="${x(a)}" cy="${y(b)}" r="3" fill="${colour}"/>`);
    labels.push({ label, colour, at: y(points.at(-1)[1]) + 4 });
  });
  // Labels stand at the end of their lines, pushed apart where they would lie on each other.
  labels.sort((a, b) => a.at - b.at);
  labels.forEach((one, i) => {
    if (i > 0) one.at = Math.max(one.at, labels[i - 1].at + 15);
  });
  for (const { label, colour, at } of labels)
    parts.push(
      `<text class="label" x="${area.left + across + 10}" y="${round(at)}" fill="${colour}">${escaped(label)}</text>`,
    );
  const middle = area.left + across / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="CPU time a decision against number of statements">
<style>
text { font: 12px system-ui, sans-serif; }
.tick, .axis { fill: #57606a; }
.title { font-weight: 600; font-size: 14px; fill: #24292f; }
.grid { stroke: #d0d7de; stroke-width: 1; }
</style>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text class="title" x="${area.left}" y="24">CPU time a decision, by number of statements</text>
${parts.join('\n')}
<text class="axis" x="${middle}" y="${height - 14}" text-anchor="middle">statements (both axes logarithmic) · ${escaped(caption)}</text>
</svg>
`;
}

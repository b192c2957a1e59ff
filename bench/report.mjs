// The report as a table: for the terminal and, the same, for README.md.
import { decisionGoals, otherGoals, otherNumbers } from './goals.mjs';
import { growthLine } from './pattern-growth.mjs';
import { labelOf } from './turns.mjs';

export function duration(nanoseconds) {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(nanoseconds < 1e4 ? 2 : 1)} µs`;
  if (nanoseconds < 1e9) return `${(nanoseconds / 1e6).toFixed(nanoseconds < 1e7 ? 2 : 0)} ms`;
  return `${(nanoseconds / 1e9).toFixed(1)} s`;
}

const whole = (n) => Math.round(n).toLocaleString('en');
const factor = (n) => (n >= 100 ? `${whole(n)} ×` : n >= 10 ? `${n.toFixed(1)} ×` : `${n.toFixed(2)} ×`);
const verdict = (met) => (met ? 'met' : 'missed');

/** [text, goal, met]: a cell with what is aimed at beside it. */
const cell = (text, goal, met) =>
  goal === undefined ? text : text === '–' ? `– (${goal})` : `${text} (${goal}: ${verdict(met)})`;

/** The library's best way for a workload: the batch where it is asked in batches. */
const oursOf = (report, name) => {
  const { results } = report.workloads[name];
  return name === 'W7' && report.batch !== undefined
    ? report.batch.nanosecondsAnAnswer
    : results.compiled.nanoseconds;
};

function ratioRow(report, name) {
  const { results, statements } = report.workloads[name];
  const goal = decisionGoals[name] ?? {};
  const ours = oursOf(report, name);
  const toFloor = ours / results.floor.nanoseconds;
  const to = (peer) => results[peer]?.nanoseconds / ours;
  const peer = (key) => {
    const found = results[key];
    if (found === undefined) return '–';
    if (found.gaveUp !== undefined) return `> ${factor((found.gaveUp * 1e6) / ours)}`;
    return found.missing === undefined ? factor(to(key)) : '–';
  };
  const simulated = results.simulate?.nanoseconds;
  const read = results.parsed?.nanoseconds;
  const readToFloor = read / results.floor.nanoseconds;
  return [
    name,
    whole(statements),
    cell(factor(toFloor), goal.floor && `≤ ${goal.floor}`, toFloor <= goal.floor),
    cell(
      peer('simulate'),
      goal.simulate && `≥ ${whole(goal.simulate)}`,
      simulated !== undefined && to('simulate') >= goal.simulate,
    ),
    peer('checked'),
    peer('cedar'),
    cell(duration(ours), goal.nanoseconds && `≤ ${duration(goal.nanoseconds)}`, ours <= goal.nanoseconds),
    // The goals of W7 are those of a batch, which reads each question once.
    ...(read === undefined || name === 'W7'
      ? ['–', '–']
      : [
          cell(factor(readToFloor), goal.floor && `≤ ${goal.floor}`, readToFloor <= goal.floor),
          cell(
            duration(read),
            goal.nanoseconds && `≤ ${duration(goal.nanoseconds)}`,
            read <= goal.nanoseconds,
          ),
        ]),
  ];
}

function timeRow(report, name, names) {
  const { results } = report.workloads[name];
  const shown = (key) => {
    const found = results[key];
    if (found === undefined) return '–';
    if (found.gaveUp !== undefined) return `> ${found.gaveUp / 1e3} s`;
    if (found.missing !== undefined) return '–';
    return `${duration(found.nanoseconds)}${found.rounds < report.pace.rounds || found.rounds < 5 ? ` (${found.rounds || 'no'} rounds)` : ''}`;
  };
  return [name, ...names.map(shown)];
}

function shareRow(report, name) {
  const { counts, requests, results, latency = results.compiled.latency } = report.workloads[name];
  const total = counts.allowed + counts.explicitDeny + counts.implicitDeny;
  const share = (word) => `${Math.round((100 * counts[word]) / total)} %`;
  const compared = (key) => (results[key]?.compared === undefined ? '–' : whole(results[key].compared));
  return [
    name,
    whole(requests),
    share('allowed'),
    share('explicitDeny'),
    share('implicitDeny'),
    latency === undefined ? '–' : `${duration(latency.p50)} / ${duration(latency.p99)}`,
    compared('simulate'),
    compared('cedar'),
  ];
}

/** Why a contestant has no number, once for each reason. */
function absences({ workloads }) {
  const found = new Map();
  for (const [name, { results }] of Object.entries(workloads)) {
    for (const [key, { missing }] of Object.entries(results)) {
      if (missing === undefined) continue;
      const text = `${labelOf(key)}: ${missing}`;
      found.set(text, [...(found.get(text) ?? []), name]);
    }
  }
  return [...found].map(([text, names]) => `${names.join(', ')}: ${text}`);
}

/** Tables as data: title, head, rows. Ratios first. */
export function tablesOf(report) {
  const names = Object.keys(decisionGoals).filter((name) => report.workloads[name] !== undefined);
  const contestants = Object.keys(report.workloads[names[0]].results);
  const number = (find, write) => {
    const value = find(report);
    return value === undefined || Number.isNaN(value) ? '–' : write(value);
  };
  return [
    {
      title:
        'Ratios: the library, compiled (W7: in a batch), and the others in the same run; in brackets the goal',
      head: [
        '',
        'statements',
        'times the floor',
        'iam-simulate takes',
        'with its checks',
        'cedar-wasm takes',
        'CPU a decision',
        'request parsed before, times the floor',
        'CPU a decision',
      ],
      rows: names.map((name) => ratioRow(report, name)),
    },
    {
      title: 'CPU time a decision',
      head: ['', ...contestants.map(labelOf)],
      rows: names.map((name) => timeRow(report, name, contestants)),
    },
    {
      title: 'Beside the decisions',
      head: ['', 'measured', 'goal', ''],
      rows: [
        ...otherGoals.map(([what, write, most, find]) => {
          const value = find(report);
          const there = value !== undefined && !Number.isNaN(value);
          return [
            what,
            there ? write(value) : '–',
            `≤ ${write(most)}`,
            there ? verdict(value <= most) : 'not there',
          ];
        }),
        ...otherNumbers.map(([what, write, find]) => [what, number(find, write), '', '']),
      ],
    },
    {
      title: 'What was asked, and how many of the answers were compared before anything was timed',
      head: [
        '',
        'requests',
        'allowed',
        'explicit deny',
        'implicit deny',
        'p50 / p99',
        'iam-simulate',
        'cedar-wasm',
      ],
      rows: names.map((name) => shareRow(report, name)),
    },
  ];
}

export function remarksOf(report) {
  return [
    ...absences(report),
    ...(report.batch === undefined
      ? []
      : [`W7 in a batch: ${report.batch.entry}, ${whole(report.batch.answers)} answers`]),
    ...(report.growth?.rows ?? []).map(
      (row) => `W6, growth, ${growthLine(row)}: ${row.linear ? 'met' : 'missed'}`,
    ),
    ...report.disagreements.map(
      ({ workload, contestant, request, ours, theirs, reason }) =>
        `${workload}, ${labelOf(contestant)} says ${theirs}, we say ${ours}: ${request.action} on ${request.resource.arn}; ${reason ?? 'no reason is known'}`,
    ),
  ];
}

export const headline = ({ environment, date, quick }) =>
  `${date}, node ${environment.node}, ${environment.cpu} × ${environment.cores}, ${environment.system}${quick ? ', quick' : ''}`;

export function asText(report) {
  const lines = [headline(report)];
  for (const { title, head, rows } of tablesOf(report)) {
    const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
    const line = (row) =>
      `  ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join('  ')}`;
    lines.push('', title, '', line(head), ...rows.map(line));
  }
  return [...lines, '', ...remarksOf(report)].join('\n');
}

export function asMarkdown(report) {
  const lines = [`Run of ${headline(report)}.`];
  for (const { title, head, rows } of tablesOf(report)) {
    const line = (row) => `| ${row.join(' | ')} |`;
    const rule = `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`;
    lines.push('', `**${title}**`, '', line(head), rule, ...rows.map(line));
  }
  return [...lines, '', ...remarksOf(report).map((remark) => `- ${remark}`)].join('\n');
}

import { SIGNALS } from './ours.ts';
import type { WorldResult } from './run-world.ts';
import { falsePerMonth, missedShare, type Tally } from './score.ts';

const [WIDTH, HEIGHT] = [760, 460];
const PLOT = { left: 64, right: 740, top: 44, bottom: 400 } as const;
const COLOURS = ['#0b6e4f', '#1f5fa8', '#8a3ffc'] as const;
/** Falses a wearer-month, on a scale of powers of ten. */
const [LEAST, MOST] = [0.03, 400];
const MOST_MISSED = 0.6;

const xOf = (tally: Tally): number =>
  PLOT.left + (Math.min(MOST_MISSED, missedShare(tally)) / MOST_MISSED) * (PLOT.right - PLOT.left);
const heightOf = (perMonth: number): number => {
  const share = Math.log(Math.max(LEAST, perMonth) / LEAST) / Math.log(MOST / LEAST);
  return PLOT.bottom - share * (PLOT.bottom - PLOT.top);
};
const yOf = (tally: Tally): number => heightOf(falsePerMonth(tally));

const text = ([x, y]: readonly [number, number], words: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${words}</text>`;

const axes = (): string[] => [
  ...[0.1, 1, 10, 100].map((n) => {
    const y = heightOf(n).toFixed(1);
    const line = `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}" class="grid"/>`;
    return line + text([PLOT.left - 8, heightOf(n) + 4], String(n), 'text-anchor="end"');
  }),
  ...[0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((share) => {
    const x = PLOT.left + (share / MOST_MISSED) * (PLOT.right - PLOT.left);
    return text([x, PLOT.bottom + 18], `${share * 100} %`, 'text-anchor="middle"');
  }),
  text([PLOT.left, PLOT.bottom + 40], 'stays of two minutes or more that were missed'),
  text([PLOT.left - 56, PLOT.top - 8], 'false alerts a wearer-month'),
];

const curveOf = ({ ours }: WorldResult, nth: number): string[] => {
  const colour = COLOURS[nth] ?? COLOURS[0];
  const signals = SIGNALS[nth];
  const rows = ours.filter((row) => row.signals === signals);
  const usual = rows.filter(({ dial }) => dial.insideAreaSquareMetres === 1e5);
  const points = usual.map(({ tally }) => `${xOf(tally).toFixed(1)},${yOf(tally).toFixed(1)}`);
  const dots = rows.map(({ tally, dial }) => {
    const filled = dial.insideAreaSquareMetres === 1e5 ? colour : '#ffffff';
    const at = `cx="${xOf(tally).toFixed(1)}" cy="${yOf(tally).toFixed(1)}"`;
    return `<circle ${at} r="4" fill="${filled}" stroke="${colour}" stroke-width="1.5"/>`;
  });
  const y = PLOT.top + 14 + 18 * nth;
  return [
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...dots,
    text([PLOT.right - 190, y], `Homeward, ${signals ?? ''}`, `fill="${colour}"`),
  ];
};

const baselinesOf = ({ baselines }: WorldResult): string[] =>
  baselines.map(({ tally }, i) => {
    const [x, y] = [xOf(tally), yOf(tally)];
    const dot = `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="#6b6b6b"/>`;
    return dot + text([x + 6, y - 5], String(i + 1), 'class="small"');
  });

/** False alerts against missed stays, every rule a point and ours a curve, as an SVG document. */
export const curveSvg = (title: string, result: WorldResult): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    `<title>${title}</title>`,
    '<style>text{font:13px sans-serif;fill:#222}.small{font-size:11px}.grid{stroke:#ddd}</style>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text([PLOT.left - 56, 20], title, 'style="font-weight:bold"'),
    ...axes(),
    ...baselinesOf(result),
    ...SIGNALS.flatMap((_, nth) => curveOf(result, nth)),
    '</svg>',
    '',
  ].join('\n');

import type { Measured } from './trained.ts';

const SIDE = 360;
const LEFT = 56;
const TOP = 24;
const COLOURS = ['#000000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00'];

const x = (share: number): string => (LEFT + share * SIDE).toFixed(1);
const y = (share: number): string => (TOP + (1 - share) * SIDE).toFixed(1);

const axis = (share: number): string => {
  const percent = `${Math.round(share * 100)} %`;
  return [
    `<text x="${x(share)}" y="${TOP + SIDE + 18}" text-anchor="middle">${percent}</text>`,
    `<text x="${LEFT - 8}" y="${y(share)}" text-anchor="end" dy="4">${percent}</text>`,
  ].join('');
};

const curve = ({ name, bins }: Measured, i: number): string => {
  const colour = COLOURS[i % COLOURS.length] ?? '#000000';
  const points = bins.map(({ said, came }) => `${x(said)},${y(came)}`);
  const width = i === 0 ? 3 : 1.5;
  const label = `<text x="${LEFT + SIDE + 16}" y="${TOP + 14 + 20 * i}" fill="${colour}">${name}</text>`;
  const dots = points.map((point) => {
    const [cx, cy] = point.split(',');
    return `<circle cx="${cx}" cy="${cy}" r="${width}" fill="${colour}"/>`;
  });
  const line = `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
  return [line, ...dots, label].join('');
};

/** What was forecast, across, and how often it came, upwards: on the line they are the same. */
export const calibrationSvg = (all: readonly Measured[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + SIDE + 320}" height="${TOP + SIDE + 56}" `,
    'font-family="sans-serif" font-size="12" role="img" aria-label="Forecast against what came">',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    `<rect x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#999999"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#999999" stroke-dasharray="4 4"/>`,
    ...[0, 0.25, 0.5, 0.75, 1].map(axis),
    `<text x="${x(0.5)}" y="${TOP + SIDE + 44}" text-anchor="middle">forecast</text>`,
    `<text x="${LEFT - 44}" y="${TOP - 8}">came</text>`,
    ...all.map(curve),
    '</svg>\n',
  ].join('\n');

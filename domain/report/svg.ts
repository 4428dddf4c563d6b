import { escapeMarkup } from './escape-markup.ts';
import { INK, PAPER, type Paint, type Picture, type Shape, type Spot } from './picture.ts';
import { printable } from './printable.ts';

/** Hundredths of a point: no eye and no printer tells more. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

const pathOf = (lines: readonly (readonly Spot[])[], isClosed: boolean): string =>
  lines
    .map((line) => {
      const spots = line.map(([x, y]) => `${short(x)} ${short(y)}`);
      return spots.length === 0 ? '' : `M${spots.join('L')}${isClosed ? 'Z' : ''}`;
    })
    .join('');

const paintOf = ({ fill, fillOpacity, stroke, strokeWidth, isDashed }: Paint): string =>
  [
    `fill="${fill ?? 'none'}"`,
    fill !== null && fillOpacity < 1 ? ` fill-opacity="${fillOpacity}"` : '',
    stroke === null ? '' : ` stroke="${stroke}" stroke-width="${strokeWidth}"`,
    isDashed ? ' stroke-dasharray="4 3"' : '',
  ].join('');

const shapeOf = (shape: Shape): string => {
  switch (shape.kind) {
    case 'lines': {
      const path = pathOf(shape.lines, shape.isClosed);
      return `<path fill-rule="evenodd" d="${path}" ${paintOf(shape.paint)}/>`;
    }
    case 'circle': {
      const [x, y] = shape.centre;
      const at = `cx="${short(x)}" cy="${short(y)}" r="${short(shape.radius)}"`;
      return `<circle ${at} ${paintOf(shape.paint)}/>`;
    }
    case 'label': {
      const [x, y] = shape.spot;
      const at = `x="${short(x)}" y="${short(y)}" font-size="${shape.size}"`;
      const halo = `stroke="${PAPER}" stroke-width="2" paint-order="stroke"`;
      const text = escapeMarkup(printable(shape.text));
      return `<text ${at} text-anchor="${shape.anchor}" fill="${INK}" ${halo}>${text}</text>`;
    }
    default:
      return shape satisfies never;
  }
};

/** A picture as SVG, with what it shows in words for whoever does not see it. */
export const svgOf = ({ width, height, shapes }: Picture, description: string): string => {
  const [across, down] = [short(width), short(height)];
  const size = `viewBox="0 0 ${across} ${down}" width="${across}" height="${down}"`;
  const label = `role="img" aria-label="${escapeMarkup(description)}"`;
  return `<svg ${label} ${size}>${shapes.map(shapeOf).join('')}</svg>`;
};

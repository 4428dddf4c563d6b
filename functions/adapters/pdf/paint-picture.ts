import type { Paint, Picture, Shape } from '#domain/report/picture.ts';
import { printable } from '#domain/report/printable.ts';
import type { Paper } from './paper.ts';

type Painter = Pick<Paper, 'doc' | 'drawLines' | 'setter'>;

const paint = ({ doc }: Painter, look: Paint): void => {
  const { fill, fillOpacity, stroke, strokeWidth, isDashed } = look;
  doc.fillOpacity(fill === null ? 1 : fillOpacity).lineWidth(strokeWidth);
  if (isDashed) doc.dash(4, { space: 3 });
  else doc.undash();
  if (fill !== null && stroke !== null) doc.fillAndStroke(fill, stroke, 'even-odd');
  else if (fill !== null) doc.fill(fill, 'even-odd');
  else if (stroke !== null) doc.stroke(stroke);
  doc.fillOpacity(1).undash();
};

const drawLabel = (painter: Painter, label: Extract<Shape, { kind: 'label' }>): void => {
  const { doc, drawLines, setter } = painter;
  const style = { size: label.size, weight: 'regular' } as const;
  const [line] = setter.linesOf(printable(label.text), style, Number.POSITIVE_INFINITY);
  if (line === undefined) return;
  const shift = { start: 0, middle: line.width / 2, end: line.width }[label.anchor];
  const [x, y] = [label.spot[0] - shift, label.spot[1]];
  doc.rect(x - 1, y - 0.8 * label.size, line.width + 2, 1.05 * label.size);
  doc.fillOpacity(0.75).fill('#ffffff').fillOpacity(1);
  // Lines stand on their baseline, as labels do.
  const top = y - 1.06 * label.size;
  drawLines([line], style, { x, y: top, width: line.width, align: 'start' });
};

const drawShape = (painter: Painter, shape: Shape): void => {
  const { doc } = painter;
  switch (shape.kind) {
    case 'lines': {
      for (const line of shape.lines) {
        for (const [i, [x, y]] of line.entries()) {
          if (i === 0) doc.moveTo(x, y);
          else doc.lineTo(x, y);
        }
        if (shape.isClosed && line.length > 0) doc.closePath();
      }
      if (shape.lines.some(({ length }) => length > 0)) paint(painter, shape.paint);
      return;
    }
    case 'circle': {
      const [x, y] = shape.centre;
      doc.circle(x, y, shape.radius);
      paint(painter, shape.paint);
      return;
    }
    case 'label':
      drawLabel(painter, shape);
      return;
    default:
      shape satisfies never;
  }
};

/** Paints a picture with its upper left corner at a place, and cuts it off at its edges. */
export const paintPicture = (
  painter: Painter,
  { width, height, shapes }: Picture,
  { x, y, scale }: Readonly<{ x: number; y: number; scale: number }>,
): void => {
  const { doc } = painter;
  doc.save();
  doc.translate(x, y).scale(scale);
  doc.rect(0, 0, width, height).clip();
  for (const shape of shapes) drawShape(painter, shape);
  doc.restore();
};

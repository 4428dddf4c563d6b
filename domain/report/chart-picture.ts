import type { ChartBlock } from './block.ts';
import {
  box,
  filled,
  INK,
  PAPER,
  type Picture,
  type Shape,
  type Spot,
  stroked,
} from './picture.ts';

const [WIDTH, HEIGHT] = [480, 228];
const [LEFT, TOP, RIGHT, BOTTOM] = [44, 26, 12, 44];
const PLOT_WIDTH = WIDTH - LEFT - RIGHT;
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
const COLOURS = ['#1d70b8', '#b00020', '#00703c', '#4c2c92'] as const;
/** So many places are named along the axis; the table beside the picture names all. */
const MOST_NAMED = 14;

const colourOf = (nth: number): string => COLOURS[nth] ?? INK;

/** The least of 1, 2, 5, 10 ... that is no less than a value. */
export const roundTop = (value: number): number => {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
};

const topOf = ({ series }: ChartBlock): number =>
  roundTop(
    series.flatMap(({ values }) => values).reduce<number>((top, v) => Math.max(top, v ?? 0), 0),
  );

const yOf = (value: number, top: number): number => TOP + PLOT_HEIGHT * (1 - value / top);

const note = (spot: Spot, text: string, anchor: 'start' | 'middle' | 'end'): Shape => ({
  ...{ kind: 'label', spot, text, size: 7.5, anchor },
});

const axisShapes = (chart: ChartBlock, top: number): Shape[] => [
  ...[0, 0.5, 1].flatMap((share): Shape[] => {
    const y = yOf(share * top, top);
    const line: readonly Spot[] = [
      [LEFT, y],
      [LEFT + PLOT_WIDTH, y],
    ];
    const paint = share === 0 ? stroked(INK, 1) : stroked('#b1b4b6', 0.5);
    return [
      { kind: 'lines', lines: [line], isClosed: false, paint },
      note([LEFT - 5, y + 2.5], String(share * top), 'end'),
    ];
  }),
  note([LEFT, TOP - 14], chart.unit, 'start'),
  note([LEFT + PLOT_WIDTH / 2, HEIGHT - 6], chart.placesHeading, 'middle'),
];

/** A letter of a name takes so many points, more or less. */
const LETTER_WIDTH = 4.3;

/** A name in two lines where it is wider than its place, parted about its middle. */
const namedWithin = (name: string, width: number): string[] => {
  if (name.length * LETTER_WIDTH <= width) return [name];
  const ends = [...name.matchAll(/[ -]/g)].map(({ index }) => index + 1);
  const [end] = ends.toSorted(
    (a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2),
  );
  return end === undefined ? [name] : [name.slice(0, end).trimEnd(), name.slice(end)];
};

const placeShapes = ({ places }: ChartBlock): Shape[] => {
  const every = Math.ceil(places.length / MOST_NAMED);
  const step = PLOT_WIDTH / places.length;
  return places.flatMap((place, i) =>
    i % every === 0
      ? namedWithin(place, every * step).map((line, down) =>
          note([LEFT + (i + 0.5) * step, HEIGHT - 33 + 9 * down], line, 'middle'),
        )
      : [],
  );
};

const barShapes = ({ places, series }: ChartBlock, top: number): Shape[] => {
  const step = PLOT_WIDTH / places.length;
  const width = (0.8 * step) / series.length;
  return series.flatMap(({ values }, nth) =>
    values.flatMap((value, i): Shape[] => {
      if (value === null) return [];
      const y = yOf(value, top);
      const x = LEFT + (i + 0.1) * step + nth * width;
      return [box([x, y], [0.92 * width, TOP + PLOT_HEIGHT - y], filled(colourOf(nth)))];
    }),
  );
};

/** The stretches of a line between places without a value: what is not there joins nothing. */
const stretchesOf = (spots: readonly (Spot | null)[]): Spot[][] => {
  const stretches: Spot[][] = [[]];
  for (const spot of spots) {
    if (spot === null) stretches.push([]);
    else stretches.at(-1)?.push(spot);
  }
  return stretches.filter(({ length }) => length > 0);
};

const lineShapes = ({ places, series }: ChartBlock, top: number): Shape[] => {
  const step = PLOT_WIDTH / places.length;
  return series.flatMap(({ values }, nth): Shape[] => {
    const spots = values.map((value, i): Spot | null =>
      value === null ? null : [LEFT + (i + 0.5) * step, yOf(value, top)],
    );
    const lines = stretchesOf(spots);
    const paint = { ...stroked(colourOf(nth), 1.5), isDashed: nth % 2 === 1 };
    const dots = lines.flat().map(
      (centre): Shape => ({
        ...{ kind: 'circle', centre, radius: 2, paint: filled(colourOf(nth)) },
      }),
    );
    return [{ kind: 'lines', lines, isClosed: false, paint }, ...dots];
  });
};

const keyShapes = ({ series }: ChartBlock): Shape[] =>
  series.flatMap(({ name }, nth): Shape[] => {
    const x = LEFT + 90 + nth * 85;
    return [
      box([x, TOP - 20], [7, 7], filled(colourOf(nth))),
      note([x + 10, TOP - 14], name, 'start'),
    ];
  });

/** Draws a chart over an axis that begins at nought. */
export const chartPicture = (chart: ChartBlock): Picture => {
  const top = topOf(chart);
  const drawn = chart.form === 'bars' ? barShapes(chart, top) : lineShapes(chart, top);
  return {
    width: WIDTH,
    height: HEIGHT,
    shapes: [
      box([0, 0], [WIDTH, HEIGHT], filled(PAPER)),
      ...axisShapes(chart, top),
      ...drawn,
      ...placeShapes(chart),
      ...(chart.series.length > 1 ? keyShapes(chart) : []),
    ],
  };
};

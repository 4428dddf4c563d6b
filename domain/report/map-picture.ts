import type { MapDrawing, PlanePoint } from './map-drawing.ts';
import {
  box,
  crossShape,
  filled,
  INK,
  markShape,
  PAPER,
  type Paint,
  type Picture,
  type Shape,
  type Spot,
  stroked,
} from './picture.ts';

const WIDTH = 480;
const LEAST_HEIGHT = 200;
const MOST_HEIGHT = 400;

/** Where a point of the plane lies in the picture, and how many points a metre takes. */
type Projection = Readonly<{ spotOf: (point: PlanePoint) => Spot; pointsPerMetre: number }>;

const heightFor = (acrossMetres: number, upMetres: number): number =>
  Math.min(Math.max((WIDTH * upMetres) / acrossMetres, LEAST_HEIGHT), MOST_HEIGHT);

const project = ({ extent }: MapDrawing): Projection & { height: number } => {
  const { westMetres, southMetres, eastMetres, northMetres } = extent;
  // A drawing of one point has no width: a metre will do.
  const acrossMetres = Math.max(eastMetres - westMetres, 1);
  const upMetres = Math.max(northMetres - southMetres, 1);
  const height = heightFor(acrossMetres, upMetres);
  const pointsPerMetre = Math.min(WIDTH / acrossMetres, height / upMetres);
  const [middleEast, middleNorth] = [
    (westMetres + eastMetres) / 2,
    (southMetres + northMetres) / 2,
  ];
  const spotOf = ([east, north]: PlanePoint): Spot => [
    WIDTH / 2 + (east - middleEast) * pointsPerMetre,
    height / 2 - (north - middleNorth) * pointsPerMetre,
  ];
  return { spotOf, pointsPerMetre, height };
};

const closed = (stroke: string, fillOpacity: number, isDashed = false): Paint => ({
  ...{ fill: stroke, fillOpacity, stroke, strokeWidth: 1, isDashed },
});

const AREA_PAINTS: Readonly<Record<MapDrawing['areas'][number]['part'], Paint>> = {
  exclusion: closed('#b00020', 0.14),
  inclusion: closed('#00703c', 0.12),
  home: closed('#4c2c92', 0.14),
  buffer: stroked('#6b3a00', 0.9, true),
};

const areaShapes = ({ areas }: MapDrawing, { spotOf }: Projection): Shape[] =>
  areas.map(({ part, rings }) => ({
    kind: 'lines',
    lines: rings.map((ring) => ring.map(spotOf)),
    isClosed: true,
    paint: AREA_PAINTS[part],
  }));

const label = (
  [x, y]: Spot,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): Shape => ({
  ...{ kind: 'label', spot: [x, y], text, size: 7.5, anchor },
});

/** An area is named at the top of its outer ring, as far as that is in the picture. */
const areaLabels = ({ areas }: MapDrawing, { spotOf, height }: Projection & { height: number }) =>
  areas.flatMap(({ name, rings }): Shape[] => {
    const spots = (rings[0] ?? []).map(spotOf);
    const top = spots.reduce((found, spot) => (spot[1] < found[1] ? spot : found), [0, height]);
    const xs = spots.map(([x]) => x);
    const middle = (Math.min(...xs, WIDTH) + Math.max(...xs, 0)) / 2;
    const x = Math.min(Math.max(middle, 60), WIDTH - 60);
    const y = Math.min(Math.max(top[1] + 9, 14), height - 24);
    return spots.length === 0 ? [] : [label([x, y], name, 'middle')];
  });

const accuracyShapes = ({ marks }: MapDrawing, { spotOf, pointsPerMetre }: Projection): Shape[] =>
  marks.flatMap(({ point, accuracyMetres }) =>
    accuracyMetres === null
      ? []
      : [
          {
            kind: 'circle',
            centre: spotOf(point),
            radius: accuracyMetres * pointsPerMetre,
            paint: { ...closed('#1d70b8', 0.08), strokeWidth: 0.4 },
          },
        ],
  );

const trailShapes = ({ segments }: MapDrawing, { spotOf }: Projection): Shape[] =>
  segments.map(({ points }) => ({
    kind: 'lines',
    lines: [points.map(spotOf)],
    isClosed: false,
    paint: stroked(INK, 1.2),
  }));

const gapShapes = ({ gaps }: MapDrawing, { spotOf }: Projection): Shape[] =>
  gaps.flatMap(({ lastPoint, nextPoint }, i) =>
    [lastPoint, nextPoint].flatMap((point, end) => {
      if (point === null) return [];
      const [x, y] = spotOf(point);
      const text = `gap ${i + 1} ${end === 0 ? 'begins' : 'ends'}`;
      return [crossShape([x, y]), label([x + 5, y - 4], text)];
    }),
  );

/** Labels nearer to each other than this, in points across and down, would cover one another. */
const [NEAR_ACROSS, NEAR_DOWN] = [16, 9];
const MOST_JOINED = 3;

const joined = (names: readonly string[]): string =>
  names.length <= MOST_JOINED ? names.join(', ') : `${names[0]} to ${names.at(-1)}`;

/** Fixes under numbers, and stays under theirs, where they stand together. */
const namesTogether = (names: readonly string[]): string =>
  [names.filter((name) => !name.startsWith('S')), names.filter((name) => name.startsWith('S'))]
    .filter(({ length }) => length > 0)
    .map(joined)
    .join(', ');

type Together = { at: Spot; names: string[] };

/** The names of marks, those that would cover one another under one label: none is hidden. */
const markLabels = ({ marks }: MapDrawing, { spotOf }: Projection): Shape[] => {
  const labels: Together[] = [];
  for (const { point, label: name } of marks) {
    if (name === null) continue;
    const [x, y] = spotOf(point);
    const near = labels.find(
      ({ at }) => Math.abs(at[0] - x) < NEAR_ACROSS && Math.abs(at[1] - y) < NEAR_DOWN,
    );
    if (near === undefined) labels.push({ at: [x, y], names: [name] });
    else near.names.push(name);
  }
  return labels.map(({ at: [x, y], names }) => label([x + 5, y + 9], namesTogether(names)));
};

const markShapes = ({ marks }: MapDrawing, { spotOf }: Projection): Shape[] =>
  marks.map(({ point, source }) => markShape(source, spotOf(point)));

const STEPS = [1, 2, 5] as const;

/** The longest of 1, 2, 5, 10, 20 ... metres that takes no more than a quarter of the width. */
export const scaleBarMetres = (pointsPerMetre: number): number => {
  const most = WIDTH / 4 / pointsPerMetre;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = STEPS.findLast((one) => one * power <= most) ?? 1;
  return step * power;
};

const metresText = (metres: number): string =>
  metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;

const scaleShapes = ({ pointsPerMetre }: Projection, height: number): Shape[] => {
  const metres = scaleBarMetres(pointsPerMetre);
  const [left, down, long] = [12, height - 10, metres * pointsPerMetre];
  const bar: readonly Spot[] = [
    [left, down - 4],
    [left, down],
    [left + long, down],
    [left + long, down - 4],
  ];
  return [
    box([6, height - 24], [long + 54, 20], filled(PAPER, 0.8)),
    { kind: 'lines', lines: [bar], isClosed: false, paint: stroked(INK, 1) },
    label([left + long + 5, down], metresText(metres)),
  ];
};

const northShapes = (): Shape[] => {
  const [x, y] = [WIDTH - 16, 24];
  const arrow: readonly Spot[] = [
    [x, y - 14],
    [x + 5, y],
    [x, y - 4],
    [x - 5, y],
  ];
  return [
    { kind: 'lines', lines: [arrow], isClosed: true, paint: filled(INK) },
    label([x, y + 9], 'N', 'middle'),
  ];
};

/**
 * Draws a map: areas, circles of accuracy, the trail in its segments, gaps, fixes, then a scale bar
 * and where north is.
 */
export const mapPicture = (drawing: MapDrawing): Picture => {
  const projection = project(drawing);
  const { height } = projection;
  const size: Spot = [WIDTH, height];
  return {
    width: WIDTH,
    height,
    shapes: [
      box([0, 0], size, filled('#f8f8f8')),
      ...areaShapes(drawing, projection),
      ...accuracyShapes(drawing, projection),
      ...trailShapes(drawing, projection),
      ...markShapes(drawing, projection),
      ...markLabels(drawing, projection),
      ...gapShapes(drawing, projection),
      ...areaLabels(drawing, projection),
      ...scaleShapes(projection, height),
      ...northShapes(),
      box([0, 0], size, stroked('#505a5f', 0.8)),
    ],
  };
};

/** Latitude first, as CAP writes it. */
type Point = readonly [lat: number, lon: number];

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

const pointOf = (pair: string): Point | null => {
  const [lat = '', lon = '', ...rest] = pair.split(',');
  if (rest.length > 0 || !NUMBER.test(lat) || !NUMBER.test(lon)) return null;
  const point = [Number(lat), Number(lon)] as const;
  return Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180 ? point : null;
};

const same = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];

/** Above 0 where a, b, c turn to one side, below 0 to the other, 0 on one line. */
const turn = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const isBetween = (p: Point, a: Point, b: Point): boolean =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1]);

type Edge = readonly [from: Point, to: Point];

const meet = ([a, b]: Edge, [c, d]: Edge): boolean => {
  const [ofC, ofD] = [Math.sign(turn(a, b, c)), Math.sign(turn(a, b, d))];
  const [ofA, ofB] = [Math.sign(turn(c, d, a)), Math.sign(turn(c, d, b))];
  if (ofC !== ofD && ofA !== ofB && ofC * ofD * ofA * ofB !== 0) return true;
  return (
    (ofC === 0 && isBetween(c, a, b)) ||
    (ofD === 0 && isBetween(d, a, b)) ||
    (ofA === 0 && isBetween(a, c, d)) ||
    (ofB === 0 && isBetween(b, c, d))
  );
};

/** Edges side by side share a point, and may. */
const crossesItself = (points: readonly Point[]): boolean => {
  const edges = points.flatMap((to, i): Edge[] => {
    const from = points[i - 1];
    return from === undefined || same(from, to) ? [] : [[from, to]];
  });
  return edges.some((edge, i) =>
    edges.some((other, j) => {
      const isNext = j === i + 1 || (i === 0 && j === edges.length - 1);
      return j > i && !isNext && meet(edge, other);
    }),
  );
};

/** Says what of a text is no polygon of CAP: four pairs or more, closed, of which no edges meet. */
export const polygonProblems = (text: string): string[] => {
  const points = text.trim().split(/\s+/).map(pointOf);
  if (points.includes(null)) return ['polygon: something in it is no "latitude,longitude"'];
  const known = points.flatMap((point) => (point === null ? [] : [point]));
  const [first, last] = [known[0], known.at(-1)];
  if (known.length < 4) return ['polygon: fewer than four points'];
  if (first === undefined || last === undefined || !same(first, last)) {
    return ['polygon: its last point is not its first'];
  }
  return crossesItself(known) ? ['polygon: it crosses or touches itself'] : [];
};

/** Says what of a text is no circle of CAP: "latitude,longitude radius", the radius in km. */
export const circleProblems = (text: string): string[] => {
  const [centre = '', radius = '', ...rest] = text.trim().split(/\s+/);
  if (rest.length > 0 || pointOf(centre) === null)
    return ['circle: no "latitude,longitude radius"'];
  return NUMBER.test(radius) && Number(radius) >= 0 ? [] : ['circle: its radius is no kilometres'];
};

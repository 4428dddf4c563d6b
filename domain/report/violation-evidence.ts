import type { DeviceEvent, Fix } from '../model/device-event.ts';
import { factsOf as deviceFacts } from '../model/device-facts.ts';
import type { Evidence, Violation } from '../model/violation.ts';
import type { Block } from './block.ts';
import { accuracyWords } from './map-words.ts';
import { missing, numbers, tableOf, words } from './pieces.ts';
import type { Sketch } from './trail-sketch.ts';
import { pieceWords } from './violation-words.ts';
import type { Words } from './words.ts';

const SOURCES = { gnss: 'satellites', wifi: 'Wi-Fi', cell: 'mobile cell', rf: 'radio beacon' };

const place = ({ lat, lon }: Pick<Fix, 'lat' | 'lon'>): string =>
  `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

const orDash = (value: number | null): string => (value === null ? 'not stated' : String(value));

const fixRow = (mark: string, fix: Fix): Words[] => [
  ...[mark, { at: fix.recordedAt }, { at: fix.receivedAt }, place(fix)],
  ...[SOURCES[fix.source], accuracyWords(fix), orDash(fix.satellites), orDash(fix.hdop)],
];

type FixPiece = Evidence & { kind: 'fix' };

const isSame = (piece: FixPiece, fix: Fix): boolean =>
  piece.recordedAt === fix.recordedAt && piece.lat === fix.lat && piece.lon === fix.lon;

/** As it stands in the violation, where the trail has no such fix any more. */
const barePiece = (piece: FixPiece): Words[] => [
  ...['-', { at: piece.recordedAt }, 'not in the trail', place(piece), SOURCES[piece.source]],
  piece.accuracyMetres === null ? 'accuracy not stated' : `within ${piece.accuracyMetres} m`,
  ...['not in the trail', 'not in the trail'],
];

const COLUMNS = [
  ...[words('Mark', 1.4), words('Recorded, by the device', 5.4), words('Received, by us', 5.4)],
  ...[words('Latitude, longitude', 3), words('Source', 2), words('Accuracy', 2)],
  ...[numbers('Satellites', 2), numbers('HDOP', 1.4)],
];

/** The positions that a violation rests on, each with how it was come by and how good it is. */
const fixTable = ({ evidence }: Violation, { wanted, stays }: Sketch): Block[] => {
  const pieces = evidence.flatMap((piece) => (piece.kind === 'fix' ? [piece] : []));
  const found = pieces.map((piece) => ({
    piece,
    i: wanted.findIndex((fix) => isSame(piece, fix)),
  }));
  const rows = found.map(({ piece, i }) => {
    const fix = wanted[i];
    return fix === undefined ? barePiece(piece) : fixRow(String(i + 1), fix);
  });
  const deepest = stays
    .map(({ deepest: fix }, i) => ({ fix, mark: `S${i + 1}` }))
    .filter(({ fix }) => !wanted.includes(fix));
  const lost = found.filter(({ i }) => i < 0).length;
  const rest = [...rows, ...deepest.map(({ mark, fix }) => fixRow(mark, fix))];
  return [
    tableOf('Positions that it rests on, and the deepest of each stay', {
      columns: COLUMNS,
      rows: rest,
      whenEmpty: 'It rests on no position.',
    }),
    ...(lost === 0
      ? []
      : [
          missing(
            `${lost} of these positions cannot be found in the trail any more`,
            'They are printed as they were put on record with the violation; satellites, HDOP and the time of receipt cannot be shown.',
          ),
        ]),
  ];
};

const heardWords = (event: Exclude<DeviceEvent, Fix>): string =>
  event.kind === 'check' ? pieceWords(event) : pieceWords({ ...event, facts: deviceFacts(event) });

/** Checks and what the device said of itself about that time. */
const heardTable = ({ heard }: Sketch): Block[] => {
  const others = heard.flatMap((event) => (event.kind === 'fix' ? [] : [event]));
  if (others.length === 0) return [];
  return [
    tableOf('Checks, and what the device said of itself, about that time', {
      columns: [words('Recorded', 4), words('Received', 4), words('What it said', 5)],
      rows: others.map((event) => [
        { at: event.recordedAt },
        { at: event.receivedAt },
        heardWords(event),
      ]),
      whenEmpty: 'None.',
    }),
  ];
};

/** Pieces of the violation itself that are no positions, as they were put on record with it. */
const pieceTable = ({ evidence }: Violation): Block[] => {
  const pieces = evidence.flatMap((piece) => (piece.kind === 'fix' ? [] : [piece]));
  if (pieces.length === 0) return [];
  return [
    tableOf('What else it rests on', {
      columns: [words('Recorded', 2), words('What it said', 3)],
      rows: pieces.map((piece) => [{ at: piece.recordedAt }, pieceWords(piece)]),
      whenEmpty: 'Nothing.',
    }),
  ];
};

/** All that a violation rests on, with both clocks of each piece. */
export const evidenceBlocks = (violation: Violation, sketch: Sketch): Block[] => [
  ...fixTable(violation, sketch),
  ...pieceTable(violation),
  ...heardTable(sketch),
];

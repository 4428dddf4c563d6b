import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** A body and how it is sent. */
export type SentBody = Readonly<{
  routeKey: string;
  bytes: Buffer;
  headers: Readonly<Record<string, string>>;
}>;

/** A generator of numbers from 0 to 1 that gives the same for the same seed (mulberry32). */
export const dice = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  const oneOf = <T>(choices: readonly T[]): T => {
    const chosen = choices[below(choices.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  return { below, oneOf };
};
export type Dice = ReturnType<typeof dice>;

const MEBIBYTE = 1_048_576;
const ROUTES = ['POST /v1/events', 'POST /v1/ingest/traccar', 'POST /v1/ingest/owntracks'];
const TYPES = ['application/json', 'application/x-ndjson', 'text/plain', 'constructor', ''];

const nested = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + close.repeat(depth);

/** Texts that have broken parsers, each once; some large, so all are made once. */
const TEXTS: readonly string[] = [
  '',
  '   \r\n',
  'null',
  '0',
  '"text"',
  '{}',
  '[]',
  '[[]]',
  '[null,5,"x",[],{}]',
  '{"kind":',
  '[NaN]',
  '[Infinity]',
  '[1e400]',
  `[${'9'.repeat(1_000)}]`,
  '[{"__proto__":{"kind":"fix"}}]',
  '[{"constructor":{"prototype":{"kind":"fix"}}}]',
  '{"__proto__":{"position":{}},"device":{"__proto__":null}}',
  '{"_type":"__proto__","tst":9007199254740993}',
  '{"_type":"location","_type":"location","lat":1,"lat":91,"tst":1e400}',
  '{"position":{"latitude":1e999,"longitude":-0,"fixTime":"2026"},"device":{"uniqueId":"d"}}',
  '\u{FEFF}[]',
  '\u0000',
  '[{"kind":"\\ud800"}]',
  '{"_type":"location","topic":"owntracks/\\udfff/x","lat":1,"lon":1,"tst":1772439300}',
  nested('[', ']', 100_000),
  '['.repeat(400_000),
  nested('{"a":', '}', 50_000),
  `[${'{},'.repeat(2_000)}{}]`,
  `{"_type":"${'x'.repeat(100_000)}"}`,
  '\n'.repeat(500_000),
  '{"kind":"fix"}\n5\n{"kind"\n\n[]',
  ' '.repeat(MEBIBYTE + 1),
];

const BOMBS: readonly (readonly [string, Buffer])[] = [
  ['gzip', gzipSync(Buffer.alloc(100 * MEBIBYTE, 'x'), { level: 9 })],
  ['deflate', deflateSync(Buffer.alloc(100 * MEBIBYTE, '['), { level: 9 })],
  ['deflate', deflateRawSync(Buffer.alloc(50 * MEBIBYTE))],
  ['gzip', gzipSync(gzipSync(Buffer.alloc(20 * MEBIBYTE)))],
  ['gzip', Buffer.concat(Array.from({ length: 50 }, () => gzipSync(Buffer.alloc(MEBIBYTE))))],
];

const CODINGS = ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity', '__proto__'];

const randomBytes = ({ below }: Dice): Buffer =>
  Buffer.from(Array.from({ length: below(300) }, () => below(256)));

/** A sound body with bytes changed, left out or cut off. */
const damaged = (roll: Dice, sound: Buffer): Buffer => {
  const bytes = Buffer.from(sound);
  for (let i = 0; i <= roll.below(8); i += 1) bytes[roll.below(bytes.length)] = roll.below(256);
  return roll.below(2) === 0 ? bytes : bytes.subarray(0, roll.below(bytes.length));
};

const bytesOf = (roll: Dice, sound: Buffer): Buffer => {
  const kind = roll.below(10);
  if (kind < 2) return randomBytes(roll);
  // The large ones are costly, and the same each time.
  if (kind < 5) return Buffer.from(roll.oneOf(roll.below(20) === 0 ? TEXTS : TEXTS.slice(0, 24)));
  return damaged(roll, sound);
};

/** A body that nobody sane would send; `sound` is what some of them are made of. */
export const badBody = (roll: Dice, sound: Buffer): SentBody => {
  const routeKey = roll.oneOf(ROUTES);
  const type = { 'content-type': roll.oneOf(TYPES) };
  if (roll.below(500) === 0) {
    const [coding, bytes] = roll.oneOf(BOMBS);
    return { routeKey, bytes, headers: { ...type, 'content-encoding': coding } };
  }
  const bytes = bytesOf(roll, sound);
  if (roll.below(4) > 0) return { routeKey, bytes, headers: type };
  const headers = { ...type, 'content-encoding': roll.oneOf(CODINGS) };
  const packed = roll.below(2) === 0 ? damaged(roll, gzipSync(bytes)) : gzipSync(bytes);
  return { routeKey, bytes: roll.below(2) === 0 ? packed : bytes, headers };
};

/** Events that must be refused, as JSON text. */
const BAD_EVENTS: readonly string[] = [
  '5',
  'null',
  '[]',
  '"fix"',
  '{}',
  '{"__proto__":{"kind":"fix"}}',
  '{"kind":"__proto__"}',
  '{"kind":"constructor","activationId":"a-1"}',
  '{"kind":"fix","activationId":"a-1","lat":1e400,"lon":1,"recordedAt":"2026-03-02T08:00:00Z"}',
  '{"kind":"fix","activationId":"a-1","lat":1,"lon":1,"recordedAt":"2026-03-02T25:00:00Z"}',
  '{"kind":"fix","activationId":"a-1","lat":0,"lon":0,"recordedAt":"2026-03-02T08:00:00Z"}',
  '{"kind":"fix","activationId":"\\ud800","lat":1,"lon":1,"recordedAt":"2026-03-02T08:00:00Z"}',
  '{"kind":"fix","activationId":{"toString":1},"lat":1,"lon":1}',
  `{"kind":${nested('[', ']', 5_000)}}`,
  `{"kind":"fix","activationId":"${'a'.repeat(5_000)}"}`,
  '{"kind":"fix","activationId":"a-1","lat":1,"lat":[],"lon":1}',
];

/** Lines that only NDJSON can hold beside good ones. */
const BAD_LINES: readonly string[] = ['{"kind":', 'NaN', '[1e400', '\u0000', '}{', 'null,'];

const PACKERS = [
  { coding: '', pack: (bytes: Buffer) => bytes },
  { coding: 'gzip', pack: (bytes: Buffer) => gzipSync(bytes) },
  { coding: 'deflate', pack: (bytes: Buffer) => deflateSync(bytes) },
  { coding: 'deflate', pack: (bytes: Buffer) => deflateRawSync(bytes) },
];

/** One bad event among good ones, in either form, packed or not; and where the bad one stands. */
export const mixedBody = (roll: Dice, good: readonly string[]): SentBody & { badAt: number } => {
  const badAt = roll.below(good.length + 1);
  const isLines = roll.below(2) === 0;
  const bad = roll.oneOf(isLines ? [...BAD_EVENTS, ...BAD_LINES] : BAD_EVENTS);
  const all = [...good.slice(0, badAt), bad, ...good.slice(badAt)];
  const text = isLines ? all.join(roll.oneOf(['\n', '\r\n', '\n\n'])) : `[${all.join(',')}]`;
  const { coding, pack } = roll.oneOf(PACKERS);
  const type = isLines ? 'application/x-ndjson' : 'application/json';
  const encoding = coding === '' ? {} : { 'content-encoding': coding };
  const headers = { 'content-type': type, ...encoding };
  return { routeKey: 'POST /v1/events', bytes: pack(Buffer.from(text)), headers, badAt };
};

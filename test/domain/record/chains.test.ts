import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import type { ExportLine } from '#domain/record/export-line.ts';
import { inForceAt } from '#domain/record/in-force.ts';
import type { ProblemCode } from '#domain/record/problem.ts';
import { standingOf, type Verdict } from '#domain/record/verdict.ts';
import type { Known } from '#domain/record/verify.ts';
import { newChainsVerifier } from '#domain/record/verify-chains.ts';
import { digestOfDocument } from '#functions/adapters/dynamodb/document-entries.ts';
import { nodeCrypto } from '#local/record/node-crypto.ts';
import { exitCodeOf, sayVerdicts, sayWhatWasInForce } from '#local/record/say-verdict.ts';
import { AGENCY_KEY, entryOf, exportOf, newKey, saltOf, textOf } from '#test/support/exported.ts';

const ZONE = 'kent#ZONE#school';
const WEARER = 'kent#WEARER#w-1';
const NARROW = { name: 'School', radiusMetres: 100 };
const WIDE = { name: 'School', radiusMetres: 300 };
const ORDER = { orderId: 'o-1', conditions: [{ zoneId: 'school' }] };

const put = (nth: number, name: string, [version, document]: readonly [number, object]) => {
  const { at } = entryOf(nth);
  const sha256 = digestOfDocument(document);
  const body = { entity: 'ZONE', name, version, sha256, inForceAt: at };
  return { salt: saltOf(nth), entry: entryOf(nth, { type: 'document-put', body }) };
};

type Document = readonly [name: string, version: number, document: object];

/** A chain as the API writes it with its documents. */
const withDocuments = (lines: readonly ExportLine[], documents: readonly Document[]) => {
  const said = documents.map(([name, version, document]) => ({
    ...{ kind: 'document', name, version, document },
  }));
  const [head, ...rest] = lines;
  const at = rest.findIndex(({ kind }) => kind === 'unsealed' || kind === 'end');
  const end = { ...rest.at(-1), documents: said.length };
  const between = [...rest.slice(0, at), ...said, ...rest.slice(at, -1)];
  return [{ ...head, schema: 'homeward.record.2' }, ...between, end];
};

const VERSIONS: readonly Document[] = [
  ['CURRENT', 1, NARROW],
  ['CURRENT', 2, WIDE],
];
const zone = ({ documents = VERSIONS, chain = ZONE, key = AGENCY_KEY } = {}) => {
  const openings = [put(1, 'CURRENT', [1, NARROW]), put(30, 'CURRENT', [2, WIDE])];
  return withDocuments(exportOf({ openings, positions: [1, 2], chain, key }), documents);
};
const wearer = () =>
  withDocuments(
    exportOf({ openings: [put(2, 'ORDER#o-1', [1, ORDER])], positions: [1], chain: WEARER }),
    [['ORDER#o-1', 1, ORDER]],
  );

/** A chain of which nothing was sealed yet. */
const unanchored = () =>
  withDocuments(exportOf({ openings: [], positions: [], chain: WEARER }), []);

const verified = (lines: readonly unknown[], known: Partial<Known> = {}) => {
  const verifier = newChainsVerifier(nodeCrypto, { chain: null, keyId: null, ...known });
  for (const line of textOf(lines).split('\n').slice(0, -1)) verifier.take(line);
  return verifier.finish();
};
const KNOWN = { keyId: AGENCY_KEY.keyId };
const AT_MINUTE = (minute: number) => instant(Date.parse('2026-10-24T20:00:00Z') + minute * 60_000);

describe('given a record with its documents, and the chain of a zone after it', () => {
  /** Anchors of the two were made apart here; the first stands in both under number 1. */
  const zoneAlone = zone();

  it('is intact, and says which version was in force at a minute', () => {
    const verdicts = verified(zoneAlone, KNOWN);
    expect(verdicts.map(({ problems }) => problems)).toEqual([0]);
    expect(exitCodeOf(verdicts, true)).toBe(0);
    const versionAt = (minute: number) =>
      inForceAt(verdicts, AT_MINUTE(minute)).map(({ document }) => document.version);
    expect([0, 1, 29, 30].map(versionAt)).toEqual([[], [1], [1], [2]]);
    expect(sayWhatWasInForce(verdicts, AT_MINUTE(29)).join('\n')).toMatch(
      /kent#ZONE#school: version 1, from 2026-10-24T20:01.* by entry 1, held by anchor 1 of .*; its text is here/,
    );
    expect(sayWhatWasInForce(verdicts, AT_MINUTE(0))[0]).toMatch(/^Nothing here says/);
  });

  it('tells of each chain, and first what they come to together', () => {
    const key = newKey();
    const verdicts = verified([...zoneAlone, ...unanchored()], KNOWN);
    expect(verdicts.map(({ chain }) => chain)).toEqual([ZONE, WEARER]);
    expect(sayVerdicts(verdicts, true)[0]).toBe(
      'CONSISTENT, NOT PROVEN  2 chains, one after another:',
    );
    expect(exitCodeOf(verdicts, true)).toBe(3);
    expect(exitCodeOf(verified(zone({ key }), KNOWN), true)).toBe(1);
  });

  const firstOf = (verdicts: readonly Verdict[]) =>
    verdicts.map(({ first }) => first).find((found) => found !== null);

  type Case = readonly [what: string, lines: readonly unknown[], code: ProblemCode, line: number];
  const zoneLines: readonly unknown[] = zoneAlone;
  const CASES: readonly Case[] = [
    ['a zone was widened', zone({ documents: [['CURRENT', 1, WIDE]] }), 'document', 6],
    [
      'versions of a zone were swapped',
      zone({
        documents: [
          ['CURRENT', 1, WIDE],
          ['CURRENT', 2, NARROW],
        ],
      }),
      'document',
      6,
    ],
    [
      'a version is shown that was never put on record',
      zone({ documents: [...VERSIONS, ['CURRENT', 3, WIDE]] }),
      'document-unknown',
      8,
    ],
    [
      'a version is shown twice',
      zone({ documents: [...VERSIONS, ['CURRENT', 2, WIDE]] }),
      'document-unknown',
      8,
    ],
    ['the zone is there twice', [...zoneAlone, ...zoneAlone], 'among-others', 9],
    [
      'the zone of another agency follows',
      [...wearer(), ...zone({ chain: 'essex#ZONE#school' })],
      'among-others',
      6,
    ],
    ['an anchor is another one in a second chain', [...wearer(), ...zone()], 'among-others', 7],
    [
      'a document stands in a file that has none by its head',
      zoneLines.with(0, { ...Object(zoneLines[0]), schema: 'homeward.record.1' }),
      'out-of-place',
      6,
    ],
    ['the lines of a second chain have no head', [...zoneAlone, zoneLines[1]], 'out-of-place', 9],
    ['the second chain is cut off', [...zoneAlone, ...unanchored().slice(0, -1)], 'cut-off', 9],
  ];

  it.each(CASES)('%s: that is found', (_, lines, code, line) => {
    const verdicts = verified(lines);
    const found = verdicts.flatMap(({ first }) => (first === null ? [] : [first]));
    expect(found.map((one) => one.code)).toContain(code);
    expect(found.find((one) => one.code === code)?.line).toBe(line);
    expect(exitCodeOf(verdicts, true)).toBe(1);
    expect(firstOf(verdicts)).not.toBeNull();
  });
});

describe('given what is known from elsewhere', () => {
  const lines = zone();
  const [whole] = verified(lines);

  it('is consistent and no more without the key: whoever made it up would have signed it', () => {
    expect(standingOf(whole, false)).toBe('consistent');
    const [forged] = verified(zone({ key: newKey() }));
    expect(standingOf(forged, false)).toBe('consistent');
    expect(standingOf(whole, true)).toBe('intact');
  });

  it('finds an export that is older than one whose end was noted, and one made anew', () => {
    const { end } = whole;
    expect(verified(lines, { end })[0].problems).toBe(0);
    const later = { position: 3, hash: 'a'.repeat(64) };
    expect(verified(lines, { end: later })[0].first).toMatchObject({
      ...{ position: 3, code: 'not-as-noted' },
    });
    const other = { position: 1, hash: 'a'.repeat(64) };
    expect(verified(lines, { end: other })[0].first).toMatchObject({
      ...{ position: 1, code: 'not-as-noted' },
    });
  });
});

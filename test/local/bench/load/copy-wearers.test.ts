import { describe, expect, it } from 'vitest';
import { type Row, rowsFor } from '#local/bench/load/copy-wearers.ts';
import { orderOf, zoneOf } from '#local/bench/load/population/documents.ts';
import { type Wearer, wearerOf } from '#local/bench/load/population/wearer.ts';

const both = Array.from({ length: 60 }, (_, number) => wearerOf(1, number)).filter(
  ({ demand }) => demand === 'both',
);
const [pattern, ...others] = both;

const rowsOf = (wearer: Wearer): Row[] => {
  const pk = { S: `load#WEARER#${wearer.wearerId}` };
  return [
    { pk, sk: { S: 'WEARER' }, body: { S: JSON.stringify({ name: `Wearer ${wearer.number}` }) } },
    { pk, sk: { S: 'ORDER#order' }, body: { S: JSON.stringify(orderOf(wearer, undefined)) } },
    { pk, sk: { S: `ACTIVATION#${wearer.activationId}` }, version: { N: '1' } },
    {
      pk: { S: `load#ZONE#zone-${wearer.wearerId}` },
      sk: { S: 'CURRENT' },
      body: { S: JSON.stringify(zoneOf(wearer)) },
    },
    {
      pk: { S: `load#TIMETABLE#night-${wearer.aheadMinutes}` },
      sk: { S: `USED_BY#${wearer.wearerId}` },
    },
  ];
};

describe('rows that were copied', () => {
  it('are those of the other wearer, to the letter', () => {
    if (pattern === undefined) throw new Error('nobody has both a curfew and a zone');
    expect(others.length).toBeGreaterThan(5);
    for (const other of others) {
      expect(rowsFor({ wearer: pattern, rows: rowsOf(pattern) }, other)).toEqual(rowsOf(other));
    }
  });

  it('hold the zone compiled of the other wearer', () => {
    if (pattern === undefined || others[0] === undefined) throw new Error('too few wearers');
    const rows: Row[] = [{ compiled: { B: new Uint8Array([1]) } }];
    const [own] = rowsFor({ wearer: pattern, rows }, pattern);
    const [another] = rowsFor({ wearer: pattern, rows }, others[0]);
    expect(own?.compiled?.B?.length).toBeGreaterThan(8);
    expect(another?.compiled?.B).not.toEqual(own?.compiled?.B);
  });
});

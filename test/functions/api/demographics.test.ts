import { describe, expect, it } from 'vitest';
import { demographicsLineSchema } from '#domain/exchange/demographics-line.ts';
import { agencyIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { demographics } from '#functions/api/history/demographics.ts';

const AT = instant(Date.parse('2026-06-01T09:00:00Z'));
const WEARER = {
  agencyId: agencyIdSchema.parse('kent'),
  wearerId: wearerIdSchema.parse('w-1'),
};

const linesOf = async (kinds: readonly (readonly [kind: string, id: string])[]) => {
  const kept = kinds.map(([kind, id]) => ({
    ...{ kind, id, version: 1, changedAt: AT, inForceAt: AT, document: { by: 'officer' } },
  }));
  const read = demographics({
    documents: { load: async () => null },
    wearerVersions: { ofWearer: async () => kept, ofShared: async () => [] },
  });
  const asked = { wearer: WEARER, fromAt: AT, toAt: AT, position: null };
  return (await read(asked)).placed.map(({ line }) => line);
};

describe('given documents of a wearer of which there is one each', () => {
  it('names each by what it is, in a line that another system can take', async () => {
    const lines = await linesOf([
      ['PLAN', ''],
      ['RISK_ASSESSMENT', ''],
      ['WRITTEN_NOTE', 'n-1'],
    ]);
    expect(lines).toMatchObject([
      { of: 'plan', id: 'plan' },
      { of: 'risk_assessment', id: 'risk_assessment' },
      { of: 'written_note', id: 'n-1' },
    ]);
    for (const line of lines) expect(demographicsLineSchema.safeParse(line).success).toBe(true);
  });
});

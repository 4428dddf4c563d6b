import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import type { IngestDeps } from '#functions/ingest/run.ts';
import { later, T } from '#test/support/alerts.ts';
import { HEAD_END } from '#test/support/http.ts';
import { activation, keptIngest } from '#test/support/kept-ingest.ts';

const FIX = { kind: 'fix', lat: 51.5, lon: -0.1, recordedAt: toIso(later(-60)) };

const post = async (activationId: string, who: object, deps: Partial<IngestDeps> = {}) => {
  const noted: unknown[][] = [];
  const noteFeed: IngestDeps['noteFeed'] = async (...asked) => {
    noted.push(asked);
  };
  const kept = keptIngest({ activations: [activation('a-1', 'w-1')], deps: { noteFeed, ...deps } });
  const response = await kept.post('POST /v1/events', { body: [{ ...FIX, activationId }], who });
  return { ...kept, noted, response };
};

describe('when events of a head-end are taken', () => {
  it('its feed is noted as heard', async () => {
    expect((await post('a-1', HEAD_END)).noted).toEqual([['demo', 'head-end', T]]);
  });

  it('but not by the token of a single device, nor by events that are all refused', async () => {
    const phone = { ...HEAD_END, deviceSerial: 'a-1' };
    expect((await post('a-1', phone)).noted).toEqual([]);
    expect((await post('a-2', HEAD_END)).noted).toEqual([]);
  });

  it('they are taken also where that cannot be noted, and it is counted', async () => {
    const noteFeed = () => Promise.reject(new Error('throttled'));
    const { response, sent, measured } = await post('a-1', HEAD_END, { noteFeed });
    expect(response.statusCode).toBe(202);
    expect(sent).toHaveLength(1);
    expect(measured).toContainEqual(['feedsNotNoted', 1]);
  });
});

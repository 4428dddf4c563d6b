import { describe, expect, it } from 'vitest';
import { toIso } from '#domain/model/instant.ts';
import { uploadsOf } from '#local/replay/uploads.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';

describe('given the events of a world', () => {
  const uploads = uploadsOf(DEMO_WORLD);

  it('are uploaded every four minutes, all wearers at once', () => {
    expect(uploads).toHaveLength(360);
    const gaps = uploads.slice(1).map(({ at }, i) => at - (uploads[i]?.at ?? 0));
    expect(new Set(gaps)).toEqual(new Set([240_000]));
  });

  it('go with the first upload after they were recorded, each once', () => {
    const sent = uploads.flatMap(({ at, events }) => events.map((event) => ({ at, event })));
    expect(sent).toHaveLength(DEMO_WORLD.wearers.flatMap(({ events }) => events).length);
    const early = sent.filter(({ at, event }) => toIso(at) < event.recordedAt);
    expect(early).toEqual([]);
    const late = sent.filter(({ at, event }) => at - Date.parse(event.recordedAt) >= 240_001);
    expect(late).toEqual([]);
  });
});

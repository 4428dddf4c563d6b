import { describe, expect, it } from 'vitest';
import { secondsAfter, toIso } from '#domain/model/instant.ts';
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
    const cutOff = DEMO_WORLD.wearers.filter(({ outages = [] }) => outages.length > 0);
    const devices = cutOff.flatMap((wearer) => wearer.devices.map((one) => one.activationId));
    const late = sent.filter(({ at, event }) => at - Date.parse(event.recordedAt) >= 240_001);
    expect(late.filter(({ event }) => !devices.includes(event.activationId))).toEqual([]);
  });
});

describe('given a time in which nothing of a wearer gets through', () => {
  const [one] = DEMO_WORLD.wearers;
  if (one === undefined) throw new Error('the demo world has a wearer');
  const from = secondsAfter(DEMO_WORLD.startsAt, 3600);
  const until = secondsAfter(DEMO_WORLD.startsAt, 3 * 3600);
  const events = one.events.slice(0, 240);
  const wearer = { ...one, events, outages: [{ from, until }] };
  const uploads = uploadsOf({ ...DEMO_WORLD, wearers: [wearer] });

  it('comes all at its end, and nothing is lost', () => {
    expect(uploads.filter(({ at }) => at > secondsAfter(from, 240) && at < until)).toEqual([]);
    const atTheEnd = uploads.find(({ at }) => at === until);
    expect(atTheEnd?.events.length).toBeGreaterThan(100);
    expect(uploads.flatMap((upload) => upload.events)).toHaveLength(events.length);
  });
});

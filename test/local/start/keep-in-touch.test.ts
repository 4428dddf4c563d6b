import { describe, expect, it } from 'vitest';
import { sentEventSchema } from '#domain/model/device-event.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { heartbeats } from '#local/start/keep-in-touch.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';

describe('given the devices of a world whose day is over', () => {
  const at = secondsAfter(DEMO_WORLD.endsAt, 600);

  it('say that they are there, each at that instant, and nothing of where', () => {
    const said = heartbeats(DEMO_WORLD, at).map((event) => sentEventSchema.parse(event));
    const devices = DEMO_WORLD.wearers.flatMap((wearer) => wearer.devices);
    expect(said).toHaveLength(devices.filter(({ endsAt }) => endsAt === undefined).length);
    expect(new Set(said.map(({ kind, recordedAt }) => `${kind} ${recordedAt}`))).toEqual(
      new Set([`device-status ${at}`]),
    );
  });

  it('say nothing once they are off their wearer', () => {
    const [one] = DEMO_WORLD.wearers;
    if (one === undefined) throw new Error('the demo world has a wearer');
    const devices = [{ activationId: 'a', deviceSerial: 'T', endsAt: DEMO_WORLD.endsAt }];
    expect(heartbeats({ ...DEMO_WORLD, wearers: [{ ...one, devices }] }, at)).toEqual([]);
  });
});

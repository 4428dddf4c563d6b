import { describe, expect, it } from 'vitest';
import type { ActivationId } from '#domain/model/ids.ts';
import { type Activation, activationSchema } from '#domain/model/wearer.ts';
import { later, T } from '#test/support/alerts.ts';
import { bodyOf } from '#test/support/http.ts';
import { keptIngest } from '#test/support/kept-ingest.ts';

const activation = (fields: Readonly<Record<string, unknown>> = {}): Activation =>
  activationSchema.parse({
    ...{ activationId: 'a-1', wearerId: 'w-1', agencyId: 'demo', headEndId: 'head-end' },
    ...{ deviceSerial: 'T-1', startsAt: later(-86_400), endsAt: null, ...fields },
  });
const EVENT = { kind: 'fix', activationId: 'a-1', recordedAt: new Date(T).toISOString() };
const BODY = [{ ...EVENT, lat: 51.5, lon: -0.1 }];

/** What is remembered, and what is on record by now. */
const intakeWith = (remembered: Activation | null, onRecord: Activation | null) => {
  const asked: number[] = [];
  const found = (one: Activation | null) =>
    new Map<ActivationId, Activation>(one === null ? [] : [[one.activationId, one]]);
  const intake = keptIngest({
    activations: [],
    now: later(60),
    deps: {
      loadActivations: async (_, ids, { maxAgeSeconds }) => {
        if (ids.length > 0) asked.push(maxAgeSeconds);
        return ids.length === 0 ? new Map() : found(maxAgeSeconds > 60 ? remembered : onRecord);
      },
    },
  });
  const post = async () => bodyOf(await intake.post('POST /v1/events', { body: BODY }));
  return { ...intake, post, asked };
};

describe('an activation that was read within the hour', () => {
  it('admits, without another look', async () => {
    const { post, asked } = intakeWith(activation(), null);
    expect(await post()).toMatchObject({ accepted: 1 });
    expect(asked).toEqual([3_600]);
  });

  it.each([
    ['had ended by then, and goes on now', activation({ endsAt: later(-3_600) })],
    ['was another head-end’s by then', activation({ headEndId: 'another' })],
    ['was not there by then', null],
  ])('refuses nobody because it %s', async (_, remembered) => {
    const { post, asked } = intakeWith(remembered, activation());
    expect(await post()).toMatchObject({ accepted: 1, refused: [] });
    expect(asked).toEqual([3_600, 30]);
  });

  it('is refused by what stands on record', async () => {
    const { post } = intakeWith(null, null);
    expect(await post()).toMatchObject({ accepted: 0, refused: [{ code: 'activation-unknown' }] });
  });
});

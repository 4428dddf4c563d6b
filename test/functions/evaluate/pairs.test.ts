import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { compileSupervision } from '#domain/evaluate/compile-supervision.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { statePk } from '#functions/adapters/dynamodb/keys.ts';
import { evaluateMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { effects } from '#functions/evaluate/effects.ts';
import { failed, NOTHING_FAILED, queueBatch } from '#test/support/batches.ts';
import { evaluator, message, NOON, type World } from '#test/support/evaluator.ts';
import {
  documentsOf,
  KEEP_AWAY,
  OTHER,
  otherAt,
  PAIR,
  superviseTwo,
  wearerAt,
} from '#test/support/pairs.ts';
import { WEARER } from '#test/support/supervisions.ts';

const PROTECTED = { agencyId: WEARER.agencyId, wearerId: OTHER };
const minute = (n: number): Instant => instant(NOON + n * 60_000);

const supervise = (wearer: WearerRef) => {
  if (wearer.wearerId === PAIR.wearerId) return superviseTwo([KEEP_AWAY]);
  const [id, conditions] = wearer.wearerId === OTHER ? ['a-2', []] : ['a-1', [KEEP_AWAY]];
  return compileSupervision({
    ...documentsOf(wearer.wearerId, id, conditions),
    pairs: [PAIR.wearerId],
  });
};

/** The evaluate function, which is given each message that it sends to a pair. */
const world = (deps: World['deps'] = {}) => {
  const written: TransactWriteItem[] = [];
  const effectsOf = effects({ monitoring: 'monitoring', trail: 'trail', record: 'record' });
  const evaluate = evaluator({
    supervise,
    deps: {
      effectsOf: (evaluated) => {
        const all = effectsOf(evaluated);
        written.push(...all.told);
        return all;
      },
      ...deps,
    },
  });
  const relay = async (): Promise<number> => {
    const messages = evaluate.sent.splice(0).map((one) => evaluateMessageSchema.parse(one));
    if (messages.length > 0) await evaluate.handle(queueBatch(...messages));
    return messages.length;
  };
  const tell = async (wearer: WearerRef, events: readonly DeviceEvent[], at: Instant) => {
    evaluate.clock.now = at;
    expect(await evaluate.handle(queueBatch(message(events, at, wearer)))).toEqual(NOTHING_FAILED);
    return relay();
  };
  const pairState = () => evaluate.states.get(statePk(PAIR))?.state ?? null;
  return { ...evaluate, tell, relay, written, pairState };
};

/** Where the protected person is: 53.333 degrees north is nowhere else in these tests. */
const HIDING = { lat: 53.333_21, lon: -1.777_31 };

const meet = async ({ tell }: ReturnType<typeof world>, metres: number, minutes = 4) => {
  for (let n = 0; n < minutes; n += 1) {
    await tell(PROTECTED, [otherAt(minute(n), 0, HIDING)], minute(n));
    await tell(
      WEARER,
      [wearerAt(minute(n + 0.5), 0, { ...HIDING, ...besideOf(metres) })],
      minute(n + 0.5),
    );
  }
};
const besideOf = (metres: number) => ({ lat: HIDING.lat + metres / 111_250 });

describe('given a wearer near a protected person', () => {
  it('opens a violation on record of the wearer, with the distance', async () => {
    const told = world();
    await meet(told, 300);
    const rows = told.written.flatMap(({ Put }) =>
      Put?.Item?.entity?.S === 'VIOLATION' ? [Put.Item] : [],
    );
    expect(rows.map(({ pk }) => pk?.S)).toEqual(['demo#WEARER#w-1', 'demo#WEARER#w-1']);
    const bodies = rows.map(({ body }) => JSON.parse(body?.S ?? ''));
    expect(bodies.map(({ reason }) => reason).sort()).toEqual([
      'approaching-protected-person',
      'near-protected-person',
    ]);
    expect(bodies[0]).toMatchObject({ wearerId: 'w-1', orderId: 'o-w-1', distanceMetres: 300 });
    expect(bodies[0].evidence.length).toBeGreaterThan(0);
  });

  it("writes the protected person's position into the state and trail alone", async () => {
    const told = world();
    await meet(told, 300);
    const said = JSON.stringify([told.written, told.lines, told.measured, told.armed]);
    expect(said).toContain('near-protected-person');
    // The wearer was as far north as 53.3359, and as far west to the last digit.
    expect(said).not.toContain('53.33321');
  });
});

describe('given a wearer and a protected person 400 km apart', () => {
  it('spares their pair what lies on the leash, and hears of each once an hour', async () => {
    const told = world();
    const sent: number[] = [];
    for (let n = 0; n < 125; n += 4) {
      sent.push(await told.tell(PROTECTED, [otherAt(minute(n), 0, HIDING)], minute(n)));
      sent.push(await told.tell(WEARER, [wearerAt(minute(n + 1), 0)], minute(n + 1)));
    }
    expect(sent.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(8);
    expect(told.pairState()?.leashes?.[WEARER.wearerId]?.radiusMetres).toBe(5_000);
    expect(told.written).toEqual([]);
  });

  it('hears at once of one who goes further than the leash', async () => {
    const told = world();
    await told.tell(PROTECTED, [otherAt(minute(0), 0, HIDING)], minute(0));
    await told.tell(WEARER, [wearerAt(minute(1), 0)], minute(1));
    expect(await told.tell(WEARER, [wearerAt(minute(5), 0)], minute(5))).toBe(0);
    const upload = [wearerAt(minute(8), 0), wearerAt(minute(9), 9_000)];
    expect(await told.tell(WEARER, upload, minute(9))).toBe(1);
    // What led there comes with it.
    expect(told.pairState()?.slice.inputs.map(({ recordedAt }) => recordedAt)).toEqual(
      [0, 1, 8, 9].map(minute),
    );
  });
});

describe('when the pair cannot be told', () => {
  it('gives the message again, and tells then, although the state was saved', async () => {
    let isDown = true;
    const sent: unknown[] = [];
    const sendAll = async (messages: readonly unknown[]) => {
      if (isDown) throw new Error('the queue is down');
      sent.push(...messages);
    };
    const loadLeashes = async (pairs: readonly WearerRef[]) => pairs.map(() => ({}));
    const { handle, saves } = world({ toPairs: { loadLeashes, events: { sendAll } } });
    const batch = queueBatch(message([wearerAt(NOON, 0)], NOON));
    expect(await handle(batch)).toEqual(failed('m-0'));
    expect([saves.length, sent.length]).toEqual([1, 0]);
    isDown = false;
    expect(await handle(batch)).toEqual(NOTHING_FAILED);
    expect([saves.length, sent.length]).toEqual([1, 1]);
    expect(sent[0]).toMatchObject({ kind: 'events', wearerId: PAIR.wearerId });
  });
});

describe('when the orders or devices of one of the two change', () => {
  it('tells the pair', async () => {
    const { handle, sent } = world();
    await handle(queueBatch({ kind: 'supervision-changed', ...WEARER, changedAt: NOON }));
    expect(sent).toMatchObject([{ kind: 'supervision-changed', wearerId: PAIR.wearerId }]);
  });
});

import { describe, expect, it } from 'vitest';
import { timelineFrom } from '#domain/evaluate/timeline.ts';
import { wearerIdSchema } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { MalformedItem } from '#functions/adapters/dynamodb/items.ts';
import { statePk } from '#functions/adapters/dynamodb/keys.ts';
import { NO_STATE } from '#functions/adapters/dynamodb/wearer-states.ts';
import { effects } from '#functions/evaluate/effects.ts';
import { failed, NOTHING_FAILED, queueBatch } from '#test/support/batches.ts';
import {
  changed,
  evaluator,
  message,
  NOON,
  SUPERVISION,
  tick,
  type World,
} from '#test/support/evaluator.ts';
import { check, fix } from '#test/support/events.ts';
import { at, HOME, superviseWith, WEARER } from '#test/support/supervisions.ts';

const CURFEW_STARTS = at('2026-03-02T19:00:00Z');
/** An hour before the curfew it is looked at whether the wearer must set off for home. */
const LOOKS_AT_WAY_HOME = at('2026-03-02T18:00:00Z');
const AWAY = { lat: 51.53, lon: -0.1 };

const homeAtNoon = message([check(NOON, 'present'), fix(NOON, HOME)], NOON);

describe("a wearer's first events", () => {
  it('are folded, saved on epoch 0, and their next due instant armed', async () => {
    const { handle, saves, armed, measured } = evaluator();
    expect(await handle(queueBatch(homeAtNoon))).toEqual(NOTHING_FAILED);
    expect(saves).toEqual([{ epoch: 0, types: [] }]);
    expect(armed).toMatchObject([{ dueAt: LOOKS_AT_WAY_HOME, message: tick(LOOKS_AT_WAY_HOME) }]);
    expect(measured).toContainEqual(['eventsFolded', 2]);
  });

  it('are saved once, however many messages of the batch they came in', async () => {
    const { handle, saves } = evaluator();
    const more = message([fix(secondsAfter(NOON, 60), HOME)], secondsAfter(NOON, 61));
    await handle(queueBatch(homeAtNoon, more));
    expect(saves).toHaveLength(1);
  });
});

describe('a repeat of what is known', () => {
  it('writes nothing and arms nothing', async () => {
    const { handle, saves, armed } = evaluator();
    await handle(queueBatch(homeAtNoon));
    expect(await handle(queueBatch(homeAtNoon, homeAtNoon))).toEqual(NOTHING_FAILED);
    expect(saves).toHaveLength(1);
    expect(armed).toHaveLength(1);
  });

  it('is known from its own batch too', async () => {
    const { handle, measured } = evaluator();
    await handle(queueBatch(homeAtNoon, homeAtNoon));
    expect(measured).toContainEqual(['eventsFolded', 2]);
  });
});

describe('when somebody else writes the wearer in between', () => {
  it('reads and folds again, and saves', async () => {
    const { handle, saves, clock } = evaluator();
    clock.conflicts = 1;
    expect(await handle(queueBatch(homeAtNoon))).toEqual(NOTHING_FAILED);
    expect(saves).toHaveLength(1);
  });

  it('finds that the other has folded the same, and writes nothing', async () => {
    const { handle, saves, states, clock } = evaluator();
    await handle(queueBatch(homeAtNoon));
    const theirs = new Map(states);
    states.clear();
    clock.conflicts = 1;
    const second = handle(queueBatch(homeAtNoon));
    for (const [pk, state] of theirs) states.set(pk, state);
    expect(await second).toEqual(NOTHING_FAILED);
    expect(saves).toHaveLength(1);
    expect(clock.conflicts).toBe(0);
  });

  it('gives the messages back when that goes on and on', async () => {
    const { handle, clock, lines } = evaluator();
    clock.conflicts = 99;
    expect(await handle(queueBatch(homeAtNoon))).toEqual(failed('m-0'));
    expect(lines).toMatchObject([{ level: 'error', fields: { wearerId: 'w-1' } }]);
  });
});

describe('one wearer’s trouble', () => {
  const OTHER = { ...WEARER, wearerId: wearerIdSchema.parse('w-2') };
  const other = message([fix(NOON, HOME)], NOON, OTHER);

  it('gives back the messages of that wearer, and nobody else’s', async () => {
    const { handle, saves } = evaluator({
      supervise: (wearer) => {
        if (wearer.wearerId === 'w-1') throw new Error('an order cannot be compiled');
        return { ...SUPERVISION, wearer };
      },
    });
    expect(await handle(queueBatch(homeAtNoon, other, tick(NOON)))).toEqual(failed('m-0', 'm-2'));
    expect(saves).toHaveLength(1);
  });

  it('is theirs alone where their state cannot be read: they are parked', async () => {
    const { handle, states, saves, kept } = evaluator();
    const unreadable = new MalformedItem('demo#w-1', null);
    states.set(statePk(WEARER), { ...NO_STATE, epoch: 7, unreadable });
    expect(await handle(queueBatch(homeAtNoon, other))).toEqual(NOTHING_FAILED);
    expect(saves).toHaveLength(1);
    expect(kept(WEARER)).toHaveLength(2);
    expect(states.get(statePk(WEARER))).toMatchObject({ epoch: 8, parkedAt: NOON });
  });

  it.each([
    ['is no JSON', '{'],
    ['is of no kind that we know', { kind: 'ping', ...WEARER }],
    ['names nobody', { kind: 'tick', agencyId: 'demo', dueAt: NOON }],
    ['cannot be unpacked', { ...homeAtNoon, packed: 'AAAA' }],
  ])('is the message’s alone where it %s: it is set aside as it came', async (_, body) => {
    const { handle, saves, lines, parkedMessages } = evaluator();
    expect(await handle(queueBatch(body, homeAtNoon, other))).toEqual(NOTHING_FAILED);
    expect(saves).toHaveLength(2);
    expect(parkedMessages).toEqual([typeof body === 'string' ? body : JSON.stringify(body)]);
    expect(lines).toMatchObject([
      { message: 'message is none of ours', fields: { messageId: 'm-0' } },
    ]);
  });

  it('is given back where it cannot even be set aside', async () => {
    const parkMessage = () => Promise.reject(new Error('no queue'));
    const { handle } = evaluator({ deps: { parkMessage } });
    expect(await handle(queueBatch('{', other))).toEqual(failed('m-0'));
  });
});

describe('events of a device that is on nobody', () => {
  it('are set aside, counted, and change nothing that is known', async () => {
    const { handle, measured, states } = evaluator();
    await handle(queueBatch(message([fix(NOON, AWAY, { activationId: 'lost' })], NOON)));
    expect(measured).toContainEqual(['eventsSetAside', 1]);
    expect(states.get(statePk(WEARER))).toMatchObject({ state: { core: { lastFix: null } } });
  });
});

describe('a tick', () => {
  const started = async (world: World = {}) => {
    const all = evaluator(world);
    await all.handle(queueBatch(homeAtNoon));
    all.armed.length = 0;
    all.saves.length = 0;
    return all;
  };

  it('evaluates the wearer when it is due, and arms the next', async () => {
    const { handle, clock, saves, armed } = await started();
    clock.now = CURFEW_STARTS;
    expect(await handle(queueBatch(tick(CURFEW_STARTS)))).toEqual(NOTHING_FAILED);
    expect(saves).toHaveLength(1);
    expect(armed).toHaveLength(1);
    expect(armed[0]?.dueAt).toBeGreaterThan(CURFEW_STARTS);
  });

  it('that is early arms the exact one and evaluates nothing', async () => {
    const { handle, clock, saves, armed } = await started();
    clock.now = secondsAfter(CURFEW_STARTS, -300);
    await handle(queueBatch(tick(CURFEW_STARTS)));
    expect(saves).toEqual([]);
    expect(armed).toMatchObject([{ dueAt: CURFEW_STARTS }]);
  });

  it('that is stale does nothing at all', async () => {
    const { handle, clock, saves, armed } = await started();
    clock.now = CURFEW_STARTS;
    await handle(queueBatch(tick(secondsAfter(NOON, 1))));
    await handle(queueBatch(tick(CURFEW_STARTS)));
    await handle(queueBatch(tick(CURFEW_STARTS)));
    expect(saves).toHaveLength(1);
    expect(armed).toHaveLength(1);
  });

  it('of a wearer of whom nothing is known does nothing', async () => {
    const { handle, saves } = evaluator();
    expect(await handle(queueBatch(tick(NOON)))).toEqual(NOTHING_FAILED);
    expect(saves).toEqual([]);
  });

  it('whose timer cannot be armed is saved all the same: the sweep finds it', async () => {
    const { handle, saves, lines } = evaluator({
      deps: { armTimer: () => Promise.reject(new Error('no scheduler')) },
    });
    expect(await handle(queueBatch(homeAtNoon))).toEqual(NOTHING_FAILED);
    expect(saves).toHaveLength(1);
    expect(lines).toMatchObject([{ level: 'warn', message: 'timer not armed' }]);
  });
});

describe('a change of orders', () => {
  it('is loaded, however warm the function, and watched from then on', async () => {
    const wanted: boolean[] = [];
    const { handle, saves } = evaluator({
      deps: {
        supervisions: async (_, { mustLoad }) => {
          wanted.push(mustLoad);
          return timelineFrom(SUPERVISION);
        },
      },
    });
    await handle(queueBatch(changed(NOON)));
    await handle(queueBatch(homeAtNoon));
    expect(wanted).toEqual([true, false]);
    expect(saves).toHaveLength(2);
  });
});

describe('an absence in the hours of a curfew', () => {
  const minute = (n: number) => secondsAfter(CURFEW_STARTS, n * 60);
  const away = Array.from({ length: 12 }, (_, i) =>
    message([fix(minute(i), AWAY)], secondsAfter(minute(i), 2)),
  );

  it('is saved with the violation in one transaction, once', async () => {
    const { handle, clock, saves, lines } = evaluator();
    clock.now = minute(20);
    for (const one of away) await handle(queueBatch(one));
    expect(saves.flatMap(({ types }) => types)).toEqual(['opened']);
    expect(lines.map((line) => line.message)).toEqual(['violation opened']);
  });

  it('is the same whether its messages come one by one or at once', async () => {
    const [single, batch] = [evaluator(), evaluator()];
    for (const world of [single, batch]) world.clock.now = minute(20);
    for (const one of away) await single.handle(queueBatch(one));
    await batch.handle(queueBatch(...away.slice(0, 6)));
    await batch.handle(queueBatch(...away.slice(6).reverse()));
    const coreOf = (world: typeof single) => Object(world.states.get(statePk(WEARER))).state.core;
    expect(coreOf(batch)).toEqual(coreOf(single));
  });

  it('ends in the same row when the wearer is back', async () => {
    const { handle, clock, saves } = evaluator();
    clock.now = minute(60);
    for (const one of away) await handle(queueBatch(one));
    const back = Array.from({ length: 8 }, (_, i) => fix(minute(20 + i), HOME));
    const here = check(minute(19), 'present');
    await handle(queueBatch(message([here, ...back], minute(28))));
    expect(saves.flatMap(({ types }) => types)).toEqual(['opened', 'changed']);
  });
});

describe('more changes than one transaction holds', () => {
  const INSIDE = { lat: 51.51, lon: -0.1 };
  const toAndFro = Array.from({ length: 600 }, (_, i) => {
    const spot = Math.floor(i / 6) % 2 === 0 ? INSIDE : AWAY;
    return fix(secondsAfter(NOON, -60 * (600 - i)), {
      lat: spot.lat + (i % 3) * 1e-5,
      lon: spot.lon,
    });
  });

  it('are folded in several goes, each a transaction, and every event is kept', async () => {
    const { handle, saves, states } = evaluator({ supervise: () => superviseWith(['zone']) });
    expect(await handle(queueBatch(message(toAndFro, NOON)))).toEqual(NOTHING_FAILED);
    expect(saves.length).toBeGreaterThan(1);
    const opened = saves.flatMap(({ types }) => types.filter((type) => type === 'opened'));
    expect(opened.length).toBeGreaterThan(40);
    const state = states.get(statePk(WEARER));
    expect(state).toMatchObject({ state: { core: { foldedUntil: secondsAfter(NOON, -60) } } });
  });
});

describe('events of a device that was put on a moment ago', () => {
  it('are folded under the newest orders, which are asked for because of them', async () => {
    const known = { ...SUPERVISION, activations: [] };
    const asked: boolean[] = [];
    const { handle, saves } = evaluator({
      deps: {
        supervisions: async (_, { mustLoad }) => {
          asked.push(mustLoad);
          return timelineFrom(mustLoad ? SUPERVISION : known);
        },
      },
    });
    expect(await handle(queueBatch(homeAtNoon))).toEqual(NOTHING_FAILED);
    expect(asked).toEqual([false, true]);
    expect(saves).toHaveLength(1);
  });
});

describe('events of a device that is not on the wearer', () => {
  it('are kept aside in the trail: what was acknowledged leaves a trace', async () => {
    const kept: string[] = [];
    const none = { ...SUPERVISION, activations: [] };
    const put = effects({ monitoring: 'monitoring', trail: 'trail', record: 'record' });
    const { handle } = evaluator({
      supervise: () => none,
      deps: {
        effectsOf: (evaluated) => {
          const items = put(evaluated);
          kept.push(...items.kept.map(({ Put }) => Put?.Item?.sk?.S ?? ''));
          return items;
        },
      },
    });
    expect(await handle(queueBatch(homeAtNoon))).toEqual(NOTHING_FAILED);
    expect(kept).toEqual([expect.stringMatching(/^ASIDE#/)]);
  });
});

describe('events of a day that is in the archive already', () => {
  it('are kept and counted, and not folded into what is left of the trail', async () => {
    const asked: unknown[] = [];
    const { handle, clock, measured, lines } = evaluator({
      deps: {
        trail: {
          slicesFrom: async (_, range) => {
            asked.push(range);
            return [];
          },
          lateFrom: async () => ({ events: [], keys: [] }),
        },
      },
    });
    const full = Array.from({ length: 44 }, (_, i) => fix(secondsAfter(NOON, 60 * i), HOME));
    clock.now = secondsAfter(NOON, 3_600);
    await handle(queueBatch(message(full, clock.now)));
    const inArchive = secondsAfter(NOON, -33 * 86_400);
    await handle(queueBatch(message([fix(inArchive, HOME)], clock.now)));
    expect(asked).toEqual([]);
    expect(measured).toContainEqual(['lateEventsNotFolded', 1]);
    expect(lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ reason: 'archived' }) }),
    );
  });
});

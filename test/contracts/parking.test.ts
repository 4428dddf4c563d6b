import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { statePk } from '#functions/adapters/dynamodb/keys.ts';
import { parkedStretches, stretchEnded } from '#functions/adapters/dynamodb/parked-stretches.ts';
import { parkedWearers } from '#functions/adapters/dynamodb/parked-wearers.ts';
import { parking } from '#functions/adapters/dynamodb/parking.ts';
import { trail } from '#functions/adapters/dynamodb/trail.ts';
import { wearerStates } from '#functions/adapters/dynamodb/wearer-states.ts';
import { fix } from '#test/support/events.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const NOON = at('2026-03-02T12:00:00Z');
const events = [0, 1, 2].map((n) => fix(secondsAfter(NOON, 60 * n), HOME));
const { state } = evaluate({ supervision: superviseWith(), state: null, events, until: NOON });

describe.each(STORES)('a parked wearer in $name', ({ start }) => {
  const { store, aWearer } = useStore(start);
  const states = () => wearerStates(store().client, store().names.state);
  const kept = () => parking(store().client, store().names);
  const save = (wearer: WearerRef, epoch: number) =>
    states().save({
      ...{ wearer, epoch, state, parkedAt: null, beside: [], ahead: null },
      cause: `epoch ${epoch}`,
    });
  const isParked = async (wearer: WearerRef): Promise<boolean> =>
    (await parkedWearers(store().client, store().names.state)()).some(
      ({ wearerId }) => wearerId === wearer.wearerId,
    );

  it('keeps their state beside the mark, and has nothing due', async () => {
    const wearer = aWearer();
    await save(wearer, 0);
    expect(
      await kept().park(wearer, { epoch: 1, parkedAt: NOON, evaluatedUntil: NOON, events }),
    ).toBe('saved');
    expect(await states().find(wearer)).toMatchObject({
      ...{ epoch: 2, parkedAt: NOON, unreadable: null },
      state: { ...state, nextDueAt: NOON },
    });
    const overdue = await due(store().client, store().names.state)(secondsAfter(NOON, 1e6));
    expect(overdue.map(({ pk }) => pk)).not.toContain(statePk(wearer));
    expect(await isParked(wearer)).toBe(true);
  });

  it('may be one of whom nothing was ever known', async () => {
    const wearer = aWearer();
    expect(
      await kept().park(wearer, { epoch: 0, parkedAt: NOON, evaluatedUntil: NOON, events }),
    ).toBe('saved');
    expect(await states().find(wearer)).toMatchObject({ epoch: 1, parkedAt: NOON, state: null });
  });

  it('may be one whose state cannot be read', async () => {
    const wearer = aWearer();
    const broken = { pk: { S: statePk(wearer) }, epoch: { N: '4' }, writeId: { S: 'x' } };
    await store().client.send(new PutItemCommand({ TableName: store().names.state, Item: broken }));
    expect(
      await kept().park(wearer, { epoch: 4, parkedAt: NOON, evaluatedUntil: NOON, events }),
    ).toBe('saved');
    expect(await states().find(wearer)).toMatchObject({ epoch: 5, parkedAt: NOON });
  });

  it('is not marked, and nothing kept, where somebody else wrote in between', async () => {
    const wearer = aWearer();
    await save(wearer, 0);
    expect(
      await kept().park(wearer, { epoch: 0, parkedAt: NOON, evaluatedUntil: NOON, events }),
    ).toBe('conflict');
    expect((await kept().load(wearer)).events).toEqual([]);
  });

  it('has more kept as long as they are parked, and not a moment longer', async () => {
    const wearer = aWearer();
    const later = [fix(secondsAfter(NOON, 600), HOME)];
    await kept().park(wearer, { epoch: 0, parkedAt: NOON, evaluatedUntil: NOON, events });
    expect(await kept().keep(wearer, later)).toBe('saved');
    await save(wearer, 1);
    expect(await kept().keep(wearer, [fix(secondsAfter(NOON, 900), HOME)])).toBe('conflict');
    expect((await kept().load(wearer)).events).toEqual([...events, ...later]);
    expect(await isParked(wearer)).toBe(false);
  });

  it('has it on record since when they were parked, and until when', async () => {
    const [wearer, later] = [aWearer(), secondsAfter(NOON, 600)];
    const { client, names } = store();
    await kept().park(wearer, { epoch: 0, parkedAt: later, evaluatedUntil: NOON, events });
    const onRecord = () => parkedStretches(client, names.monitoring)(wearer);
    const stretch = { parkedAt: later, evaluatedUntil: NOON };
    expect(await onRecord()).toEqual([{ ...stretch, unparkedAt: null }]);
    const unparkedAt = secondsAfter(NOON, 900);
    const ended = stretchEnded(names.monitoring, wearer, { parkedAt: later, unparkedAt });
    await states().save({
      ...{ wearer, epoch: 1, state, parkedAt: null, beside: [ended], ahead: null },
      cause: 'unparked',
    });
    expect(await onRecord()).toEqual([{ ...stretch, unparkedAt }]);
  });

  it('has what is kept in the trail until it is folded', async () => {
    const wearer = aWearer();
    const inTrail = () => trail(store().client, store().names.trail).load(wearer, NOON, NOON);
    await kept().park(wearer, { epoch: 0, parkedAt: NOON, evaluatedUntil: NOON, events });
    expect(await inTrail()).toEqual(events.slice(0, 1));
    const { keys, hasMore } = await kept().load(wearer);
    expect(hasMore).toBe(false);
    await kept().remove(keys);
    expect((await kept().load(wearer)).keys).toEqual([]);
    expect(await inTrail()).toEqual([]);
  });

  it('gives what was kept in parts, the oldest first', async () => {
    const wearer = aWearer();
    await kept().park(wearer, { epoch: 0, parkedAt: NOON, evaluatedUntil: NOON, events: [] });
    for (let n = 29; n >= 0; n -= 1) {
      await kept().keep(wearer, [fix(secondsAfter(NOON, 60 * n), HOME)]);
    }
    const first = await kept().load(wearer);
    expect(first.hasMore).toBe(true);
    await kept().remove(first.keys);
    const second = await kept().load(wearer);
    expect(second.hasMore).toBe(false);
    const instants = [...first.events, ...second.events].map(({ recordedAt }) => recordedAt);
    expect(instants).toEqual(Array.from({ length: 30 }, (_, n) => secondsAfter(NOON, 60 * n)));
  });
});

import { PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#domain/evaluate/evaluate.ts';
import type { ClosedSlice } from '#domain/evaluate/slice.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import { type Instant, instant, secondsAfter } from '#domain/model/instant.ts';
import { due } from '#functions/adapters/dynamodb/due.ts';
import { statePk } from '#functions/adapters/dynamodb/keys.ts';
import { recordPut } from '#functions/adapters/dynamodb/record.ts';
import { latePut, slicePut, trail } from '#functions/adapters/dynamodb/trail.ts';
import {
  NO_STATE,
  type StateSave,
  wearerStates,
} from '#functions/adapters/dynamodb/wearer-states.ts';
import { check, fix } from '#test/support/events.ts';
import { at, HOME, superviseWith } from '#test/support/supervisions.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const NOON = at('2026-03-02T12:00:00Z');
const events = [
  check(NOON, 'present'),
  ...Array.from({ length: 44 }, (_, i) => fix(secondsAfter(NOON, 60 * i + 1), HOME)),
];
const until = secondsAfter(NOON, 2_700);
const evaluation = evaluate({ supervision: superviseWith(), state: null, events, until });

describe.each(STORES)("a wearer's state in $name", ({ start }) => {
  const { store, aWearer } = useStore(start);
  const states = () => wearerStates(store().client, store().names.state);
  const save = (
    wearer: WearerRef,
    epoch: number,
    more: Partial<Pick<StateSave, 'state' | 'beside' | 'ahead' | 'cause'>> = {},
  ) => {
    const { state = evaluation.state, beside = [], ahead = null, cause = `cause ${epoch}` } = more;
    const parkedAt = null;
    return states().save({ wearer, epoch, state, parkedAt, beside, ahead, cause });
  };
  const entry = (wearer: WearerRef, name: string): TransactWriteItem =>
    recordPut(store().names.record, { wearer, at: NOON, name, type: 'test', body: {} });

  it('is nothing before it has been saved', async () => {
    expect(await states().loadOne(aWearer())).toEqual(NO_STATE);
  });

  it('comes back as it was saved, under the next epoch', async () => {
    const wearer = aWearer();
    expect(await save(wearer, 0)).toBe('saved');
    expect(await states().loadOne(wearer)).toMatchObject({ epoch: 1, state: evaluation.state });
  });

  it('comes back among others, and those that do not exist are left out', async () => {
    const [first, second, absent] = [aWearer(), aWearer(), aWearer()];
    await Promise.all([save(first, 0), save(second, 0)]);
    const found = await states().load([first, absent, second]);
    expect([...found.keys()].sort()).toEqual([statePk(first), statePk(second)].sort());
  });

  it('is not saved on an epoch that has passed', async () => {
    const wearer = aWearer();
    await save(wearer, 0);
    expect(await save(wearer, 0, { cause: 'somebody else' })).toBe('conflict');
    expect(await save(wearer, 1)).toBe('saved');
    expect(await save(wearer, 1, { cause: 'somebody else' })).toBe('conflict');
  });

  it('has one winner when two save at the same time', async () => {
    const wearer = aWearer();
    const racers = ['a', 'b', 'c', 'd'].map((cause) => save(wearer, 0, { cause }));
    expect((await Promise.all(racers)).sort()).toEqual([
      'conflict',
      'conflict',
      'conflict',
      'saved',
    ]);
    expect((await states().loadOne(wearer)).epoch).toBe(1);
  });

  it('is recognised as saved when the answer was lost and the same save comes again', async () => {
    const [single, joint] = [aWearer(), aWearer()];
    const beside = [entry(joint, 'once')];
    for (const _ of ['the first time', 'again']) {
      expect(await save(single, 0)).toBe('saved');
      expect(await save(joint, 0, { beside })).toBe('saved');
    }
    expect((await states().loadOne(joint)).epoch).toBe(1);
  });

  it('is saved with what goes with it, or neither is', async () => {
    const wearer = aWearer();
    await save(wearer, 0, { beside: [entry(wearer, 'x')] });
    expect(await save(wearer, 1, { beside: [entry(wearer, 'x')], cause: 'other' })).toBe(
      'conflict',
    );
    expect((await states().loadOne(wearer)).epoch).toBe(1);
  });

  it('stands in the due index exactly while something is due', async () => {
    const wearer = aWearer();
    const { nextDueAt } = evaluation.state;
    if (nextDueAt === null) throw new Error('nothing is due');
    const isDue = async (upTo: typeof nextDueAt) =>
      (await due(store().client, store().names.state)(upTo)).some(
        ({ pk }) => pk === statePk(wearer),
      );
    await save(wearer, 0);
    expect(await isDue(secondsAfter(nextDueAt, -1))).toBe(false);
    expect(await isDue(nextDueAt)).toBe(true);
    await save(wearer, 1, { state: { ...evaluation.state, nextDueAt: null } });
    expect(await isDue(nextDueAt)).toBe(false);
  });

  it('leaves its full slices in the trail, and they are read back in event time', async () => {
    const wearer = aWearer();
    const { closed, state } = evaluation;
    expect(closed).toHaveLength(1);
    await save(wearer, 0, {
      beside: closed.map((slice) => ({ Put: slicePut(store().names.trail, wearer, slice) })),
    });
    const kept = trail(store().client, store().names.trail);
    const inTrail = await kept.load(wearer, NOON, until);
    expect([...inTrail, ...state.slice.inputs]).toEqual(events);
    expect(await kept.load(wearer, secondsAfter(NOON, 61), secondsAfter(NOON, 121))).toHaveLength(
      2,
    );
    const before = state.slice.startedAt;
    expect(await kept.slicesFrom(wearer, { at: secondsAfter(NOON, 60), before })).toEqual(closed);
  });

  it('keeps late events as they first came, however often they come again', async () => {
    const wearer = aWearer();
    const first = fix(NOON, HOME, { receivedAt: secondsAfter(NOON, 60) });
    const again = fix(NOON, HOME, { receivedAt: secondsAfter(NOON, 7_200) });
    for (const [epoch, event] of [first, again, first].entries()) {
      const late = { Put: latePut(store().names.trail, wearer, [event]) };
      expect(await save(wearer, epoch, { beside: [late] })).toBe('saved');
    }
    expect(await trail(store().client, store().names.trail).load(wearer, NOON, NOON)).toEqual([
      first,
    ]);
  });

  describe('with a slice that goes ahead of it', () => {
    const [slice] = evaluation.closed;
    if (slice === undefined) throw new Error('no slice was closed');
    const put = (wearer: WearerRef, of = slice) => slicePut(store().names.trail, wearer, of);
    const inTrail = (wearer: WearerRef) =>
      trail(store().client, store().names.trail).load(wearer, NOON, until);

    it('is saved, and the slice stands in the trail', async () => {
      const wearer = aWearer();
      expect(await save(wearer, 0, { ahead: put(wearer) })).toBe('saved');
      expect(await inTrail(wearer)).toEqual(slice.inputs);
    });

    it('replaces what somebody put ahead of a state that never came', async () => {
      const wearer = aWearer();
      const orphan = { ...slice, inputs: slice.inputs.slice(0, 3) };
      await store().client.send(new PutItemCommand(put(wearer, orphan)));
      expect(await save(wearer, 0, { ahead: put(wearer) })).toBe('saved');
      expect(await inTrail(wearer)).toEqual(slice.inputs);
    });

    it('leaves the slice of whoever was first to save the state', async () => {
      const wearer = aWearer();
      expect(await save(wearer, 0, { ahead: put(wearer) })).toBe('saved');
      const later = { ...slice, inputs: slice.inputs.slice(0, 3) };
      const ahead = put(wearer, later);
      expect(await save(wearer, 0, { ahead, cause: 'somebody slower' })).toBe('conflict');
      expect(await inTrail(wearer)).toEqual(slice.inputs);
    });
  });

  it('has its first slice of a day, and no other, on the index of what is to be archived', () => {
    const wearer = aWearer();
    const begun = (startedAt: Instant) => slicePut('trail', wearer, { ...sliceAt(startedAt) });
    const item = begun(instant(0)).Item;
    expect(item.day).toEqual({ S: '2026-03-02' });
    expect(item.nextDueAt).toEqual({ N: String(at('2026-04-04T00:00:00Z')) });
    expect(begun(at('2026-03-01T23:59:00Z')).Item.nextDueAt).toBeDefined();
    expect(begun(at('2026-03-02T00:00:00Z')).Item.nextDueAt).toBeDefined();
    expect(begun(at('2026-03-02T00:00:01Z')).Item.nextDueAt).toBeUndefined();
  });
});

const sliceAt = (startedAt: Instant): ClosedSlice => {
  const [slice] = evaluation.closed;
  if (slice === undefined) throw new Error('no slice was closed');
  return { ...slice, startedAt };
};

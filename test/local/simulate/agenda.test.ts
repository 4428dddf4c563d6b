import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agenda } from '#local/simulate/engine/agenda.ts';
import { dice } from '#local/simulate/engine/dice.ts';

const waits = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 });

describe('given an agenda', () => {
  it('does everything once, and never before what is due earlier', async () => {
    await fc.assert(
      fc.asyncProperty(waits, fc.integer(), async (after, seed) => {
        const made = agenda(1_000, dice(seed));
        const done: number[] = [];
        for (const wait of after) made.after(wait, () => void done.push(made.now() - 1_000));
        await made.runUntil(2_000);
        expect(done).toEqual([...after].sort((a, b) => a - b));
        expect(made.now()).toBe(2_000);
      }),
      { numRuns: 40 },
    );
  });

  it('lets whatever follows from one thing come to rest before the next', async () => {
    const made = agenda(0, dice(1));
    const said: string[] = [];
    const slowly = async (name: string): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) await null;
      said.push(name);
    };
    made.at(5, () => void slowly('first'));
    made.at(6, () => void said.push('second'));
    await made.runUntil(10);
    expect(said).toEqual(['first', 'second']);
  });

  it('leaves what is due later', async () => {
    const made = agenda(0, dice(1));
    const said: string[] = [];
    made.at(11, () => void said.push('later'));
    await made.runUntil(10);
    expect(said).toEqual([]);
    await made.runUntil(11);
    expect(said).toEqual(['later']);
  });

  it('chooses between things of one instant by its dice', async () => {
    const orderWith = async (seed: number): Promise<string> => {
      const made = agenda(0, dice(seed));
      const said: string[] = [];
      for (const name of ['a', 'b', 'c']) made.at(5, () => void said.push(name));
      await made.runUntil(5);
      return said.join('');
    };
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const orders = new Set(await Promise.all(seeds.map(orderWith)));
    expect(orders.size).toBe(6);
    expect(await orderWith(7)).toBe(await orderWith(7));
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { closeOffice, toldWhen } from './messages.ts';
import { MANAGER, minute, OFFICER, ON_CALL, openOffice, stayOut } from './office.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

/** Whoever is told until an instant, and how many minutes after the curfew began. */
const toldUntil = async (n: number): Promise<[to: string, minute: number][]> => {
  await office.advanceTo(minute(n));
  return toldWhen(office);
};

describe('an alert that nobody takes', () => {
  it('climbs its policy, and then keeps to the last resort for as long as it takes', async () => {
    office = await openOffice();
    await stayOut(office);
    expect(await toldUntil(89)).toEqual([
      [OFFICER, 5],
      [ON_CALL, 10],
      ['arn:police', 15],
      [MANAGER, 30],
      [MANAGER, 45],
      [MANAGER, 60],
      [MANAGER, 75],
    ]);
    const night = await toldUntil(89 + 600);
    expect(night).toEqual(Array.from({ length: 40 }, (_, i) => [MANAGER, 90 + 15 * i]));
  });

  it('comes to the duty manager of the deployment where no number can be reached', async () => {
    office = await openOffice({ order: { policeForce: null } });
    for (const mobile of [OFFICER, ON_CALL, MANAGER]) office.refused.add(mobile);
    await stayOut(office);
    const [first, ...later] = await toldUntil(40);
    expect(first).toEqual(['arn:duty-manager', 5]);
    expect(later.every(([to]) => to === 'arn:duty-manager')).toBe(true);
  });

  it('goes on where only one of them can be reached', async () => {
    office = await openOffice({ order: { policeForce: null } });
    office.refused.add(OFFICER);
    await stayOut(office);
    const [first] = await toldUntil(9);
    expect(first).toEqual([ON_CALL, 5]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { type Instant, secondsAfter, toIso } from '#domain/model/instant.ts';
import { status } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { at } from '#test/support/supervisions.ts';
import { closeOffice, toldNow } from './messages.ts';
import { MANAGER, OFFICER, ON_CALL, openOffice, send } from './office.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

/** On-call and manager take turns at half past one each night, on the wall clock of London. */
const TURNS = {
  timeZone: 'Europe/London',
  layers: [
    {
      ...{ layerId: 'turns', name: 'Turns', people: ['on-call', 'manager'] },
      rotation: { kind: 'daily', handOver: { time: '01:30' }, startsOn: '2026-01-01' },
    },
  ],
};

const strap = (is: 'open' | 'closed', recordedAt: Instant): DeviceEvent =>
  status(recordedAt, { strap: is });

/** Somebody opens their strap, and nobody answers: the rota is paged after so many seconds. */
const pagedOf = async (openedAt: Instant, delaySeconds: number): Promise<string[]> => {
  const opensAt = secondsAfter(openedAt, -600);
  office = await openOffice({
    opensAt,
    rota: TURNS,
    order: { deviceCare: {}, startsAt: toIso(opensAt), conditions: [] },
    policy: {
      steps: [
        { delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] },
        { delaySeconds, targets: [{ kind: 'rota', rotaId: 'duty' }] },
      ],
    },
  });
  await send(office, strap('closed', opensAt));
  await office.advanceTo(openedAt);
  await send(office, strap('open', openedAt));
  expect(toldNow(office)).toEqual([OFFICER]);
  await office.advanceTo(secondsAfter(openedAt, delaySeconds + 1));
  return toldNow(office);
};

const BOTH = [ON_CALL, MANAGER];

describe('a shift changes during an escalation, as clocks are put back', () => {
  it.each([
    ['before half past one', '2026-10-25T00:00:00Z', 1],
    [
      'between the first half past one and the second: who leaves and who comes',
      '2026-10-25T00:45:00Z',
      2,
    ],
    ['after the second', '2026-10-25T01:05:00Z', 1],
  ])('%s', async (_, openedAt, people) => {
    const paged = await pagedOf(at(openedAt), 1_740);
    expect(paged).toHaveLength(people);
    if (people === 2) expect(paged.toSorted()).toEqual(BOTH.toSorted());
  });
});

describe('a shift changes at a time that the clocks skip', () => {
  it('one person is on call before it, the other from the first instant after it', async () => {
    const before = await pagedOf(at('2026-03-29T00:30:00Z'), 1_740);
    office.stop();
    const after = await pagedOf(at('2026-03-29T00:31:00Z'), 1_740);
    expect([...before, ...after].toSorted()).toEqual(BOTH.toSorted());
    expect(before).not.toEqual(after);
  });
});

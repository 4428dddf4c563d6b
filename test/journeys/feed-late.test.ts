import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { activationIdSchema } from '#domain/model/ids.ts';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { fix } from '#test/support/events.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { ORDER_BODY } from '#test/support/orders.ts';
import { HOME } from '#test/support/supervisions.ts';
import { alertsOf, asked } from './desk.ts';
import { closeOffice } from './messages.ts';
import { CURFEW, OFFICER, openOffice, send } from './office.ts';

const WEARERS = Array.from({ length: 40 }, (_, n) => `q-${n + 1}`);
const hours = (n: number): Instant => secondsAfter(CURFEW, 3_600 * n);
const minutes = (from: Instant, n: number): Instant => secondsAfter(from, 60 * n);

const STARTS = '2026-03-02T18:30:00Z';
const ORDER = {
  ...{ ...ORDER_BODY, startsAt: STARTS, policyId: 'officer-only', earlySigns: null },
};
const POLICY = {
  name: 'Officer only',
  steps: [{ delaySeconds: 0, targets: [{ kind: 'responsible-officer' }] }],
  repeat: 0,
  lastResort: { personIds: ['manager'], everySeconds: 86_400 },
};

let office: Pipeline;
const put = (route: string, path: Record<string, string>, body: object) =>
  asked(office, `PUT ${route}`, { path, body });

beforeEach(async () => {
  office = await openOffice({ order: { conditions: [] } });
  await put('/v1/policies/{policyId}', { policyId: 'officer-only' }, POLICY);
  for (const wearerId of WEARERS) {
    await put('/v1/wearers/{wearerId}', { wearerId }, { name: `Wearer ${wearerId}` });
    const activation = { headEndId: 'head-end', deviceSerial: `T-${wearerId}` };
    const path = { wearerId, activationId: `a-${wearerId}` };
    const startsAt = STARTS;
    const route = '/v1/wearers/{wearerId}/activations/{activationId}';
    await put(route, path, { ...activation, startsAt });
    await put('/v1/wearers/{wearerId}/orders/{orderId}', { wearerId, orderId: 'o-1' }, ORDER);
  }
});
afterEach(() => closeOffice(office));

const fixOf = (wearerId: string, at: Instant): DeviceEvent => ({
  ...fix(at, HOME),
  activationId: activationIdSchema.parse(`a-${wearerId}`),
});

/** Everybody of these is heard of every twenty minutes, from one instant up to another. */
const live = async (wearers: readonly string[], from: Instant, to: Instant): Promise<void> => {
  for (let at = from; at < to; at = minutes(at, 20)) {
    await office.advanceTo(at);
    await send(office, ...wearers.map((wearerId) => fixOf(wearerId, at)));
  }
};

type Shown = { wearerId: string; held: { why: string } | null };

const listed = async (): Promise<Shown[]> => alertsOf(office, 'open');

describe('given a head-end of 40 wearers of which nothing comes any more', () => {
  it('tells once that the feed is late, and in the end of the one who stays silent', async () => {
    await live(WEARERS, hours(0), hours(1));
    await office.advanceTo(hours(3));
    const late = office.takeSent();
    expect(late.map(({ to }) => to)).toEqual([OFFICER]);
    expect(late[0]?.text).toContain('FEED LATE: nothing from head-end head-end since');
    const open = await listed();
    expect(new Set(open.map(({ wearerId }) => wearerId)).size).toBe(40);
    const held = open.filter((alert) => alert.held?.why === 'feed-late');
    expect(new Set(held.map(({ wearerId }) => wearerId)).size).toBeGreaterThanOrEqual(39);

    const [absent = '', ...back] = WEARERS.filter((one) => !late[0]?.text.includes(`(${one})`));
    const others = WEARERS.filter((one) => one !== absent);
    expect(back).toHaveLength(38);
    await office.advanceTo(hours(3.9));
    expect(office.takeSent()).toEqual([]);
    await live(others, hours(3.9), hours(4.7));
    const told = office.takeSent();
    expect(told.length).toBeGreaterThan(0);
    for (const { text } of told) {
      expect(text).toContain(`(${absent})`);
      expect(text).toContain('Held while head-end head-end was late; it is back');
    }
  });
});

describe('given a head-end of 40 wearers that sends no longer for two of them', () => {
  it('is not late: each of the two is told of singly, and at once', async () => {
    const [one = '', other = '', ...rest] = WEARERS;
    await live(WEARERS, hours(0), hours(0.4));
    await live(rest, hours(0.4), hours(2));
    const told = office.takeSent();
    const isOf = (text: string) => WEARERS.find((wearerId) => text.includes(`(${wearerId})`));
    expect(new Set(told.map(({ text }) => isOf(text)))).toEqual(new Set([one, other]));
    expect(told.filter(({ text }) => /FEED LATE|Held/.test(text))).toEqual([]);
    const open = await listed();
    expect(open.filter(({ held }) => held !== null)).toEqual([]);
  });
});

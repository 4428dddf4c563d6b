import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import { alertIdSchema, pageIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant, toIso } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { NO_STATE } from '#functions/adapters/dynamodb/wearer-states.ts';
import type { RouteDeps } from '#functions/api/route-table.ts';
import { later, T, violation } from '#test/support/alerts.ts';
import { fix } from '#test/support/events.ts';
import { OPEN } from '#test/support/given-alert.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { HOME } from '#test/support/supervisions.ts';
import { linesOf, WHY } from './history-world.ts';

const path = { wearerId: 'w-1' };

/** An API that has a wearer and an officer, and whatever else it is given. */
const apiWith = async (deps: Partial<RouteDeps>) => {
  const api = keptApi({ now: later(86_400 * 3), deps });
  await api.ask('PUT /v1/wearers/{wearerId}', { path, body: { name: 'Jo Bloggs' } });
  const officer = { name: 'Sam', role: 'officer', mobile: '+447700900001' };
  const put = { path: { personId: 'officer' }, body: officer };
  expect((await api.ask('PUT /v1/people/{personId}', put)).statusCode).toBe(201);
  return api;
};

/** The lines of each sheet of a group, as its links lead. */
const sheetsOf = async (api: Awaited<ReturnType<typeof apiWith>>, group: string) => {
  const sheets: (readonly object[])[] = [];
  let query: Record<string, string> | null = { group, ...WHY };
  while (query !== null) {
    const route = 'GET /v1/wearers/{wearerId}/record-transfer';
    const { statusCode, headers, body } = await api.ask(route, { path, query });
    expect(statusCode).toBe(200);
    sheets.push(linesOf(body));
    const next = /\?([^>]+)>/.exec(headers.link ?? '')?.[1];
    query = next === undefined ? null : Object.fromEntries(new URLSearchParams(next));
  }
  return sheets;
};

const WORN = {
  ...{ kind: 'ACTIVATION', id: 'a-1', version: 1, changedAt: T, inForceAt: T },
  document: {
    ...{ activationId: 'a-1', wearerId: 'w-1', headEndId: 'head-end', deviceSerial: 'T-1' },
    ...{ startsAt: T, endsAt: null },
  },
};

/** A trail of these events. */
const trailOf = (events: readonly DeviceEvent[]): Partial<RouteDeps> => ({
  loadState: async () => NO_STATE,
  wearerVersions: { ofWearer: async () => [WORN], ofShared: async () => [] },
  trail: {
    load: async (_: unknown, fromAt: Instant, toAt: Instant) =>
      events.filter(({ recordedAt }) => recordedAt >= fromAt && recordedAt <= toAt),
  },
});

const numberOf = (line: object): unknown => Object(line).sequence;

describe('a group that is too much for one sheet', () => {
  it('goes on where the sheet before ended: ten thousand fixes of a day, each once', async () => {
    const events = Array.from({ length: 10_000 }, (_, i) =>
      fix(instant(T + Math.floor(i / 3) * 1_000), HOME, { sequence: i }),
    );
    const sheets = await sheetsOf(await apiWith(trailOf(events)), 'locations');
    expect(sheets).toHaveLength(5);
    expect(sheets.flat().map(numberOf)).toEqual(events.map(({ sequence }) => sequence));
  });

  it('loses none and doubles none, whenever things were said', async () => {
    const offsets = fc.array(fc.integer({ min: 0, max: 3 * 86_400_000 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(offsets, async (some) => {
        const events = some.map((offset, i) => fix(instant(T + offset), HOME, { sequence: i }));
        const sheets = await sheetsOf(await apiWith(trailOf(events)), 'locations');
        const told = sheets.flat().map((line) => Object(line).recordedAt);
        expect(told).toEqual(events.map(({ recordedAt }) => toIso(recordedAt)).sort());
      }),
      { numRuns: 30 },
    );
  });

  it('is cut within an alert that was sent thousands of times', async () => {
    const found = ['a', 'b', 'c'].map((name) => violation({ violationId: `w-1.curfew.${name}` }));
    const api = await apiWith({
      wearerViolations: foundOf(found),
      loadHistories: async (_, alerts) =>
        new Map(
          alerts.map((alert) => [alert.alertId, { recorded: [], pages: pages(alert.alertId) }]),
        ),
    });
    const sheets = await sheetsOf(api, 'alerts');
    const told = sheets.flat().map((line) => Object(line).notificationId ?? Object(line).alertId);
    expect(sheets).toHaveLength(3);
    expect(told).toEqual(
      found.flatMap(({ violationId }) => [
        violationId,
        ...pages(violationId).map(({ page }) => page.pageId),
      ]),
    );
  });

  it('is read in parts: violations by the thousand, alerts by twenty-five', async () => {
    const names = Array.from(
      { length: 1_100 },
      (_, i) => `w-1.curfew.${String(i).padStart(5, '0')}`,
    );
    const found = names.map((violationId) => violation({ violationId }));
    const asked: number[] = [];
    const { from, alertsOf } = foundOf(found);
    const api = await apiWith({
      wearerViolations: {
        from: (wearer, start, most) => {
          asked.push(most);
          return from(wearer, start, most);
        },
        alertsOf,
      },
    });
    const told = await sheetsOf(api, 'violations');
    expect(told.flat().map((line) => Object(line).violationId)).toEqual(names);
    const alerts = await sheetsOf(api, 'alerts');
    expect(alerts.flat().map((line) => Object(line).violationId)).toEqual(names);
    expect([new Set(asked), alerts.length]).toEqual([new Set([1_000, 25]), 44]);
  });
});

const foundOf = (found: readonly Violation[]): RouteDeps['wearerViolations'] => ({
  from: async (_, { id, isAfter }, most) => {
    const wanted = found.filter(({ violationId }) =>
      isAfter ? violationId > (id ?? '') : violationId >= (id ?? ''),
    );
    return { violations: wanted.slice(0, most), isAll: wanted.length <= most };
  },
  alertsOf: async (_, some) =>
    some.map(({ violationId }) => ({ ...OPEN, violationId, alertId: alertIdOf(violationId) })),
});

const pages = (name: string) =>
  Array.from({ length: 3_000 }, (_, i) => ({
    ...{ status: 'sent', outcome: null, waits: null, receipts: [], claimedUntilAt: null, tries: 0 },
    page: {
      ...{ pageId: pageIdSchema.parse(`${name}/${i}`), alertId: alertIdSchema.parse(name) },
      ...{ wearerId: OPEN.wearerId, sequence: i + 1, step: 0, loop: 0, createdAt: T },
      ...{ purpose: 'alert', recipient: { channel: 'sms', personId: 'officer' } },
    },
  }));

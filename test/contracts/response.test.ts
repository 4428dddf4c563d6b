import { describe, expect, it } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import type { Roster } from '#domain/escalate/roster.ts';
import { type AgencyId, agencyIdSchema, alertIdSchema } from '#domain/model/ids.ts';
import { instant } from '#domain/model/instant.ts';
import { activationSchema } from '#domain/model/wearer.ts';
import { alertHistories } from '#functions/adapters/dynamodb/alert-histories.ts';
import { firstPaged } from '#functions/adapters/dynamodb/first-paged.ts';
import { keyItem } from '#functions/adapters/dynamodb/items.ts';
import { activationKey, alertPk, outboxKey } from '#functions/adapters/dynamodb/keys.ts';
import { listedAlerts } from '#functions/adapters/dynamodb/listed-alerts.ts';
import { onWearers, wornListing } from '#functions/adapters/dynamodb/on-wearers.ts';
import { policeCalls } from '#functions/adapters/dynamodb/police-calls.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { alertRouteDeps } from '#test/support/alert-routes.ts';
import {
  acknowledge,
  FORCE,
  later,
  policy,
  roster,
  T,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { liaisonId } from '#test/support/liaisons.ts';
import { nameOf } from '#test/support/pages.ts';
import { STORES, type Store } from './stores.ts';
import { useStore } from './use-store.ts';

const POLICE = policy({ steps: [{ delaySeconds: 0, targets: [{ kind: 'police' }] }] });
const idOf = (name: string) => alertIdSchema.parse(`w-1.curfew.${name}`);

type Act = Readonly<{ command?: AlertCommand; reached?: Roster }>;

/** Acts on alerts of an agency of its own, as everybody does. */
const acting =
  ({ client, names }: Store, agencyId: AgencyId) =>
  async (name: string, seconds: number, { command, reached = roster() }: Act = {}) => {
    const opens = violationOpens({ violationId: idOf(name) }, { policy: POLICE });
    const { changeAlert } = alertRouteDeps({ client, now: () => later(seconds), tables: names });
    const asked = { command: command ?? opens, roster: reached };
    return changeAlert(agencyId, idOf(name), async () => asked);
  };

describe.each(STORES)('what is told of alerts from $name', ({ start }) => {
  const { store } = useStore(start);
  const agency = (name: string) => {
    const agencyId = agencyIdSchema.parse(name);
    return { agencyId, act: acting(store(), agencyId), ...store() };
  };

  it('lists them from an instant until before another, from either end', async () => {
    const { agencyId, act, client, names } = agency('lists');
    for (const [i, name] of ['a', 'b', 'c', 'd'].entries()) await act(name, i * 10);
    const list = listedAlerts(client, names.monitoring);
    const asked = { status: 'open', fromAt: later(10), toAt: later(30), most: 9 } as const;
    const ids = async (first: 'oldest' | 'newest', most = 9) =>
      (await list(agencyId, { ...asked, first, most })).map(({ alertId }) => alertId);
    expect(await ids('oldest')).toEqual([idOf('b'), idOf('c')]);
    expect(await ids('newest')).toEqual([idOf('c'), idOf('b')]);
    expect(await ids('newest', 1)).toEqual([idOf('c')]);
    expect(await list(agencyId, { ...asked, toAt: asked.fromAt, first: 'oldest' })).toEqual([]);
  });

  it('keeps what happened to one in order, and what was refused, once', async () => {
    const { agencyId, act, client, names } = agency('histories');
    await act('one', 0);
    await act('other', 0);
    await act('one', 5, { command: acknowledge('officer') });
    await act('one', 9, { command: acknowledge('manager') });
    const { alert } = await act('one', 9, { command: acknowledge('manager') });
    if (alert === null) throw new Error('the alert is gone');
    const found = await alertHistories(client, names)(agencyId, [alert]);
    const { recorded = [], pages = [] } = found.get(idOf('one')) ?? {};
    expect(recorded.map(({ type }) => type)).toEqual([
      ...['alert-opened', 'step-run', 'alert-acknowledged', 'command-refused'],
    ]);
    expect(pages).toMatchObject([{ status: 'pending', outcome: null, waits: null, tries: 0 }]);
  });

  it('knows when the first page went, and what a force was called to in vain', async () => {
    const { agencyId, act, client, names } = agency('calls');
    const { alert } = await act('one', 0);
    if (alert === null) throw new Error('the alert did not open');
    const calls = () =>
      policeCalls(client, names.monitoring)(agencyId, [FORCE], { fromAt: T, toAt: later(60) });
    expect(await calls()).toEqual([]);
    const key = outboxKey(alertPk(agencyId, alert.alertId), 1);
    const { outbox } = alertRouteDeps({ client, now: () => T, tables: names });
    await outbox.end(key, { status: 'sent', providerId: 'p', at: later(3) });
    expect(await calls()).toMatchObject([{ alertId: alert.alertId, isFalse: false }]);
    const withdrawn = { violationId: idOf('one'), status: 'withdrawn' };
    await act('one', 30, { command: violationChanges(withdrawn) });
    expect(await calls()).toMatchObject([{ alertId: alert.alertId, isFalse: true }]);
    const paged = await firstPaged(client, names.monitoring)(agencyId, [alert]);
    expect([...paged]).toEqual([[alert.alertId, later(3)]]);
  });

  it('takes for the first page the first to the police or to people, not to a panel', async () => {
    const { agencyId, act, client, names } = agency('panels');
    const liaisons = [
      { liaisonId: liaisonId('panel'), kind: 'mappa-panel', whyNot: null },
      { liaisonId: FORCE, kind: 'police', whyNot: null },
    ] as const;
    const { alert } = await act('one', 0, { reached: roster({ liaisons }) });
    if (alert === null) throw new Error('the alert did not open');
    const { outbox } = alertRouteDeps({ client, now: () => T, tables: names });
    const pages = await outbox.pagesOf(agencyId, alert.alertId);
    expect(pages.map(({ page }) => nameOf(page.recipient))).toEqual(['panel', FORCE]);
    const sent = async (sequence: number, seconds: number) => {
      const key = outboxKey(alertPk(agencyId, alert.alertId), sequence);
      await outbox.end(key, { status: 'sent', providerId: 'p', at: later(seconds) });
      return [...(await firstPaged(client, names.monitoring)(agencyId, [alert]))];
    };
    expect(await sent(1, 1)).toEqual([]);
    expect(await sent(2, 3)).toEqual([[alert.alertId, later(3)]]);
  });

  it('knows who had a device by an instant', async () => {
    const { agencyId, client, names } = agency('worn');
    const activation = activationSchema.parse({
      ...{ activationId: 'a-1', wearerId: 'w-1', headEndId: 'h', deviceSerial: 's' },
      ...{ startsAt: T, endsAt: null },
    });
    const Item = {
      ...keyItem(activationKey(agencyId, activation.activationId)),
      ...wornListing(agencyId, activation),
      body: { S: JSON.stringify(activation) },
    };
    await transact(client, [{ Put: { TableName: names.monitoring, Item } }]);
    const worn = onWearers(client, names.monitoring);
    expect(await worn(agencyId, T)).toMatchObject([{ wearerId: 'w-1', startsAt: T }]);
    expect(await worn(agencyId, instant(T - 1))).toEqual([]);
  });
});

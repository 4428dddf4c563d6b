import type { AlertCommand, Opening } from '#domain/escalate/alert-commands.ts';
import type { Roster } from '#domain/escalate/roster.ts';
import type { AlertId } from '#domain/model/ids.ts';
import { agencyIdSchema, alertIdSchema } from '#domain/model/ids.ts';
import { type Instant, instant } from '#domain/model/instant.ts';
import { keyItem } from '#functions/adapters/dynamodb/items.ts';
import { alertPk, outboxKey } from '#functions/adapters/dynamodb/keys.ts';
import { type Outcome, outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { later, roster, T, violationOpens } from '#test/support/alerts.ts';
import { keptWorld } from '#test/support/kept-world.ts';

export const AGENCY = agencyIdSchema.parse('demo');
export const ALERT = alertIdSchema.parse('w-1.curfew.abc');

/** An alert of a name of its own. */
export const idOf = (name: string): AlertId => alertIdSchema.parse(`w-1.curfew.${name}`);

/** Its violation is found after so many seconds, and it opens. */
export const opens = (name: string, seconds: number, more: Partial<Opening> = {}): Doing => {
  const at = later(seconds);
  const command = violationOpens({ violationId: idOf(name), detectedAt: at }, more);
  return { command, at, alertId: idOf(name) };
};

export type Doing = Readonly<{
  command: AlertCommand;
  at: Instant;
  roster?: Roster;
  alertId?: AlertId;
}>;

/** A world whose alerts somebody acts on, and whose pages end as they are told to. */
export const worldOfAlerts = () => {
  const world = keptWorld(T);
  const rows = outbox(world.client, world.tables.monitoring);
  return {
    ...world,
    /** What was decided of each, one after another, each at its instant. */
    act: async (...doings: readonly Doing[]) => {
      for (const { command, at, roster: reached = roster(), alertId = ALERT } of doings) {
        world.clock.now = instant(at);
        await world.changeAlert(AGENCY, alertId, async () => ({ command, roster: reached }));
      }
    },
    /** Ends the page of a number, as whoever delivers it says. */
    end: (sequence: number, outcome: Outcome, alertId = ALERT) =>
      rows.end(outboxKey(alertPk(AGENCY, alertId), sequence), outcome),
    pageKey: (sequence: number, alertId = ALERT) =>
      keyItem(outboxKey(alertPk(AGENCY, alertId), sequence)),
  };
};

import type { DynamoDBClient, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Kept } from '#domain/audit/findings.ts';
import { alertSchema } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { HOUR_SECONDS, type Instant, instantSchema, secondsAfter } from '#domain/model/instant.ts';
import { type Item, number, readJson, readOrNull, readText, text } from './items.ts';
import { alertPk, listKey, OUTBOX_PREFIX } from './keys.ts';
import { queryAll, startingWith } from './query.ts';

/** More that are open at once are the office's own alarm; these are the newest. */
const MOST_ALERTS = 1_000;
/** Of so many of the last hour the outbox is read too. */
const MOST_KEPT = 100;

/** What the auditor must know of an alert; what else it holds may be of another version. */
const factSchema = alertSchema.pick({
  alertId: true,
  openedAt: true,
  nextDueAt: true,
  sequence: true,
});
type Fact = z.infer<typeof factSchema>;

const factOf = (item: Item): Fact => readJson(item, 'body', factSchema);

const endSchema = z.object({ at: instantSchema });

const pageOf = (item: Item): Kept['pages'][number] => ({
  sequence: Number(readText(item, 'sk').slice(OUTBOX_PREFIX.length)),
  status: readText(item, 'status'),
  to: item.recipient?.S ?? null,
  endedAt: item.outcome === undefined ? null : readJson(item, 'outcome', endSchema).at,
});

export type AlertsAndPages = Readonly<{ alerts: Fact[]; kept: Kept[] }>;

/** Reads the alerts that are not closed, and the outbox of those that opened within an hour. */
export const keptPages =
  (client: DynamoDBClient, table: string, agencyId: AgencyId) =>
  async (now: Instant): Promise<AlertsAndPages> => {
    const fromAt = secondsAfter(now, -HOUR_SECONDS);
    const listed = async (status: string, sinceAt: Instant | null): Promise<Fact[]> => {
      const within = sinceAt === null ? '' : ' AND listAt BETWEEN :since AND :now';
      const query: QueryCommandInput = {
        ...{ TableName: table, IndexName: 'list', ScanIndexForward: false },
        KeyConditionExpression: `listKey = :list${within}`,
        ExpressionAttributeValues: {
          ':list': text(listKey(agencyId, status)),
          ...(sinceAt === null ? {} : { ':since': number(sinceAt), ':now': number(now) }),
        },
      };
      const items = await queryAll(client, query, MOST_ALERTS);
      // One that cannot be read is found by its due instant, when nobody can take its step.
      return items.flatMap((item) => readOrNull(item, factOf) ?? []);
    };
    const keptOf = async (alert: Fact): Promise<Kept> => {
      const rows = startingWith(table, alertPk(agencyId, alert.alertId), OUTBOX_PREFIX);
      const ExpressionAttributeNames = { '#status': 'status' };
      const ProjectionExpression = 'sk, #status, outcome, recipient';
      const items = await queryAll(client, {
        ...rows,
        ExpressionAttributeNames,
        ProjectionExpression,
      });
      return { alert, pages: items.map(pageOf) };
    };
    const [open, acknowledged, closed] = await Promise.all([
      listed('open', null),
      listed('acknowledged', null),
      listed('closed', fromAt),
    ]);
    const alerts = [...open, ...acknowledged];
    const fresh = [...alerts, ...closed].filter(({ openedAt }) => openedAt >= fromAt);
    return { alerts, kept: await Promise.all(fresh.slice(0, MOST_KEPT).map(keptOf)) };
  };
export type LoadKeptPages = ReturnType<typeof keptPages>;

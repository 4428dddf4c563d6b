import type { Page } from '#domain/model/alert.ts';
import type { PersonId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { bundle } from '#domain/notify/bundle.ts';
import { suppress } from '#domain/notify/suppress.ts';
import { sparedUntil, type ThrottleLimits, withSent } from '#domain/notify/throttle.ts';
import type { Clock } from '../adapters/clock/system-clock.ts';
import type { Alerts } from '../adapters/dynamodb/alerts.ts';
import type { Claim, Outbox, PageRow } from '../adapters/dynamodb/outbox.ts';
import type { PutOffs } from '../adapters/dynamodb/put-off.ts';
import type { Throttles } from '../adapters/dynamodb/throttles.ts';
import { errorName, type Telemetry } from '../adapters/log/log.ts';

export type TurnDeps = Readonly<{
  now: Clock;
  throttles: Throttles;
  throttleLimits: ThrottleLimits;
  loadAlert: Alerts['load'];
  outbox: Pick<Outbox, 'end'>;
  putOffs: PutOffs;
  telemetry: Telemetry;
}>;

/** Whether a page goes out now, and with what else; or until when it waits. */
export type Turn =
  | Readonly<{
      is: 'sent';
      row: PageRow;
      others: readonly PageRow[];
      repeated: readonly PageRow[];
    }>
  | Readonly<{ is: 'waiting'; untilAt: Instant }>;

/** Two who want the same contact's turn at once: one of them asks again, so often at most. */
const MOST_TRIES = 5;

const textedBy = ({ recipient }: Page): PersonId | null =>
  recipient.channel === 'sms' ? recipient.personId : null;

const alone = (row: PageRow): Turn => ({ is: 'sent', row, others: [], repeated: [] });

/** What waits for a contact, still has to be sent, and nobody else is sending just now. */
const stillWaiting = async (
  { putOffs, loadAlert }: TurnDeps,
  keys: readonly PageRow['key'][],
  claim: Claim,
): Promise<PageRow[]> => {
  const rows = await Promise.all(keys.map((key) => putOffs.takePutOff(key, claim)));
  const waiting = rows.filter((row) => row !== null);
  const alerts = await Promise.all(waiting.map((row) => loadAlert(row.agencyId, row.page.alertId)));
  return waiting.filter(({ page }, i) => suppress(page, alerts[i] ?? null) === null);
};

const withOthers = (row: PageRow, waiting: readonly PageRow[]): Turn => {
  const bundled = bundle([row, ...waiting]);
  if (bundled === null) return alone(row);
  const { lead, others, repeated } = bundled;
  // All of them are one person's: it goes where that person is known to be texted now.
  const { recipient } = row.page;
  const page = { ...lead.page, recipient, bundled: others.map((other) => other.page.wearerId) };
  return { is: 'sent', row: { ...lead, page }, others, repeated };
};

const isSame = (a: PageRow['key'], b: PageRow['key']): boolean => a.pk === b.pk && a.sk === b.sk;

/** A page that somebody has claimed, and to whom it goes by text. */
type Asking = Readonly<{ row: PageRow; claim: Claim; personId: PersonId }>;

const askForTurn = async (deps: TurnDeps, { row, claim, personId }: Asking): Promise<Turn> => {
  const { throttles, throttleLimits: limits } = deps;
  const to = { agencyId: row.agencyId, personId };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const known = await throttles.load(to);
    const now = deps.now();
    const untilAt = row.page.mayWait ? sparedUntil(known.sentAt, limits, now) : null;
    const rest = known.waiting.filter((key) => !isSame(key, row.key));
    const next =
      untilAt === null
        ? { sentAt: withSent(known.sentAt, limits, now), waiting: row.page.mayWait ? [] : rest }
        : { sentAt: known.sentAt, waiting: [...rest, row.key] };
    if ((await throttles.save(to, { ...next, version: known.version })) === 'conflict') continue;
    if (untilAt !== null) return { is: 'waiting', untilAt };
    return row.page.mayWait ? withOthers(row, await stillWaiting(deps, rest, claim)) : alone(row);
  }
  return alone(row);
};

/**
 * Takes a page's turn at its contact. Only a text message that may wait ever does; with the next
 * one that goes out leaves what has waited for the same contact. A page is worth more than its
 * count: where that cannot be asked, the page is sent.
 */
export const takeTurn = async (deps: TurnDeps, row: PageRow, claim: Claim): Promise<Turn> => {
  const personId = textedBy(row.page);
  if (personId === null || !row.page.mayWait) return alone(row);
  try {
    return await askForTurn(deps, { row, claim, personId });
  } catch (error) {
    // Record: whoever is told twice as often is told.
    deps.telemetry.log.warn('text messages not counted', { error: errorName(error) });
    return alone(row);
  }
};

/** Counts a text message that has left without asking. No page waits for that. */
export const countSent = async (deps: TurnDeps, row: PageRow, claim: Claim): Promise<void> => {
  const personId = textedBy(row.page);
  if (personId === null || row.page.mayWait) return;
  try {
    await askForTurn(deps, { row, claim, personId });
  } catch (error) {
    // Record: the next one that may wait leaves a little sooner.
    deps.telemetry.log.warn('text messages not counted', { error: errorName(error) });
  }
};

/** Ends what went out with another page: each row says with which, or why it was not needed. */
export const endBundled = async (
  { outbox, telemetry, now }: TurnDeps,
  { row, others, repeated }: Extract<Turn, { is: 'sent' }>,
): Promise<void> => {
  const at = now();
  const { pageId } = row.page;
  const withLead = { status: 'bundled', reason: `told with ${pageId}`, at } as const;
  const notNeeded = { status: 'suppressed', reason: 'later-page-of-same-alert', at } as const;
  await Promise.all([
    ...others.map(({ key }) => outbox.end(key, withLead)),
    ...repeated.map(({ key }) => outbox.end(key, notNeeded)),
  ]);
  if (others.length > 0) telemetry.measure('pagesBundled', others.length);
};

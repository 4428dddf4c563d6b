import type { Page } from '#domain/model/alert.ts';
import { type Instant, secondsBetween } from '#domain/model/instant.ts';
import { canAct } from '#domain/model/recipient.ts';
import { suppress } from '#domain/notify/suppress.ts';
import type { Claim, PageRow } from '../adapters/dynamodb/outbox.ts';
import type { Receipts } from '../adapters/dynamodb/receipts.ts';
import { errorName } from '../adapters/log/log.ts';
import { handOver } from './hand-over.ts';
import type { SendPage } from './send-page.ts';
import { isToThem, type StillTheirsDeps } from './still-theirs.ts';
import { countSent, endBundled, type TurnDeps, takeTurn } from './take-turn.ts';

export type PageDeps = TurnDeps &
  StillTheirsDeps &
  Readonly<{ sendPage: SendPage; noteSent: Receipts['noteSent'] }>;

const idsOf = ({ agencyId, page }: PageRow) => ({
  ...{ agencyId, alertId: page.alertId, pageId: page.pageId },
});

/** Keeps which page a message to a phone is, for its receipts. No page waits for that. */
const noteSent = async (
  deps: PageDeps,
  { key, agencyId }: PageRow,
  { page, providerId, at }: Readonly<{ page: Page; providerId: string; at: Instant }>,
): Promise<void> => {
  const { channel } = page.recipient;
  if (channel !== 'sms' && channel !== 'voice') return;
  try {
    await deps.noteSent(agencyId, providerId, { key, at });
  } catch (error) {
    // Record: its receipts will be of an unknown page, and the page itself has left.
    deps.telemetry.log.warn('sent page not noted', { providerId, error: errorName(error) });
  }
};

const sendPageOf = async (deps: PageDeps, row: PageRow): Promise<'sent' | 'not-sent'> => {
  const { telemetry } = deps;
  const { page } = row;
  const ids = idsOf(row);
  const outcome = await handOver(deps.now, () => deps.sendPage(row.agencyId, page));
  if (outcome.status === 'sent') await noteSent(deps, row, { page, ...outcome });
  const ended = await deps.outbox.end(row.key, outcome);
  if (outcome.status === 'failed') {
    telemetry.measure('pagesFailed', 1);
    telemetry.log.error('page can never be sent', { ...ids, reason: outcome.reason });
    return 'not-sent';
  }
  if (outcome.status === 'suppressed') {
    telemetry.log.info('page not sent', { ...ids, reason: outcome.reason });
    return 'not-sent';
  }
  const { detectedAt } = page.facts.violation;
  if (ended === 'already-ended') telemetry.log.warn('page sent again under its id', ids);
  telemetry.measure('pagesSent', 1);
  if (page.purpose === 'alert' && canAct(page.recipient)) {
    telemetry.measure('receiptToPageSeconds', secondsBetween(detectedAt, outcome.at));
  }
  telemetry.log.info('page sent', { ...ids, channel: page.recipient.channel, step: page.step });
  return 'sent';
};

/**
 * Sends a page that is still called for, to whom it is still theirs, in its turn; what has waited
 * for the same contact goes with it.
 */
export const relayPage = async (deps: PageDeps, row: PageRow, claim: Claim): Promise<void> => {
  const { telemetry } = deps;
  const ids = idsOf(row);
  const reason = suppress(row.page, await deps.loadAlert(row.agencyId, row.page.alertId));
  if (reason !== null) {
    await deps.outbox.end(row.key, { status: 'suppressed', reason, at: deps.now() });
    telemetry.log.info('page not sent', { ...ids, reason });
    return;
  }
  if (!(await isToThem(deps, row))) {
    // Record: escalation goes on to another channel of theirs, or to the next step.
    await deps.outbox.end(row.key, { status: 'failed', reason: 'contact-changed', at: deps.now() });
    telemetry.measure('pagesFailed', 1);
    telemetry.log.warn('page not sent', { ...ids, reason: 'contact-changed' });
    return;
  }
  const turn = await takeTurn(deps, row, claim);
  if (turn.is === 'waiting') {
    await deps.putOffs.putOff(row.key, claim, { untilAt: turn.untilAt, reason: 'throttled' });
    telemetry.measure('pagesPutOff', 1);
    telemetry.log.info('page put off', { ...ids, reason: 'throttled' });
    return;
  }
  if ((await sendPageOf(deps, turn.row)) === 'not-sent') return;
  await countSent(deps, row, claim);
  await endBundled(deps, turn);
};

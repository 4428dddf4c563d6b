import * as z from 'zod';
import { earliest, type Instant, laterOf, secondsAfter } from '../../model/instant.ts';
import { silentSince, UNBROKEN_SECONDS } from '../heard.ts';
import { type During, within } from '../hours.ts';
import { type ConditionOf, defineRule, type Judgement, type Seen } from '../rule.ts';

const secondsSchema = z.number().int().min(UNBROKEN_SECONDS).max(86_400);
const thresholds = z.object({ alarmSeconds: secondsSchema, escalateSeconds: secondsSchema });
type Asked = Seen<ConditionOf<'device-care'>, z.infer<typeof thresholds>>;

const FOR_LONG = 'for-long';

const lastingOf = ({ watch: { tier, thresholds: by } }: Asked): number =>
  tier === FOR_LONG ? by.escalateSeconds : by.alarmSeconds;

/** Nothing was ever received of a device: whether it was ever fitted is another rule's question. */
const isUnheard = ({ core, at }: Asked): boolean => core.heard.every(({ fromAt }) => fromAt > at);

/** A silence that began before the order did is counted from the order's beginning. */
const judgeSince = (seen: Asked, since: Instant, edgeAt: Instant | null): Judgement => {
  const dueAt = secondsAfter(since, lastingOf(seen));
  if (seen.at < dueAt) {
    const next = { dueAt: earliest([dueAt, edgeAt]), rests: false };
    return { verdict: 'satisfied', reason: 'in-order', memory: {}, ...next };
  }
  const reason = seen.watch.tier === FOR_LONG ? 'device-silent-for-long' : 'device-silent';
  // Whatever is received may end it, so nothing is passed over.
  const answer = { memory: {}, dueAt: edgeAt, silence: 'until-heard', rests: false } as const;
  return { ...answer, verdict: 'violated', reason, since, claims: null };
};

const judgeReceipts = (seen: Asked, { window, edgeAt }: During): Judgement => {
  const { core, at } = seen;
  const answer = { memory: {}, dueAt: edgeAt };
  if (isUnheard(seen)) {
    const reason = 'not-heard-yet';
    return { ...answer, verdict: 'undetermined', reason, silence: 'until-heard' };
  }
  const since = silentSince(core.heard, at);
  const lasting = lastingOf(seen);
  if (since === null || (since >= window.startAt && at < secondsAfter(since, lasting))) {
    return { ...answer, verdict: 'satisfied', reason: 'in-order', silence: lasting };
  }
  return judgeSince(seen, laterOf(since, window.startAt), edgeAt);
};

/**
 * The device is heard of. By receipts, on our clock: what it kept and uploads later shows where the
 * wearer was, and takes nothing back of nobody having known. Two watches: one says that nothing is
 * heard, one that this has gone on for long; each ends with the first receipt.
 */
export const deviceSilent = defineRule({
  name: 'device-silent',
  says: 'Something is received from the device, if only that it is there.',
  kinds: ['device-care'],
  suffix: 'silent',
  tiers: () => ['', FOR_LONG],
  thresholds,
  usual: { alarmSeconds: 3_600, escalateSeconds: 7_200 },
  basis: {
    alarmSeconds: 'an hour: alarm of a monitoring protocol (Shadowtrack); hourly call-in (Attenti)',
    escalateSeconds: 'two hours: escalation of the same protocol (Shadowtrack)',
  },
  isOfDevice: true,
  isEvidence: () => false,
  judge: (seen) => within(seen, judgeReceipts),
});

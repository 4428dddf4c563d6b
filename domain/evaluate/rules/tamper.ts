import * as z from 'zod';
import type { DeviceEvent } from '../../model/device-event.ts';
import { earliest, instant, laterOf, secondsAfter } from '../../model/instant.ts';
import type { ViolationReason } from '../../model/reasons.ts';
import { type During, within } from '../hours.ts';
import { type ConditionOf, defineRule, type Judgement, type Memory, type Seen } from '../rule.ts';

const thresholds = z.object({ staysClosedSeconds: z.number().int().min(0).max(86_400) });
type Asked = Seen<ConditionOf<'device-care'>, z.infer<typeof thresholds>>;

/** What can be tampered with: each by a watch of its own, so that none hides another. */
const PARTS = ['strap', 'case', 'home-unit'] as const;

const REASON_OF: Readonly<Record<string, ViolationReason>> = {
  strap: 'strap-open',
  case: 'case-open',
  'home-unit': 'home-unit-moved',
};

/** Whether an event shows the part tampered with; null where it says nothing of it. */
const isOpen = (part: string, event: DeviceEvent | null): boolean | null => {
  if (event?.kind !== 'device-status') return null;
  const { strap, case: caseIs, homeUnitPlace } = event;
  const said = part === 'strap' ? strap : part === 'case' ? caseIs : homeUnitPlace;
  return said === 'unknown' ? null : said === 'open' || said === 'moved';
};

/** Since when it has been open, and since when closed again: a flapping part keeps the first. */
const remembered = (memory: Memory, isOpenNow: boolean | null, at: number): Memory => {
  const { openAt, closedAt } = memory;
  if (isOpenNow === null) return memory;
  if (isOpenNow) return { openAt: openAt ?? at };
  return openAt === undefined ? { closedAt: closedAt ?? at } : { openAt, closedAt: closedAt ?? at };
};

const judgePart = (seen: Asked, { window, edgeAt }: During): Judgement => {
  const { watch, memory, at } = seen;
  const { openAt, ...closed } = memory;
  const { closedAt } = closed;
  const answer = { memory, dueAt: edgeAt, rests: true };
  if (openAt === undefined) {
    return closedAt === undefined
      ? { ...answer, verdict: 'undetermined', reason: 'not-reported' }
      : { ...answer, verdict: 'satisfied', reason: 'in-order' };
  }
  const { staysClosedSeconds } = watch.thresholds;
  const endsAt =
    closedAt === undefined ? null : secondsAfter(instant(closedAt), staysClosedSeconds);
  if (endsAt !== null && at >= endsAt) {
    return { ...answer, memory: closed, verdict: 'satisfied', reason: 'in-order' };
  }
  const since = laterOf(instant(openAt), window.startAt);
  const reason = REASON_OF[watch.tier] ?? 'case-open';
  const dueAt = earliest([endsAt, edgeAt]);
  return { ...answer, dueAt, verdict: 'violated', reason, since, claims: null };
};

/**
 * Nobody has opened the strap or the case, or moved the home unit. Told at once, however short it
 * is. What closes again for a moment only is one episode; that a tamper has ended is on record when
 * it has stayed closed, and its alert stays open until somebody has looked into it and says so.
 */
export const tamper = defineRule({
  name: 'tamper',
  says: 'Strap and case stay closed, and the home unit where it was set up.',
  kinds: ['device-care'],
  suffix: 'tamper',
  tiers: () => PARTS,
  thresholds,
  usual: { staysClosedSeconds: 600 },
  basis: {
    staysClosedSeconds:
      'chosen: ten minutes closed end an episode; tampers that cleared within five minutes and were passed over let people be killed (US v. Renz, 2013), so the opening itself never waits',
  },
  isOfDevice: true,
  isEvidence: (event) => PARTS.some((part) => isOpen(part, event) === true),
  judge: (seen) => {
    const { watch, input, at } = seen;
    const memory = remembered(seen.memory, isOpen(watch.tier, input), at);
    return within({ ...seen, memory }, judgePart, () => ({ memory }));
  },
});

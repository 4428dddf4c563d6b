import { isoInstantSchema, secondsAfter, toIso } from '#domain/model/instant.ts';
import { REASONS, type ViolationReason } from '#domain/model/reasons.ts';
import type { ExpectedAlert, ExpectedNudge, ExpectedPage } from '../../replay/outcome.ts';
import type { Act } from '../world.ts';

/** An alert of a made wearer: which, and the minutes in UTC since when and at which it opened. */
type Due = readonly [
  wearerId: string,
  conditionId: string,
  reason: ViolationReason,
  since: string,
  openedAt: string,
];

const DUE: readonly Due[] = [
  ['W-109', 'school', 'inside-zone', '2026-10-24T13:22', '2026-10-24T13:24'],
  ['W-110', 'school', 'passed-through', '2026-10-24T14:56', '2026-10-24T15:00'],
  ['W-112', 'device-care', 'device-silent', '2026-10-24T13:40', '2026-10-24T14:40'],
  ['W-112', 'device-care', 'device-silent-for-long', '2026-10-24T13:40', '2026-10-24T15:40'],
  ['W-114', 'device-care', 'strap-open', '2026-10-24T14:00', '2026-10-24T14:04'],
  ['W-116', 'device-care', 'battery-critical', '2026-10-24T14:27', '2026-10-24T14:28'],
  ['W-118', 'device-care', 'no-first-data', '2026-10-24T14:50', '2026-10-24T15:50'],
  ['W-120', 'keep-away', 'approaching-protected-person', '2026-10-24T15:56', '2026-10-24T15:57'],
  ['W-120', 'keep-away', 'near-protected-person', '2026-10-24T15:59', '2026-10-24T16:00'],
  ['W-124', 'keep-apart', 'together-with-other', '2026-10-24T16:49', '2026-10-24T17:00'],
  ['W-128', 'checks', 'check-failed', '2026-10-24T13:00', '2026-10-24T13:30'],
  ['W-128', 'checks', 'check-late', '2026-10-24T17:00', '2026-10-24T17:24'],
  ['W-128', 'checks', 'check-expired', '2026-10-24T21:00', '2026-10-24T21:30'],
  ['W-130', 'device-care', 'moving-without-position', '2026-10-24T15:34', '2026-10-24T16:08'],
  ['W-132', 'park', 'left-inclusion-zone', '2026-10-24T15:37', '2026-10-24T15:42'],
  ['W-134', 'curfew', 'left-during', '2026-10-24T18:28', '2026-10-24T18:33'],
  ['W-134', 'curfew', 'atv-near-limit', '2026-10-24T19:08', '2026-10-24T19:08'],
  ['W-134', 'curfew', 'atv-limit-reached', '2026-10-24T19:28', '2026-10-24T19:28'],
  ['W-135', 'curfew', 'left-during', '2026-10-24T18:28', '2026-10-24T18:33'],
  ['W-136', 'office', 'missed-appointment', '2026-10-24T14:00', '2026-10-24T15:00'],
  ['W-136', 'office', 'missed-appointment-again', '2026-10-24T18:00', '2026-10-24T19:00'],
  ['W-138', 'playground', 'whereabouts-unclear', '2026-10-24T13:44', '2026-10-24T15:44'],
  ['W-140', 'device-care', 'impossible-movement', '2026-10-24T16:10', '2026-10-24T16:28'],
  ['W-143', 'early-signs', 'returning-later', '2026-10-24T19:00', '2026-10-24T19:00'],
  ['W-145', 'home', 'out-at-start', '2026-10-24T18:00', '2026-10-24T18:05'],
];

const OFFICER = 'officer-hughes';
const TAKES_MINUTES = 2;
const CLOSES_HOURS = 3;

const instantOf = (minute: string) => isoInstantSchema.parse(`${minute}:00Z`);
const closedAt = (openedAt: string) => secondsAfter(instantOf(openedAt), CLOSES_HOURS * 3600);

/** Whose order lets the police hear of it, and when it is over: they are told all of that. */
const WITH_POLICE: Readonly<Record<string, string>> = { 'W-109': '2026-10-24T13:48' };

const toPolice = (openedAt: string, endedAt: string): ExpectedPage[] => {
  const police = { to: 'metropolitan', channel: 'liaison' } as const;
  return [
    { ...police, step: 0, purpose: 'alert', at: `${openedAt}Z` },
    { ...police, step: 1, purpose: 'update', at: `${endedAt}Z` },
    { ...police, step: 1, purpose: 'closed', at: toIso(closedAt(openedAt)) },
  ];
};

/** The officer by text and e-mail, and takes it; of a prompt by e-mail, for the record. */
const pagesOf = ([wearerId, , reason, , openedAt]: Due): ExpectedPage[] => {
  const told = { to: OFFICER, step: 0, at: `${openedAt}Z` };
  const email = { ...told, channel: 'email' as const };
  const endedAt = WITH_POLICE[wearerId];
  if (REASONS[reason].telling === 'prompt') return [{ ...email, purpose: 'review' }];
  return [
    { ...told, channel: 'sms', purpose: 'alert' },
    { ...email, purpose: 'alert' },
    ...(endedAt === undefined ? [] : toPolice(openedAt, endedAt)),
  ];
};

/** A warning is closed by what it warned of; nobody takes the other prompts in hand. */
const statusOf = ([, , reason]: Due): ExpectedAlert['status'] =>
  REASONS[reason].telling === 'prompt' && reason !== 'atv-near-limit' ? 'open' : 'closed';

/** What must come out of the made wearers' days. */
export const MADE_ALERTS: readonly ExpectedAlert[] = DUE.map((due) => {
  const [wearerId, conditionId, reason, since, openedAt] = due;
  return {
    ...{ wearerId, conditionId, reason, since: `${since}Z`, openedAt: `${openedAt}Z` },
    status: statusOf(due),
    pages: pagesOf(due),
  };
});

/** What the wearers themselves must be told. */
export const MADE_NUDGES: readonly ExpectedNudge[] = [
  { to: '+447700900216', says: REASONS['battery-low'].toDo, at: '2026-10-24T14:28Z' },
  { to: '+447700900245', says: REASONS['leave-for-home'].toDo, at: '2026-10-24T17:33Z' },
  ...['+447700900228', '+447700900229'].flatMap((to) =>
    ['24T13:00', '24T17:00', '24T21:00', '25T01:00'].map((time) => ({
      ...{ to, says: REASONS['check-due'].toDo, at: `2026-10-${time}Z` },
    })),
  ),
];

/** Each alert is taken in hand two minutes after it was told, and closed three hours later. */
export const MADE_ACTS: readonly Act[] = DUE.filter(
  ([, , reason]) => REASONS[reason].telling === 'alert',
).flatMap(([wearerId, , , , openedAt]): Act[] => [
  { kind: 'acknowledge-by-link', wearerId, personId: OFFICER, afterMinutes: TAKES_MINUTES },
  {
    ...{ kind: 'close', wearerId, personId: OFFICER, disposition: 'no-action-explained' },
    at: closedAt(openedAt),
    reason: 'Looked into with the wearer, and noted.',
  },
]);

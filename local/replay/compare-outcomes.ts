import { type Instant, instant, isoInstantSchema, toIso } from '#domain/model/instant.ts';
import type { OutboxEntry } from '../cloud/outbox/outbox.ts';
import type { ExpectedAlert, ExpectedNudge, ExpectedOutcome, ExpectedPage } from './outcome.ts';
import type { SeenAlert, SeenOutcome, SeenPage } from './read-outcome.ts';

const MINUTE = 60_000;

const minuteOf = (at: Instant): string => {
  const text = toIso(instant(Math.floor(at / MINUTE) * MINUTE));
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
};
const minuteOfText = (iso: string): string => minuteOf(isoInstantSchema.parse(withSeconds(iso)));

/** `2026-10-24T19:44-04:00` is how a minute is written; a full date-time stays as it is. */
const withSeconds = (iso: string): string => iso.replace(/T(\d\d:\d\d)(Z|[+-])/, 'T$1:00$2');

type Told = Readonly<{
  to: string;
  channel: string;
  step: number;
  purpose: string;
  minute: string;
}>;

const pageText = ({ to, channel, step, purpose, minute }: Told): string =>
  `${purpose} page by ${channel} to ${to} at step ${step}, ${minute}`;

const NEVER = 'never accepted';

const expectedText = (page: ExpectedPage): string =>
  pageText({ ...page, minute: page.at === null ? NEVER : minuteOfText(page.at) });

const seenText = (page: SeenPage): string =>
  pageText({
    ...page,
    minute: page.acceptedAt === null ? NEVER : minuteOf(page.acceptedAt),
  });

/** What is in `wanted` more often than in `found`. */
const lacking = (wanted: readonly string[], found: readonly string[]): string[] => {
  const left = [...found];
  return wanted.filter((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
};

const nameOf = (wearerId: string, conditionId: string): string => `${wearerId}, ${conditionId}`;

const compareFacts = (expected: ExpectedAlert, seen: SeenAlert): string[] => {
  const pairs: [string, string, string][] = [
    ['reason', expected.reason, seen.violation.reason],
    ['since', minuteOfText(expected.since), minuteOf(seen.violation.openedAt)],
    ['opened', minuteOfText(expected.openedAt), minuteOf(seen.openedAt)],
    ['status', expected.status, seen.status],
  ];
  return pairs
    .filter(([, wanted, found]) => wanted !== found)
    .map(([what, wanted, found]) => `${what}: expected ${wanted}, found ${found}`);
};

const comparePages = (expected: ExpectedAlert, seen: SeenAlert): string[] => {
  const [wanted, found] = [expected.pages.map(expectedText), seen.pages.map(seenText)];
  return [
    ...lacking(wanted, found).map((text) => `missing: ${text}`),
    ...lacking(found, wanted).map((text) => `not expected: ${text}`),
  ];
};

const compareOne = (expected: ExpectedAlert, seen: SeenAlert): string[] => {
  const name = nameOf(expected.wearerId, expected.conditionId);
  const differences = [...compareFacts(expected, seen), ...comparePages(expected, seen)];
  return differences.map((difference) => `${name}: ${difference}`);
};

const isOfCondition =
  (expected: ExpectedAlert) =>
  ({ wearerId, violation }: SeenAlert): boolean =>
    wearerId === expected.wearerId && violation.conditionId === expected.conditionId;

/**
 * Each expected alert with one that was seen of the same wearer and condition: for the same reason
 * where there is one, else in order of opening.
 */
const pairUp = (expected: readonly ExpectedAlert[], seen: readonly SeenAlert[]) => {
  const left = [...seen];
  const take = (index: number) => (index < 0 ? undefined : left.splice(index, 1)[0]);
  const same = expected.map((alert) => {
    const isSame = isOfCondition(alert);
    return take(left.findIndex((o) => isSame(o) && o.violation.reason === alert.reason));
  });
  const pairs = expected.map((alert, i) => ({
    expected: alert,
    seen: same[i] ?? take(left.findIndex(isOfCondition(alert))),
  }));
  return { pairs, left };
};

const nudgeText = (to: string, minute: string): string => `a nudge to ${to}, ${minute}`;

/** The nudges that did not come, and the messages that are neither page nor nudge. */
const compareNudges = (
  expected: readonly ExpectedNudge[],
  messages: readonly OutboxEntry[],
): string[] => {
  const left = [...messages];
  const missing = expected.filter(({ to, says, at }) => {
    const index = left.findIndex(
      (one) =>
        one.channel === 'sms' &&
        one.to === to &&
        one.text.includes(says) &&
        minuteOf(one.acceptedAt) === minuteOfText(at),
    );
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map(({ to, says, at }) => `missing: ${nudgeText(to, minuteOfText(at))}: ${says}`),
    ...left.map(({ channel, to, subject, text, acceptedAt }) => {
      const said = `${channel} to ${to}: ${subject ?? text.slice(0, 80)}`;
      return `a message that is no page: ${said}, ${minuteOf(acceptedAt)}`;
    }),
  ];
};

/**
 * Every difference between what was expected and what came out, in plain words; empty when none.
 */
export const compareOutcomes = (expected: ExpectedOutcome, seen: SeenOutcome): string[] => {
  const { pairs, left } = pairUp(expected.alerts, seen.alerts);
  return [
    ...pairs.flatMap((pair) =>
      pair.seen === undefined
        ? [`${nameOf(pair.expected.wearerId, pair.expected.conditionId)}: no alert came`]
        : compareOne(pair.expected, pair.seen),
    ),
    ...left.map(({ wearerId, violation, openedAt }) => {
      const name = nameOf(wearerId, violation.conditionId);
      return `${name}: an alert that nobody expected, ${violation.reason}, ${minuteOf(openedAt)}`;
    }),
    ...compareNudges(expected.nudges, seen.strayMessages),
  ];
};

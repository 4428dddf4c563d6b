import * as z from 'zod';
import type { OutboxEntry } from '#local/cloud/outbox/outbox.ts';
import type { ApiClient } from '#local/replay/api-client.ts';
import type { UrgentSend } from '../head-end/tally.ts';
import type { Hidden, HiddenKind } from '../population/hidden.ts';

/** A text message that left, about whom, and when SNS took it: epoch milliseconds. */
export type Page = Readonly<{ number: number; acceptedAt: number }>;

const ABOUT = /\(w-(\d+)\)/;

export const pagesOf = (entries: readonly OutboxEntry[]): Page[] =>
  entries.flatMap(({ channel, text, acceptedRealAt }) => {
    const [, number] = ABOUT.exec(text) ?? [];
    const isPage = channel === 'sms' && number !== undefined;
    return isPage ? [{ number: Number(number), acceptedAt: acceptedRealAt }] : [];
  });

export type Verdict = Readonly<{
  expected: number;
  paged: number;
  /** Wearer's numbers: hidden, and never paged. */
  lost: readonly number[];
  /** Paged more than once. */
  doubled: readonly number[];
  /** Paged although nothing was hidden. */
  uncalledFor: readonly number[];
}>;

/** Holds the pages against what was hidden: each once, and nothing else. */
export const judgePages = (hidden: readonly Hidden[], pages: readonly Page[]): Verdict => {
  const times = new Map<number, number>();
  for (const { number } of pages) times.set(number, (times.get(number) ?? 0) + 1);
  const expected = new Set(hidden.map(({ number }) => number));
  const numbers = [...times.keys()];
  return {
    expected: expected.size,
    paged: numbers.filter((number) => expected.has(number)).length,
    lost: [...expected].filter((number) => !times.has(number)),
    doubled: numbers.filter((number) => (times.get(number) ?? 0) > 1),
    uncalledFor: numbers.filter((number) => !expected.has(number)),
  };
};

const alertsSchema = z.object({
  alerts: z.array(
    z.object({ wearerId: z.string(), violation: z.object({ detectedAt: z.iso.datetime() }) }),
  ),
});

/**
 * When each wearer's violation was decided: the receipt of the deciding upload, or a due instant.
 */
export const detections = async (api: ApiClient): Promise<Map<number, number>> => {
  const { alerts } = alertsSchema.parse(await api.get('/v1/alerts?status=open'));
  return new Map(
    alerts.map(({ wearerId, violation }) => [
      Number(wearerId.slice(2)),
      Date.parse(violation.detectedAt),
    ]),
  );
};

export type PageTime = Readonly<{ kind: HiddenKind; milliseconds: number }>;

export type PageTimesParts = Readonly<{
  hidden: readonly Hidden[];
  pages: readonly Page[];
  detectedAt: ReadonlyMap<number, number>;
  sends: readonly UrgentSend[];
}>;

/** A receipt is stamped at once, within the same millisecond at the earliest. */
const CLOCK_MILLISECONDS = 2;

/**
 * Milliseconds from when the last byte of the deciding request had left until SNS had taken the
 * page; for what the clock decides, the end of a grace, from that instant.
 */
export const pageTimes = ({ hidden, pages, detectedAt, sends }: PageTimesParts): PageTime[] => {
  const acceptedAt = new Map(pages.map((page) => [page.number, page.acceptedAt]));
  return hidden.flatMap(({ number, kind }) => {
    const accepted = acceptedAt.get(number);
    const detected = detectedAt.get(number);
    if (accepted === undefined || detected === undefined) return [];
    const deciding = sends
      .filter((send) => send.number === number && send.sentAt <= detected + CLOCK_MILLISECONDS)
      .at(-1);
    const from = kind === 'curfew-grace' ? detected : (deciding?.sentAt ?? detected);
    return [{ kind, milliseconds: accepted - from }];
  });
};

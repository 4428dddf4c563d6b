import { expect } from 'vitest';
import { type Instant, instant, secondsBetween } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { CURFEW, OFFICER, stayOut } from './office.ts';

/**
 * Ends a journey: it has looked at every message that left, nobody was told by surprise, and each
 * version of each document has come on record.
 */
export const closeOffice = (office: Pipeline): void => {
  const unexpected = office.takeSent();
  office.stop();
  expect(unexpected).toEqual([]);
  expect(office.notOnRecord, 'documents without an entry of the record').toEqual([]);
};

/** To whom every message went that has left since the last look. */
export const toldNow = (office: Pipeline): string[] => office.takeSent().map(({ to }) => to);

/** The same, with how many minutes after the curfew had begun. */
export const toldWhen = (office: Pipeline): [to: string, minute: number][] =>
  office.takeSent().map(({ to, at }) => [to, Math.floor(secondsBetween(CURFEW, instant(at)) / 60)]);

/** Somebody stays out, and the officer is paged, and nobody else. Returns the page. */
export const pagedOfficer = async (
  office: Pipeline,
): Promise<Readonly<{ at: Instant; text: string }>> => {
  await stayOut(office);
  const [page, ...others] = office.takeSent();
  expect([page?.to, ...others]).toEqual([OFFICER]);
  return { at: instant(page?.at ?? 0), text: page?.text ?? '' };
};

/** The link by which the recipient of a page takes the alert. */
export const linkIn = (text: string): string => /acknowledge\/(\S+)/.exec(text)?.[1] ?? '';

/** Somebody follows the link of a page and presses the button. */
export const press = (office: Pipeline, text: string) =>
  office.ask('POST /v1/acknowledge/{link}', { path: { link: linkIn(text) } });

/** What somebody reads who follows the link of a page. */
export const read = (office: Pipeline, text: string) =>
  office.ask('GET /v1/acknowledge/{link}', { path: { link: linkIn(text) } });

/** The code by which the recipient of a text page takes the alert from their phone. */
export const codeIn = (text: string): string => /reply (\w{3})$/.exec(text)?.[1] ?? '';

/** Somebody texts us. */
export const reply = (
  office: Pipeline,
  { from, text, id = 'text-1' }: Readonly<{ from: string; text: string; id?: string }>,
): Promise<void> =>
  office.comeIn({ originationNumber: from, messageBody: text, inboundMessageId: id });

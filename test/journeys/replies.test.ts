import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { CURFEW, OFFICER, ON_CALL, openOffice, press, stayOut } from './office.ts';

const minute = (n: number): Instant => secondsAfter(CURFEW, 60 * n);

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => {
  expect(office.takeSent()).toEqual([]);
  office.stop();
});

const codeIn = (text: string): string => /reply (\w\w)$/.exec(text)?.[1] ?? '';

/** The officer has been paged. Returns the page. */
const paged = async (): Promise<string> => {
  await stayOut(office);
  const [page, ...others] = office.takeSent();
  expect(others).toEqual([]);
  expect(page?.to).toBe(OFFICER);
  return page?.text ?? '';
};

const reply = (from: string, messageBody: string, inboundMessageId = 'text-1') =>
  office.comeIn({ originationNumber: from, messageBody, inboundMessageId });

describe('whoever replies to a page with its code', () => {
  it('has the alert, is told so, and nobody else is paged', async () => {
    await reply(OFFICER, codeIn(await paged()));
    const [answer, ...others] = office.takeSent();
    expect(others).toEqual([]);
    expect(answer).toMatchObject({ to: OFFICER, text: expect.stringMatching(/^You have it: w-1/) });
    await office.advanceTo(minute(60));
    expect(office.takeSent()).toEqual([]);
  });

  it('may hand it on, and whoever is on call is paged at once', async () => {
    const code = codeIn(await paged());
    await reply(OFFICER, code);
    await reply(OFFICER, `${code} pass`, 'text-2');
    await office.advanceTo(minute(9));
    expect(office.takeSent().map(({ to, text }) => [to, text.slice(0, 6)])).toEqual([
      [OFFICER, 'You ha'],
      [ON_CALL, 'ALERT:'],
      [OFFICER, 'Handed'],
    ]);
  });

  it('too late, is told who was first', async () => {
    const page = await paged();
    await press(office, page);
    await office.advanceTo(minute(9));
    await reply(OFFICER, codeIn(page));
    expect(office.takeSent()).toMatchObject([
      { to: OFFICER, text: expect.stringMatching(/^You have it already/) },
    ]);
  });
});

describe('a text that cannot be delivered', () => {
  it('counts as a page that failed: the next step runs at once', async () => {
    const page = await paged();
    expect(codeIn(page)).toMatch(/^\d[A-Z]$/);
    const event = { eventType: 'TEXT_INVALID', eventTimestamp: minute(8), messageId: 'provider-1' };
    await office.comeIn(event);
    await office.advanceTo(secondsAfter(minute(8), 30));
    expect(office.takeSent().map(({ to }) => to)).toEqual([ON_CALL]);
  });
});

describe('a stranger who texts', () => {
  it('gets no answer and changes nothing', async () => {
    const page = await paged();
    await reply('+447700900999', codeIn(page));
    expect(office.takeSent()).toEqual([]);
    await office.advanceTo(minute(12));
    expect(office.takeSent().map(({ to }) => to)).toEqual([ON_CALL]);
  });
});

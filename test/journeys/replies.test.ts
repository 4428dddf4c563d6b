import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { closeOffice, codeIn, pagedOfficer, press, reply, toldNow } from './messages.ts';
import { minute, OFFICER, ON_CALL, openOffice } from './office.ts';

let office: Pipeline;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => closeOffice(office));

/** The officer has been paged. Returns what the page says. */
const paged = async (): Promise<string> => (await pagedOfficer(office)).text;

describe('whoever replies to a page with its code', () => {
  it('may hand it on, and whoever is on call is paged at once', async () => {
    const code = codeIn(await paged());
    await reply(office, { from: OFFICER, text: code });
    await reply(office, { from: OFFICER, text: `${code} pass`, id: 'text-2' });
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
    await reply(office, { from: OFFICER, text: codeIn(page) });
    expect(office.takeSent()).toMatchObject([
      { to: OFFICER, text: expect.stringMatching(/^You have it already/) },
    ]);
  });
});

describe('a text that cannot be delivered', () => {
  it('counts as a page that failed: the next step runs at once', async () => {
    const page = await paged();
    expect(codeIn(page)).toMatch(/^\d[A-Z]\d$/);
    const event = { eventType: 'TEXT_INVALID', eventTimestamp: minute(8), messageId: 'provider-1' };
    await office.comeIn(event);
    await office.advanceTo(secondsAfter(minute(8), 30));
    expect(toldNow(office)).toEqual([ON_CALL]);
  });
});

describe('a stranger who texts', () => {
  it('gets no answer and changes nothing', async () => {
    const page = await paged();
    await reply(office, { from: '+447700900999', text: codeIn(page) });
    expect(office.takeSent()).toEqual([]);
    await office.advanceTo(minute(12));
    expect(toldNow(office)).toEqual([ON_CALL]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { instant, secondsAfter, secondsBetween } from '#domain/model/instant.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { closeOffice, press } from './messages.ts';
import { CURFEW, minute, OFFICER, ON_CALL, openOffice, stayOut } from './office.ts';

let office: Pipeline;
afterEach(() => closeOffice(office));

/** The officer wants texts at once, and e-mail where a text cannot be delivered. */
const open = async (): Promise<void> => {
  office = await openOffice({
    officer: {
      email: 'sam.field@example.org',
      tellBy: [
        { channel: 'sms', afterSeconds: 0 },
        { channel: 'email', afterSeconds: null },
      ],
    },
  });
};

const told = () =>
  office.takeSent().map(({ to, at, text }) => ({
    to: to.startsWith('arn:') ? 'e-mail' : to,
    minute: Math.floor(secondsBetween(CURFEW, instant(at)) / 60),
    text,
  }));

describe('a text message that can never be delivered', () => {
  it('becomes an e-mail to the same officer, in the same step and minute', async () => {
    await open();
    office.refused.add(OFFICER);
    await stayOut(office);
    expect(told()).toMatchObject([{ to: 'e-mail', minute: 5 }]);
    await office.advanceTo(secondsAfter(CURFEW, 660));
    expect(told()).toMatchObject([{ to: ON_CALL, minute: 10 }]);
  });

  it('is all that the officer gets where it is delivered', async () => {
    await open();
    await stayOut(office);
    const [page, ...others] = told();
    expect([page?.to, ...others]).toEqual([OFFICER]);
    await press(office, page?.text ?? '');
    await office.advanceTo(secondsAfter(CURFEW, 1_800));
    expect(told()).toEqual([]);
  });

  it('takes nobody else’s place: the e-mail can be answered like the text', async () => {
    await open();
    office.refused.add(OFFICER);
    await stayOut(office);
    const [page] = told();
    expect((await press(office, page?.text ?? '')).statusCode).toBe(303);
    await office.advanceTo(secondsAfter(CURFEW, 1_800));
    expect(told()).toEqual([]);
  });
});

describe('a text message that cannot be delivered just now', () => {
  it('is joined by an e-mail within the step, and told to nobody before their time', async () => {
    await open();
    office.unreachable.add(OFFICER);
    await stayOut(office);
    await office.advanceTo(minute(9));
    expect(told()).toMatchObject([{ to: 'e-mail', minute: 8 }]);
    await office.advanceTo(minute(11));
    expect(told()).toMatchObject([{ to: ON_CALL, minute: 10 }]);
  });

  it('leaves by itself where it can before that', async () => {
    await open();
    office.unreachable.add(OFFICER);
    await stayOut(office, minute(6));
    office.unreachable.delete(OFFICER);
    await office.advanceTo(minute(9));
    expect(told()).toMatchObject([{ to: OFFICER, minute: 7 }]);
  });
});

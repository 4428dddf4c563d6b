import { describe, expect, it } from 'vitest';
import { untakenViolation } from '#domain/liaison/untaken.ts';
import type { Page } from '#domain/model/alert.ts';
import { type TroubleCause, troubleCauseSchema } from '#domain/model/transfer-trouble.ts';
import type { Violation } from '#domain/model/violation.ts';
import { smsParts } from '#domain/notify/gsm-text.ts';
import { renderEmail, renderSms } from '#domain/notify/render.ts';
import { renderSpoken } from '#domain/notify/render-by-channel.ts';
import { facts, later, opening, T } from '#test/support/alerts.ts';
import { given, takenBy } from '#test/support/given-alert.ts';
import { answers, livedThrough, sent } from '#test/support/transfers.ts';

const rejected = livedThrough([
  [sent(1, T), 0],
  [answers('rejected', later(9)), 10],
]);
const { trouble } = rejected;
if (trouble === null) throw new Error('nobody was called');
const untaken = untakenViolation(rejected, trouble, null);
const over = untakenViolation(rejected, trouble, {
  ...{ at: later(90), endReason: 'transfer-accepted' },
});
const changes = (violation: Violation) =>
  ({
    type: 'violation-changed',
    violation,
    opening: opening({ severity: 'severe', facts: facts({ violation }) }),
  }) as const;

const OPENED = { command: changes(untaken), now: later(10) };
const opened = () => given().when(OPENED.command, OPENED.now);
const pageTo = (pages: readonly Page[], channel: string): Page => {
  const found = pages.find(({ recipient }) => recipient.channel === channel);
  if (found === undefined) throw new Error(`no page by ${channel}`);
  return found;
};

describe('given that a liaison has rejected an incident', () => {
  it('an alert of its own says to whom, of whom, since when, why, and what to do', () => {
    const { after, pages } = opened().thenHappened('alert-opened', 'step-run');
    expect(after).toMatchObject({ conditionKind: 'transfer', severity: 'severe' });
    const page = pageTo(pages, 'sms');
    expect(renderSms(page, 'https://hw.example/a').text).toBe(
      'URGENT: Jo Bloggs (w-1) alert sent and rejected there: Essex Police, says not our area ' +
        'since Mon 2 Mar 20:00 GMT. Phone the control room. Ask whose it is, and phone them. ' +
        'Take it: https://hw.example/a',
    );
    expect(renderEmail(page, 'https://hw.example/a').text).toContain(
      'Rests on: what was sent of alert w-1.zone.abc: inside exclusion zone',
    );
    expect(renderSpoken(page)).toContain('Phone the control room. Ask whose it is');
  });

  it('nobody is called where it has been accepted before anybody could be', () => {
    given().when(changes(over), later(95)).thenNothingHappened('violation-over-before-alert');
  });

  const pageOf = (cause: TroubleCause) => {
    const { pages } = given()
      .when(changes(untakenViolation(rejected, { ...trouble, cause }, null)), later(10))
      .thenHappened('alert-opened', 'step-run');
    return pageTo(pages, 'sms');
  };
  const LINK =
    'https://a1b2c3d4e5.execute-api.eu-west-2.amazonaws.com/v1/acknowledge/kent.AAAAAAAAAAAAAAAAAAAAAA';

  it.each(troubleCauseSchema.options)('says what %s asks for, in two parts of a text', (cause) => {
    const { text } = renderSms(pageOf(cause), LINK, '4K7');
    expect(text).toMatch(/Phone the control room\. [A-Z][^.]+\. Take it: /);
    expect(smsParts(text)).toBeLessThanOrEqual(2);
  });

  it('says that a force which comes no more has to be put on record as such', () => {
    const page = pageOf('response-withdrawn');
    const { text } = renderSms(page, LINK);
    expect(text).toContain('says "response withdrawn"');
    expect(text).toContain('Have an administrator record that.');
    expect(renderEmail(page, LINK).text).toContain(
      'until an administrator puts responseWithdrawn into its document.',
    );
    expect(renderEmail(pageOf('other'), LINK).text).not.toContain('responseWithdrawn');
  });

  it('falls by itself when it is accepted at last, and whoever was called hears it', () => {
    const { after, pages } = given(OPENED)
      .when(changes(over), later(91))
      .thenHappened('violation-ended', 'alert-fell');
    expect(after).toMatchObject({
      status: 'closed',
      closed: { by: null, disposition: 'no-action-explained', reason: 'transfer-accepted' },
    });
    const page = pageTo(pages, 'sms');
    expect(page.purpose).toBe('stand-down');
    expect(renderSms(page, 'L').text).toMatch(/^STAND DOWN: Jo Bloggs.*Accepted there now/);
  });

  it('whoever has it in hand is left alone', () => {
    const { pages } = given(OPENED, takenBy('officer', 30))
      .when(changes(over), later(91))
      .thenHappened('violation-ended', 'alert-fell');
    expect(pages).toEqual([]);
  });
});

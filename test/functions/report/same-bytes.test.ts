import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Instant, secondsAfter } from '#domain/model/instant.ts';
import { canonical } from '#domain/record/canonical.ts';
import { breachPack } from '#domain/report/breach-pack.ts';
import { type Report, reportSchema } from '#domain/report/document.ts';
import { renderHtml } from '#domain/report/html.ts';
import { printedOf } from '#domain/report/printed.ts';
import type { WearerFacts } from '#domain/report/wearer-facts.ts';
import { weeklyLog } from '#domain/report/weekly-log.ts';
import { renderPdf } from '#functions/adapters/pdf/render-pdf.ts';
import { verificationAt } from '#functions/adapters/report-verification.ts';
import { fix } from '#test/support/events.ts';
import { asking, factsWith, violationAt } from '#test/support/report-facts.ts';
import { readPackagedFont } from '#test/support/report-fonts.ts';
import { at, HOME } from '#test/support/supervisions.ts';

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
const verificationOf = verificationAt('https://homeward.example');

/** A night over which clocks change, with somebody out for two hours of it. */
const nightFrom = (opensAt: Instant, [from, until]: readonly [string, string]): WearerFacts => {
  const trail = Array.from({ length: 300 }, (_, minute) =>
    fix(secondsAfter(opensAt, 60 * (minute - 60)), {
      ...HOME,
      ...(minute > 60 && minute < 180 ? { lat: HOME.lat + 0.01 } : {}),
    }),
  );
  const violation = violationAt(opensAt, { status: 'ended', endedAt: secondsAfter(opensAt, 7200) });
  return factsWith({ asked: asking(from, until), violations: [violation], trail });
};

const AUTUMN = () =>
  nightFrom(at('2026-10-24T23:30:00Z'), ['2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z']);
const SPRING = () =>
  nightFrom(at('2026-03-29T00:15:00Z'), ['2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z']);
const NOTHING = () => factsWith({ asked: asking('2026-10-19T00:00:00Z', '2026-10-26T00:00:00Z') });

/** The report of facts that were gathered, as its function writes it down. */
const reportOf = (facts: WearerFacts): Report => {
  const content = facts.asked.kind === 'weekly-log' ? weeklyLog(facts) : breachPack(facts);
  return reportSchema.parse({ schema: 'homeward.report.1', asked: facts.asked, ...content });
};

const hashesOf = async (facts: WearerFacts): Promise<Record<'json' | 'html' | 'pdf', string>> => {
  const json = canonical(reportOf(facts));
  const printed = printedOf(reportSchema.parse(JSON.parse(json)), verificationOf(sha256(json)));
  return {
    ...{ json: sha256(json), html: sha256(renderHtml(printed)) },
    pdf: sha256(await renderPdf(printed, readPackagedFont)),
  };
};

describe('a report that is made twice of the same', () => {
  it.each([
    ['over the night on which clocks are put back', AUTUMN],
    ['over the night on which they are put forward', SPRING],
    ['of a period without data', NOTHING],
  ])('is the same bytes in each form, %s', async (_, gathered) => {
    expect(await hashesOf(gathered())).toEqual(await hashesOf(gathered()));
  });

  it('is another, under another code, when one instant of it is', () => {
    const report = reportOf(AUTUMN());
    const askedAt = secondsAfter(report.asked.askedAt, 1);
    const altered = { ...report, asked: { ...report.asked, askedAt } };
    const codes = [report, altered].map((one) => verificationOf(sha256(canonical(one))).code);
    expect(new Set(codes).size).toBe(2);
  });

  it('tells the two readings of one clock apart, and no hour that never was', () => {
    const [autumn, spring] = [AUTUMN, SPRING].map((gathered) =>
      renderHtml(printedOf(reportOf(gathered()), verificationOf('a1'.repeat(32)))),
    );
    expect(autumn).toContain('25 Oct 2026 00:30:00 BST');
    expect(autumn).toContain('01:30:00 GMT');
    expect(spring).not.toMatch(/29 Mar 2026 01:\d\d:\d\d/);
  });

  it('says of a period without data that nothing was heard, and that this shows nothing', () => {
    expect(JSON.stringify(reportOf(NOTHING()))).toContain(
      'that nothing was found shows only that nothing was heard.',
    );
  });
});

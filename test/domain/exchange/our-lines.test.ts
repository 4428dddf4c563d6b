import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertLineSchema, alertLines } from '#domain/exchange/alert-line.ts';
import { locationLine, locationLineSchema } from '#domain/exchange/location-line.ts';
import { violationLine, violationLineSchema } from '#domain/exchange/violation-line.ts';
import { decisionIdSchema, taskIdSchema } from '#domain/model/ids.ts';
import { transferTroubleSchema } from '#domain/model/transfer-trouble.ts';
import { recordedSchema } from '#domain/response/on-record.ts';
import { acknowledge, close, later, tick, violation } from '#test/support/alerts.ts';
import { courseOf, OPENED } from '#test/support/given-alert.ts';
import { events } from './made-lines.ts';

const NOT_ACCEPTED = transferTroubleSchema.parse({
  ...{
    incidentId: 'i-1',
    liaisonId: 'metropolitan',
    liaisonName: 'Metropolitan',
    cause: 'no-answer',
  },
  ...{ alertId: 'w-1.curfew.abc', about: 'not home', severity: 'severe', policyId: 'usual' },
});

describe('what is ours as a line', () => {
  it('is one of locations, whatever a device said', () => {
    fc.assert(
      fc.property(events, (event) => {
        const line = locationLineSchema.parse(locationLine(event, 'T-1'));
        expect(Date.parse(line.recordedAt)).toBe(event.recordedAt);
        expect(line).toMatchObject({ kind: event.kind, activationId: event.activationId });
      }),
    );
  });

  it('is one of violations, with what it was found by', () => {
    const found = violation({
      ...{ status: 'ended', endedAt: later(60), endReason: 'back-in-order', untilAt: later(9) },
      saidBy: [{ source: 'cells', says: 'away', pieces: 2 }],
    });
    expect(violationLineSchema.parse(violationLine(found))).toMatchObject({
      ...{ violationId: 'w-1.curfew.abc', rule: 'curfew-absence', status: 'ended' },
      ...{ openedAt: '2026-03-02T19:50:00.000Z', endedAt: '2026-03-02T20:01:00.000Z' },
      ...{ certainty: 0.97, distanceMetres: 420.4, zoneName: null },
      evidence: [{ kind: 'fix', recordedAt: '2026-03-02T19:59:00.000Z', lat: 51.50412 }],
      saidBy: [{ source: 'cells', says: 'away', pieces: 2 }],
      more: { untilAt: '2026-03-02T20:00:09.000Z' },
    });
  });

  it.each([
    ['a task that nobody has done', { task: { taskId: taskIdSchema.parse('t-1'), about: 'd-1' } }],
    ['an incident that nobody accepts', { transfer: NOT_ACCEPTED }],
  ])('is one of violations, of %s, with what it is about beside', (_, more) => {
    const line = violationLineSchema.parse(violationLine(violation(more)));
    expect(line.more).toMatchObject(Object.values(more)[0] ?? expect.fail());
  });

  it('is an alert, each message of it, and each thing that happened to it', () => {
    const {
      alert,
      events: happened,
      pages,
    } = courseOf(
      OPENED,
      { command: tick(1), now: later(300) },
      { command: acknowledge('on-call'), now: later(320) },
      { command: close('on-call', 3), now: later(900) },
    );
    const seen = pages.map((page) => ({
      ...{ page, status: 'sent', outcome: { status: 'sent', at: later(2) }, waits: null },
      ...{ receipts: [{ state: 'delivered', at: later(4) }], claimedUntilAt: null, tries: 0 },
    }));
    const recorded = happened.map((event) => recordedSchema.parse(event));
    const lines = alertLines(alert, { recorded, pages: seen }).map((line) =>
      alertLineSchema.parse(line),
    );
    const [first, ...rest] = lines;
    expect(first).toMatchObject({
      ...{ kind: 'alert', status: 'closed', violationId: 'w-1.curfew.abc' },
      acknowledgements: [{ by: 'on-call', at: '2026-03-02T20:05:20.000Z' }],
      closed: { by: 'on-call', disposition: 'no-action-explained', reason: 'seen at home' },
    });
    const messages = rest.filter(({ kind }) => kind === 'notification');
    expect(messages).toHaveLength(pages.length);
    expect(messages[0]).toMatchObject({
      ...{ to: 'sms.officer', status: 'sent', endedAt: '2026-03-02T20:00:02.000Z' },
      receipts: [{ state: 'delivered', at: '2026-03-02T20:00:04.000Z' }],
    });
    const told = rest.flatMap((line) => (line.kind === 'history' ? [line.what] : []));
    expect(told).toEqual(
      expect.arrayContaining(['alert-opened', 'step-run', 'alert-acknowledged', 'alert-closed']),
    );
    expect(JSON.stringify(lines)).not.toMatch(/\+44/);
  });

  it('is an alert that was closed with a decision, which it names', () => {
    const command = { ...close('on-call', 1), decisionId: decisionIdSchema.parse('d-1') };
    const { alert } = courseOf(OPENED, { command, now: later(900) });
    const lines = alertLines(alert, { recorded: [], pages: [] });
    expect(lines.map((line) => alertLineSchema.parse(line))).toMatchObject([
      { kind: 'alert', closed: { by: 'on-call', decisionId: 'd-1' } },
    ]);
  });
});

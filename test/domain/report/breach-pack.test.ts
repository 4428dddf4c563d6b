import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, secondsAfter } from '#domain/model/instant.ts';
import { breachPack } from '#domain/report/breach-pack.ts';
import { reportContentSchema } from '#domain/report/document.ts';
import { fix } from '#test/support/events.ts';
import { madeTrails, madeViolations } from '#test/support/made-violations.ts';
import { asking, factsWith, permissionWith, violationAt } from '#test/support/report-facts.ts';
import { at, HOME, SCHOOL } from '#test/support/supervisions.ts';

const asked = asking('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z');
const textOf = (value: unknown): string => JSON.stringify(value);

describe('a breach pack', () => {
  it('is made of any facts, the same of the same, and is a sound report', () => {
    fc.assert(
      fc.property(madeViolations(asked), madeTrails(asked), (found, trail) => {
        const facts = factsWith({ asked, violations: found, trail });
        const pack = breachPack(facts);
        expect(reportContentSchema.safeParse(pack).error).toBeUndefined();
        expect(textOf(breachPack(facts))).toBe(textOf(pack));
      }),
      { numRuns: 60 },
    );
  });

  it('tells of each violation of the period once: with all that it rests on, or in a table', () => {
    fc.assert(
      fc.property(madeViolations(asked), (found) => {
        const pack = breachPack(factsWith({ asked, violations: found }));
        const full = pack.sections.flatMap(({ parts }) => parts.map((part) => textOf(part)));
        const minor = pack.sections
          .flatMap(({ blocks }) => blocks)
          .find(
            (block) =>
              'caption' in block && block.caption === 'What was found and told as no alert',
          );
        const rows = minor?.kind === 'table' ? minor.rows.length : 0;
        const told = found.map(
          ({ violationId }) => full.filter((text) => text.includes(`"${violationId}"`)).length,
        );
        expect(told.every((times) => times <= 1)).toBe(true);
        expect(told.reduce((sum, times) => sum + times, 0) + rows).toBe(found.length);
      }),
      { numRuns: 60 },
    );
  });

  it('tells of violations in the order in which they began, in whichever they were found', () => {
    fc.assert(
      fc.property(madeViolations(asked), (violations) => {
        const pack = breachPack(factsWith({ asked, violations: violations.toReversed() }));
        const tables = pack.sections.flatMap(({ blocks }) => blocks);
        const table = tables.find(
          (block) => 'caption' in block && block.caption === 'Violations of the period',
        );
        const began = table?.kind === 'table' ? table.rows.map((row) => textOf(row[1])) : [];
        expect(began).toEqual(began.toSorted());
      }),
      { numRuns: 40 },
    );
  });

  it('prints positions with source, accuracy, satellites, HDOP and both clocks', () => {
    const openedAt = at('2026-03-02T19:00:00Z');
    const away = { lat: 51.507, lon: -0.1 };
    const pieces = [
      { kind: 'fix', recordedAt: openedAt, ...away, accuracyMetres: 8, source: 'gnss' },
    ];
    const received = secondsAfter(openedAt, 200);
    const seen = fix(openedAt, away, { satellites: 9, hdop: 0.8, receivedAt: received });
    const facts = factsWith({
      asked,
      violations: [violationAt(openedAt, { evidence: pieces })],
      trail: [seen],
    });
    const text = textOf(breachPack(facts));
    expect(text).toContain(
      textOf([
        ...['1', { at: openedAt }, { at: received }, '51.50700, -0.10000', 'satellites'],
        ...['within 8 m (68 %)', '9', '0.8'],
      ]),
    );
    expect(text).toContain('97 %, by the position model');
    expect(text).toContain('the wearer was at home: 2 %');
  });

  it('names zone and timetable by version, thresholds, and how long the night was', () => {
    const curfew = textOf(
      breachPack(factsWith({ asked, violations: [violationAt(at('2026-03-28T19:00:00Z'))] })),
    );
    expect(curfew).toContain('night, version 1, in force from ');
    // Clocks are put forward in the night of 28 to 29 March: an hour is missing from it.
    expect(curfew).toContain('11 h 00 min');
    expect(curfew).toContain('Thresholds that the rule went by');
    const autumn = asking('2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z');
    const long = violationAt(at('2026-10-24T18:00:00Z'));
    expect(textOf(breachPack(factsWith({ asked: autumn, violations: [long] })))).toContain(
      '13 h 00 min',
    );
    const more = {
      conditionId: 'school',
      conditionKind: 'exclusion-zone',
      rule: 'exclusion-zone',
      reason: 'inside-zone',
    };
    const zone = breachPack(
      factsWith({
        asked,
        violations: [violationAt(at('2026-03-03T09:00:00Z'), more)],
        trail: [fix(at('2026-03-03T09:00:00Z'), SCHOOL)],
      }),
    );
    expect(textOf(zone)).toContain('School, version 1, in force from ');
    expect(textOf(zone)).toContain('inside School from ');
  });

  it('says that nothing was found, and what was heard; and where nothing was heard, so', () => {
    const quiet = textOf(
      breachPack(factsWith({ asked, trail: [fix(at('2026-03-02T12:00:00Z'), HOME)] })),
    );
    expect(quiet).toContain('Nothing was found in this period');
    expect(quiet).toContain('1 event was received');
    const silent = textOf(breachPack(factsWith({ asked })));
    expect(silent).toContain('shows only that nothing was heard');
  });

  it('tells what was withdrawn as withdrawn, and what was excused with its permission', () => {
    const openedAt = at('2026-03-02T19:00:00Z');
    const wrong = violationAt(openedAt, { status: 'withdrawn' });
    const excused = violationAt(at('2026-03-05T19:00:00Z'), {
      status: 'withdrawn',
      endReason: 'excused',
    });
    const permission = permissionWith({
      ...{
        from: '2026-03-05T18:00:00Z',
        until: '2026-03-05T23:00:00Z',
        note: 'hospital, letter seen',
      },
    });
    const pack = textOf(
      breachPack(factsWith({ asked, violations: [wrong, excused], permissions: [permission] })),
    );
    expect(pack).toContain('(withdrawn)');
    expect(pack).toContain('WITHDRAWN: an excuse was accepted');
    expect(pack).toContain('hospital, letter seen');
    expect(pack).toContain('"label":"Violations that stand","value":"0"');
  });

  it('never names a protected person, nor says where they are', () => {
    const conditions = [
      { conditionId: 'ex', kind: 'victim-proximity', protectedPersonId: 'p-secret' },
    ];
    const found = violationAt(at('2026-03-02T19:00:00Z'), {
      ...{ conditionId: 'ex', conditionKind: 'victim-proximity', rule: 'victim-proximity' },
      ...{ reason: 'near-protected-person', distanceMetres: 140 },
    });
    const pack = textOf(breachPack(factsWith({ asked, conditions, violations: [found] })));
    expect(pack).not.toContain('p-secret');
    expect(pack).toContain('140 m from the other person, whose own position is not shown');
  });

  it('says which device was on whom, and that it was on somebody else at the same time', () => {
    const facts = factsWith({ asked });
    const custody = facts.custody.map((one) => ({
      ...one,
      elsewhere: [{ startsAt: instant(one.newest.startsAt + 5), endsAt: null }],
    }));
    const text = textOf(breachPack({ ...facts, custody }));
    expect(text).toContain('Device T-1');
    expect(text).toContain('the record has this device on another person too');
  });

  it('says that no order was in force, and no device on, where that was so', () => {
    const before = asking('2025-03-01T00:00:00Z', '2025-04-01T00:00:00Z');
    const text = textOf(breachPack(factsWith({ asked: before, activations: [] })));
    expect(text).toContain('No order was in force in this period');
    expect(text).toContain('No device was assigned to the wearer');
  });
});

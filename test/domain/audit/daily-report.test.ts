import { describe, expect, it } from 'vitest';
import { dailyWords, reportDayAt, rotasWithGaps } from '#domain/audit/daily-report.ts';
import { liaisonTrouble, namedBySchema } from '#domain/liaison/references.ts';
import { instant } from '#domain/model/instant.ts';
import { rotaSchema } from '#domain/model/rota.ts';
import { liaison } from '#test/support/liaisons.ts';

const at = (time: string) => instant(Date.parse(time));
const NOW = at('2026-03-02T06:00:30Z');

const rota = (fields: object = {}) =>
  rotaSchema.parse({ rotaId: 'desk', name: 'Desk', otherwise: null, ...fields });
const shift = (startsAt: string, endsAt: string) => ({ personId: 'anna', startsAt, endsAt });

describe('the day whose report is due', () => {
  it.each([
    ['2026-03-02T05:59:59Z', '2026-03-01'],
    ['2026-03-02T06:00:00Z', '2026-03-02'],
    ['2026-03-02T23:59:59Z', '2026-03-02'],
  ])('at %s is that of %s', (time, day) => {
    expect(reportDayAt(at(time))).toBe(day);
  });
});

describe('given rotas', () => {
  it('says nothing of one that somebody covers at all times', () => {
    const withGaps = rotasWithGaps([rota({ otherwise: 'anna' })], new Map(), NOW);
    expect(dailyWords({ withGaps, unreachable: [], liaisons: [] }, 'kent')).toBeNull();
  });

  it('says when nobody is on call, who wanted it so, and why', () => {
    const shifts = [shift('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')];
    const gapsForced = { by: 'ruth', reason: 'recruiting', at: '2026-03-01T00:00:00Z' };
    const withGaps = rotasWithGaps([rota({ shifts, gapsForced })], new Map(), NOW);
    const words = dailyWords({ withGaps, unreachable: [], liaisons: [] }, 'kent');
    expect(words?.subject).toBe('Homeward kent: who is on call cannot always be told');
    expect(words?.text).toContain(
      'Rota desk: nobody is on call from 2026-04-01 00:00 to 2026-04-27 06:00 (UTC). ' +
        'Forced by ruth: recruiting',
    );
  });

  it('names three gaps, and counts the rest', () => {
    const days = ['03', '04', '05', '06', '07'];
    const shifts = days.map((day) => shift(`2026-03-${day}T00:00:00Z`, `2026-03-${day}T12:00:00Z`));
    const [withGaps] = rotasWithGaps([rota({ shifts })], new Map(), NOW);
    expect(withGaps?.gaps).toHaveLength(6);
    const words = dailyWords(
      { withGaps: withGaps ? [withGaps] : [], unreachable: [], liaisons: [] },
      'kent',
    );
    expect(words?.text).toContain(', and 3 more.');
  });
});

describe('given liaisons', () => {
  const named = (wearerId: string, fields: object = {}) =>
    namedBySchema.parse({
      ...{ liaisonId: 'met', wearerId, orderId: 'o-1', reference: 'EM/1', endsAt: null },
      ...{ isNamed: true, ...fields },
    });
  const words = (force: ReturnType<typeof liaison>, all: ReturnType<typeof named>[]) => {
    const trouble = liaisonTrouble(force, all, NOW);
    const liaisons = trouble === null ? [] : [trouble];
    return dailyWords({ withGaps: [], unreachable: [], liaisons }, 'kent');
  };

  it('says nothing where every reference is one of theirs', () => {
    const force = liaison({ referencePicture: 'EM/9' });
    expect(words(force, [named('w-1'), named('w-2', { reference: null })])).toBeNull();
  });

  it('names the orders whose references they would reject, but for those that have ended', () => {
    const force = liaison({ referencePicture: 'EM/99' });
    const ended = named('w-2', { endsAt: NOW });
    const gone = named('w-3', { isNamed: false });
    const told = words(force, [named('w-1'), ended, gone]);
    expect(told?.subject).toBe('Homeward kent: recipients outside cannot always be told');
    expect(told?.text).toMatch(/^met would reject the references of .* its own: w-1\/o-1\.$/);
  });

  it('names the orders that count on one which does not come any more', () => {
    const responseWithdrawn = { since: '2026-03-01T00:00:00Z', reason: 'two false calls' };
    const force = liaison({ responseWithdrawn, referencePicture: 'EM/9' });
    expect(words(force, [named('w-1')])?.text).toContain('these orders count on it: w-1/o-1.');
  });

  it('counts those beyond twenty', () => {
    const force = liaison({ referencePicture: null });
    const all = Array.from({ length: 23 }, (_, i) => named(`w-${i}`));
    expect(words(force, all)?.text).toContain(', and 3 more.');
  });
});

import { describe, expect, it } from 'vitest';
import { dailyWords, reportDayAt, rotasWithGaps } from '#domain/audit/daily-report.ts';
import { instant } from '#domain/model/instant.ts';
import { rotaSchema } from '#domain/model/rota.ts';

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
    expect(dailyWords({ withGaps, unreachable: [] }, 'kent')).toBeNull();
  });

  it('says when nobody is on call, who wanted it so, and why', () => {
    const shifts = [shift('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')];
    const gapsForced = { by: 'ruth', reason: 'recruiting', at: '2026-03-01T00:00:00Z' };
    const withGaps = rotasWithGaps([rota({ shifts, gapsForced })], new Map(), NOW);
    const words = dailyWords({ withGaps, unreachable: [] }, 'kent');
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
    const words = dailyWords({ withGaps: withGaps ? [withGaps] : [], unreachable: [] }, 'kent');
    expect(words?.text).toContain(', and 3 more.');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertFactsSchema, type Page } from '#domain/model/alert.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { smsParts } from '#domain/notify/gsm-text.ts';
import { renderEmail, renderForDutyManager, renderSms } from '#domain/notify/render.ts';
import { renderPush, renderSpoken } from '#domain/notify/render-by-channel.ts';
import { howSure, restsOn, where } from '#domain/notify/words.ts';
import { facts, later, T, violation } from '#test/support/alerts.ts';
import { page } from '#test/support/pages.ts';

const LINK = 'https://homeward.example/v1/acknowledge/demo.AAAAAAAAAAAAAAAAAAAAAA';

type Fields = Readonly<Record<string, unknown>>;

const inZone = page({
  conditionKind: 'exclusion-zone',
  facts: facts({
    zoneName: 'St Mary School',
    placeLabel: null,
    violation: violation({
      ...{ reason: 'inside-zone', conditionKind: 'exclusion-zone', distanceMetres: 35.2 },
    }),
  }),
});

/** What an officer must know to act: each piece as it stands on a page. */
const SAYS: readonly (readonly [string, string, string])[] = [
  ['who', 'Jo Bloggs (w-1)', 'Jo Bloggs (w-1)'],
  ['what', 'left home during curfew', 'inside exclusion zone'],
  ['where', '420 m from 12 Acacia Road', 'St Mary School, 35 m inside'],
  ['since when', '19:50', '19:50'],
  ['how sure', '97% sure; could be at home (3%)', '97% sure; could be at home (3%)'],
  ['what to do', 'Call wearer and curfew address.', 'follow zone plan'],
  ['the link', LINK, LINK],
];

describe.each(SAYS)('a page says %s', (_, ofCurfew, ofZone) => {
  it.each(['alert', 'review'])('in a text message, for purpose %s', (purpose) => {
    expect(renderSms({ ...page({ purpose }) }, LINK).text).toContain(ofCurfew);
    expect(renderSms({ ...inZone }, LINK).text).toContain(ofZone);
  });

  it('in an e-mail', () => {
    expect(renderEmail(page(), LINK).text).toContain(ofCurfew);
    expect(renderEmail(inZone, LINK).text).toContain(ofZone);
  });
});

describe('an e-mail about what was left undone', () => {
  it('says what it was about', () => {
    const undone = violation({
      ...{ conditionKind: 'casework', rule: 'casework', reason: 'action-overdue' },
      task: { taskId: 'action-on-violation.x', about: 'w-1.home.abc' },
    });
    const { text, subject } = renderEmail(
      page({ purpose: 'review', facts: facts({ violation: undone }) }),
      LINK,
    );
    expect(subject).toBe('To note: w-1, no action on a violation in its time');
    expect(text).toContain('Rests on: what was to be done about w-1.home.abc');
  });
});

describe('a name as somebody typed it', () => {
  it('writes no line of its own into a page, and holds nothing that no channel takes', () => {
    const typed = 'Jo\u0000 Bloggs\r\nWhat: nothing\u2028\u202eyas';
    const read = alertFactsSchema.parse({ ...facts(), wearerName: typed, legalBasis: typed });
    expect(read.wearerName).toBe('Jo Bloggs What: nothing yas');
    const { text } = renderEmail(page({ facts: read }), LINK);
    expect(text.match(/^What: /gm)).toHaveLength(1);
    expect(renderSms(page({ facts: read }), LINK).text).not.toContain('\n');
  });
});

describe('an e-mail says more', () => {
  it('what it rests on, the last position, the legal basis, and its id', () => {
    const { text } = renderEmail(page(), LINK);
    expect(text).toContain('Rests on: 1 fix, best accuracy 9 m');
    expect(text).toContain('Last position: 51.50412, -0.10077 (WGS84)');
    expect(text).toContain('Legal basis: Sentencing Act 2020, Sch. 9');
    expect(text).toContain('Page w-1.curfew.abc/alert/0/0/sms.officer');
  });

  it('that it has ended, where it has, as a text message does', () => {
    const ended = facts({ violation: violation({ status: 'ended', endedAt: later(600) }) });
    expect(renderEmail(page({ facts: ended }), LINK).text).toContain('Ended:');
    expect(renderEmail(page(), LINK).text).not.toContain('Ended:');
    expect(renderSms(page({ facts: ended }), LINK).text).toMatch(/since Mon 2 Mar 19:50.*20:10/);
    expect(renderSms(page(), LINK).text).not.toContain('20:10');
  });

  it('names no position where checks alone are behind it', () => {
    const check = { kind: 'check', recordedAt: T, method: 'home-unit', result: 'absent' };
    const told = facts({ violation: violation({ evidence: [check], distanceMetres: null }) });
    const { text } = renderEmail(page({ facts: told }), LINK);
    expect(text).not.toContain('Last position');
    expect(text).toContain('Rests on: 1 check: home-unit absent');
    expect(text).toContain('Where: 12 Acacia Road');
  });
});

describe('a page of an alert under which others of the wearer are held', () => {
  const also = [{ alertId: 'w-1.battery.abc', reason: 'battery-critical', since: T }];

  it('says by text how many there are, and by e-mail which', () => {
    expect(renderSms(page({ also }), LINK).text).toContain('. 1 more of this wearer. ');
    expect(renderEmail(page({ also }), LINK).text).toContain(
      'Also: battery about to be empty since Mon 2 Mar 20:00',
    );
    expect(renderSms(page(), LINK).text).not.toContain('more of this wearer');
  });
});

describe('a stand-down', () => {
  const standDown = page({ purpose: 'stand-down' });

  it('says whom and what it is about, that it is no more, and that nothing is to be done', () => {
    const { text } = renderSms(standDown, LINK);
    const why = 'Taken back, by what is known now: left home during curfew: ';
    expect(text.startsWith(`STAND DOWN: Jo Bloggs (w-1). ${why}`)).toBe(true);
    expect(text).toContain('No action.');
    expect(renderEmail(standDown, LINK).text).toContain('No action is needed.');
  });

  it('speaks of no evidence where the time was permitted afterwards', () => {
    const excused = facts({ violation: violation({ endReason: 'excused', status: 'withdrawn' }) });
    const told = page({ purpose: 'stand-down', facts: excused });
    expect(renderSms(told, LINK).text).toContain('(w-1). Permitted afterwards: left home during');
    expect(renderEmail(told, LINK).text).toContain('Permitted afterwards. No action is needed.');
  });

  it('asks nobody to call the wearer', () => {
    expect(renderSms(standDown, LINK).text).not.toContain('Call');
    expect(renderEmail(standDown, LINK).text).not.toContain('Call');
  });
});

describe('a page about what was taken back, and what a person still has to look at', () => {
  const violationOf = violation({ status: 'withdrawn' });
  const review = page({ purpose: 'review', facts: facts({ violation: violationOf }) });
  const said = [
    renderSms(review, LINK, '4K7').text,
    renderEmail(review, LINK).text,
    renderForDutyManager({ ...review, recipient: { channel: 'duty-manager' } }).text,
  ];

  it('says that it was taken back, and asks for the reason, not for a call', () => {
    for (const text of said) {
      expect(text).toContain('Taken back, by what is known now');
      expect(text).toContain('Say why, and close it.');
      expect(text).not.toContain('Call');
    }
    expect(said[0]).toMatch(/^REVIEW: Jo Bloggs \(w-1\)\. Taken back/);
    expect(said[0]).toContain(`${LINK} or reply 4K7`);
  });

  it('says so also where it is shown or said in few words', () => {
    expect(renderPush(review, LINK).title).toBe('Taken back, for review: w-1');
    expect(renderSpoken(review)).toContain('Taken back, for review.');
  });
});

describe('what the duty manager is told', () => {
  it('claims no more of others than that nobody has it in hand', () => {
    const { text } = renderForDutyManager(page({ recipient: { channel: 'duty-manager' } }));
    expect(text).toMatch(/^NOBODY HAS THIS IN HAND. URGENT: Jo Bloggs \(w-1\)/);
  });
});

describe('the subject of an e-mail', () => {
  it.each([
    ['alert', 'URGENT: w-1, left home during curfew'],
    ['review', 'For review: w-1, left home during curfew'],
    ['stand-down', 'Stand down: w-1'],
    ['closed', 'Closed: w-1, left home during curfew'],
  ])('of purpose %s names the wearer by reference only', (purpose, subject) => {
    expect(renderEmail(page({ purpose }), LINK).subject).toBe(subject);
  });

  it('is plain text of at most 99 letters, which is what SNS takes', () => {
    const wearerId = 'w'.repeat(64);
    const told = facts({ violation: violation({ reason: 'inside-when-it-closed' }) });
    const { subject } = renderEmail(page({ wearerId, severity: 'extreme', facts: told }), LINK);
    expect(subject.length).toBeLessThanOrEqual(99);
    expect(subject).toMatch(/^[\x20-\x7e]+$/);
  });
});

/** GSM 03.38's basic alphabet, as a phone has it. */
const GSM_7_BIT =
  /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;

const anyFacts = fc
  .record({
    wearerName: fc.string({ unit: 'binary', minLength: 1 }),
    zoneName: fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
    placeLabel: fc.option(fc.string({ unit: 'grapheme' })),
    certainty: fc.double({ min: 0, max: 1, noNaN: true }),
    hypothesis: fc.constantFrom('home', 'elsewhere', 'inside'),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    distanceMetres: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  })
  .map(({ wearerName, zoneName, placeLabel, ...told }) => {
    const { certainty, distanceMetres, hypothesis, probability } = told;
    const competing = { hypothesis, probability };
    const about = violation({ certainty, distanceMetres, competing });
    return facts({ wearerName, zoneName, placeLabel, violation: about });
  });
const anyPage = fc
  .record({
    purpose: fc.constantFrom('alert', 'review', 'stand-down', 'closed'),
    severity: fc.constantFrom('moderate', 'severe', 'extreme'),
    facts: anyFacts,
  })
  .map(page);

describe('whatever a page is about', () => {
  it('fits the GSM 7-bit alphabet as a text message', () => {
    fc.assert(
      fc.property(anyPage, (any) => {
        expect(renderSms(any, LINK).text).toMatch(GSM_7_BIT);
      }),
    );
  });

  it('has as many lines as an e-mail has things to say, whatever names hold', () => {
    const linesOf = (told: Page) =>
      renderEmail(told, LINK).text.split(/\r\n|[\r\n\u2028\u2029]/).length;
    fc.assert(
      fc.property(anyPage, (any) => {
        const { zoneName, placeLabel } = any.facts;
        const plain = {
          wearerName: 'Jo',
          zoneName: zoneName && 'A',
          placeLabel: placeLabel && 'B',
        };
        expect(linesOf(any)).toBe(linesOf({ ...any, facts: { ...any.facts, ...plain } }));
      }),
    );
  });

  it('never claims to be 100 % sure', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        const shares = [...(howSure(any)[0] ?? '').matchAll(/(\d+)%/g)].map(([, share]) =>
          Number(share),
        );
        expect(shares.length).toBeGreaterThan(0);
        for (const share of shares) expect(share).toBeLessThan(100);
      }),
    );
  });
});

describe('the words', () => {
  it('name every reason', () => {
    expect(Object.values(REASONS).filter(({ happened }) => happened.length < 5)).toEqual([]);
  });

  it('say what to do first, for every reason, in two parts of a text message with its link', () => {
    for (const [reason, { rule, toDo }] of Object.entries(REASONS)) {
      const told = facts({
        zoneName: 'St Mary Primary School',
        violation: violation({ reason, rule, conditionKind: 'exclusion-zone' }),
      });
      const { text } = renderSms(page({ wearerId: 'W-10123', facts: told }), LINK);
      expect(text, reason).toContain(`. ${toDo} Take it: `);
      expect(smsParts(text), text).toBeLessThanOrEqual(2);
      expect(toDo, reason).toMatch(/^[A-Z].{5,70}\.$/);
    }
  });

  it('say of a prompt that it is to be noted, and of old news that it is for review', () => {
    const told = facts({ violation: violation({ reason: 'passed-through' }) });
    const prompt = page({ purpose: 'review', facts: told });
    expect(renderSms(prompt, LINK).text).toMatch(
      /^TO NOTE: Jo Bloggs \(w-1\) way between two fixes/,
    );
    expect(renderEmail(prompt, LINK).subject).toMatch(/^To note: w-1, /);
    expect(renderSms(page({ purpose: 'review' }), LINK).text).toMatch(/^REVIEW: /);
  });

  it('say where, with the distance where it is known', () => {
    const told = (fields: Fields) => where(alertFactsSchema.parse({ ...facts(), ...fields }));
    const unplaced = violation({ distanceMetres: null });
    expect(told({ violation: unplaced, placeLabel: null })).toBe('curfew address');
    expect(told({ violation: unplaced, zoneName: 'School' })).toBe('School');
  });

  it('say how far in or out of a zone, but not of a reading on the good side of its edge', () => {
    const at = (conditionKind: string, distanceMetres: number) =>
      where(
        facts({
          zoneName: 'School',
          violation: violation({ conditionKind, distanceMetres }),
        }),
      );
    expect(at('exclusion-zone', 35.2)).toBe('School, 35 m inside');
    expect(at('exclusion-zone', -12)).toBe('School');
  });

  it('say no place of what is at none, on any channel', () => {
    const reason = 'inside-zone';
    const none = violation({ reason, conditionKind: 'device-care', certainty: null, evidence: [] });
    const of = page({ facts: facts({ placeLabel: null, violation: none }) });
    expect(renderSms(of, LINK).text).toMatch(/inside exclusion zone since Mon 2 Mar 19:50/);
    expect(renderEmail(of, LINK).text).not.toContain('Where');
    const standDown = page({ purpose: 'stand-down', facts: of.facts });
    expect(renderSms(standDown, LINK).text).toContain('inside exclusion zone. No action.');
  });

  it('count what it rests on, and say where it is nothing', () => {
    const [fix] = violation().evidence;
    const cell = { ...fix, source: 'cell', accuracyMetres: null };
    const rests = (evidence: unknown[]) => restsOn(facts({ violation: violation({ evidence }) }));
    expect(rests([fix, cell])).toBe('2 fixes, best accuracy 9 m');
    expect(rests([cell])).toBe('1 fix');
    expect(rests([])).toBe('no position');
    const plain = facts({ violation: violation({ evidence: [], certainty: null }) });
    expect(restsOn(plain)).toBe('what was received, and when');
  });
});

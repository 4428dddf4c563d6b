import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capOf } from '#domain/liaison/cap.ts';
import { plainText } from '#domain/liaison/plain-text.ts';
import { element, writeXml } from '#domain/liaison/xml.ts';
import { readCapReceipt } from '#functions/adapters/xml/read-cap.ts';
import { liaisonEvents } from '#test/support/liaison-events.ts';

const EVENT_ID = `${'abcdefghijklmnopqrstuvwxyz'}.2`;
const REFERENCE = `urn:homeward:north,${EVENT_ID},2026-11-22T19:05:07-00:00`;

/** An answer without a flaw, and what stands in the place of some of its text. */
const answer = (changes: Readonly<Record<string, string>> = {}): string =>
  Object.entries(changes).reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`${from} is not in the answer`);
      return text.replace(from, () => to);
    },
    `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>ack-1</identifier><sender>control@police.example</sender>
<sent>2026-11-22T20:05:09+01:00</sent><status>Actual</status><msgType>Ack</msgType>
<scope>Private</scope><addresses>urn:homeward:north</addresses>
<references>${REFERENCE}</references></alert>`,
  );

const problemOf = (text: string): string => {
  const read = readCapReceipt(text);
  return read.ok ? 'nothing' : read.problem;
};

describe('an answer in CAP', () => {
  it('says which events a recipient has', () => {
    expect(readCapReceipt(answer())).toEqual({
      ok: true,
      receipt: {
        messageId: 'ack-1',
        sender: 'control@police.example',
        sentAt: Date.parse('2026-11-22T19:05:09Z'),
        status: 'Actual',
        kind: 'received',
        why: null,
        answers: [
          {
            sender: 'urn:homeward:north',
            eventId: EVENT_ID,
            sentAt: Date.parse('2026-11-22T19:05:07Z'),
          },
        ],
      },
    });
  });

  it('says which it refuses, and why', () => {
    const text = answer({
      '>Ack<': '>Error<',
      '<references>': '<note>Not our area &amp; too old &#8211; see desk</note><references>',
    });
    expect(readCapReceipt(text)).toMatchObject({
      ok: true,
      receipt: { kind: 'refused', why: 'Not our area & too old – see desk' },
    });
  });

  it('may answer several at once, with prefixes, comments and CDATA', () => {
    const second = REFERENCE.replace('.2,', '.3,');
    const text = answer({ [REFERENCE]: `<![CDATA[${REFERENCE}]]>\n  ${second} ` })
      .replace('<identifier>', '<!-- by hand --><identifier>')
      .replaceAll(/<(\/?)(?=[a-z])/g, '<$1c:')
      .replace('xmlns=', 'xmlns:c=');
    const read = readCapReceipt(text);
    expect(read.ok && read.receipt.answers.map(({ eventId }) => eventId)).toEqual([
      EVENT_ID,
      EVENT_ID.replace('.2', '.3'),
    ]);
  });

  it('comes back from what is written, whatever its note says', () => {
    const notes = fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((text) => plainText(text).trim());
    fc.assert(
      fc.property(notes, (note) => {
        const fields = {
          ...{ identifier: 'e-1', sender: 's', sent: '2026-11-22T19:05:09-00:00' },
          ...{ status: 'Test', msgType: 'Error', scope: 'Private', addresses: 'a' },
          ...{ note, references: REFERENCE },
        };
        const text = writeXml(
          element(
            'alert',
            Object.entries(fields).map(([name, value]) => element(name, value)),
            { xmlns: 'urn:oasis:names:tc:emergency:cap:1.2' },
          ),
        );
        expect(readCapReceipt(text)).toMatchObject({ ok: true, receipt: { why: note } });
      }),
    );
  });
});

const LAUGHS = Array.from(
  { length: 10 },
  (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
).join('');

describe('what is refused', () => {
  it.each([
    [
      'a file of ours in an entity',
      answer({
        '<alert': '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert',
        'ack-1': '&x;',
      }),
    ],
    [
      'an address of ours in an entity',
      answer({
        '<alert': '<!DOCTYPE a [<!ENTITY x SYSTEM "http://169.254.169.254/">]><alert',
        'ack-1': '&x;',
      }),
    ],
    [
      'a billion laughs',
      answer({ '<alert': `<!DOCTYPE a [<!ENTITY l0 "ha">${LAUGHS}]><alert`, 'ack-1': '&l10;' }),
    ],
    [
      'one long entity, many times',
      answer({ '<alert': `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(9_000)}">]><alert` }),
    ],
    ['a document type from elsewhere', answer({ '<alert': '<!DOCTYPE a SYSTEM "a.dtd"><alert' })],
    ['a parameter entity', answer({ '<alert': '<!DOCTYPE a [<!ENTITY % p "x"> %p;]><alert' })],
    ['a document type in small letters', answer({ '<alert': '<!doctype a><alert' })],
    ['a document type behind a comment', answer({ '<alert': '<!-- --><!DOCTYPE a []><alert' })],
    ['an entity alone', answer({ 'ack-1': '<!ENTITY x "y">ack-1' })],
  ])('%s', (_, text) => {
    expect(problemOf(text)).toBe('a document type is declared in it, which CAP does not need');
  });

  it.each([
    ['an entity of HTML', answer({ 'ack-1': 'ack&nbsp;1' }), 'an entity is in it'],
    ['an entity of nobody', answer({ 'ack-1': '&x;' }), 'an entity is in it'],
    ['an ampersand alone', answer({ 'ack-1': 'a & b' }), 'an entity is in it'],
    ['a style sheet', answer({ '<alert': '<?xml-stylesheet href="x"?><alert' }), 'an instruction'],
    ['more than 64 KiB', answer({ 'ack-1': 'é'.repeat(33 * 1024) }), 'longer than 64 KiB'],
    ['a tag that is not closed', answer({ '</alert>': '' }), 'not XML'],
    ['nothing', '', 'not '],
    ['no XML', 'msgType=Ack', 'not '],
    ['JSON', '{"msgType":"Ack"}', 'not '],
    ['CAP 1.1', answer({ 'cap:1.2': 'cap:1.1' }), 'not one alert of CAP 1.2'],
    ['no namespace', answer({ ' xmlns="urn:oasis:names:tc:emergency:cap:1.2"': '' }), 'not one'],
    ['two alerts', `${answer()}<alert/>`, 'not '],
    ['another root', answer().replaceAll('alert', 'atom'), 'not one alert of CAP 1.2'],
    [
      'what is nested deep',
      answer({ 'ack-1': '<a>'.repeat(9) + '</a>'.repeat(9) }),
      'nested too deep',
    ],
    ['an alert', answer({ '>Ack<': '>Alert<' }), 'msgType: an answer is of msgType Ack or Error'],
    ['a draft', answer({ Actual: 'Draft' }), 'status: '],
    ['an answer to nothing', answer({ [REFERENCE]: ' ' }), 'references: '],
    ['half a reference', answer({ [REFERENCE]: 'a,b' }), 'references.0.'],
    ['too long a reference', answer({ [REFERENCE]: `${REFERENCE},x` }), 'references.0.rest'],
    ['an event of nobody', answer({ [EVENT_ID]: 'MSG-1' }), 'references.0.eventId'],
    ['a hundred and one', answer({ [REFERENCE]: `${REFERENCE} `.repeat(101) }), 'references: '],
    ['a time of Z', answer({ '09+01:00': '09Z' }), 'sent: a time in CAP ends with its offset'],
    ['no such day', answer({ '2026-11-22T20': '2026-02-30T20' }), 'sent: '],
    ['an identifier with a space', answer({ 'ack-1': 'ack 1' }), 'identifier: a name in CAP'],
    ['two identifiers', answer({ '<sender>': '<identifier>b</identifier><sender>' }), 'identifier'],
    ['an element for a text', answer({ 'ack-1': '<b>1</b>' }), 'identifier: '],
    ['a control character', answer({ 'ack-1': 'ack&#1;' }), 'a character is in it'],
    ['a control character as it is', answer({ 'ack-1': 'ack\u0001' }), 'a character is in it'],
    ['what is no character', answer({ 'ack-1': 'a&#x110000;' }), 'a character is in it'],
    ['half a pair', answer({ 'ack-1': 'ack&#xD800;' }), 'a character is in it'],
    [
      'a prototype',
      answer({ '<scope>': '<__proto__><msgType>x</msgType></__proto__><scope>' }),
      'of a reserved name',
    ],
  ])('%s', (_, text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });

  it('is everything that we send ourselves', () => {
    fc.assert(
      fc.property(liaisonEvents, (event) => {
        expect(problemOf(capOf(event))).toMatch(/msgType|references/);
      }),
      { numRuns: 50 },
    );
  });

  it('is told apart from an answer without ever throwing', () => {
    const pieces = fc.constantFrom(
      ...['<', '>', '/', '!', '?', '[', ']', '&', ';', '"', '=', ' ', 'alert', 'xmlns'],
      ...['<!DOCTYPE', '<![CDATA[', ']]>', '<!--', '-->', '&#x0;', '__proto__', '<a>', '</a>'],
    );
    const garbage = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(garbage, fc.nat(300), (text, at) => {
        const whole = answer();
        const spoilt = `${whole.slice(0, at)}${text}${whole.slice(at)}`;
        for (const one of [text, spoilt]) expect(typeof readCapReceipt(one).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

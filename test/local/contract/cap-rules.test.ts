import { describe, expect, it } from 'vitest';
import { capProblems } from '#local/contract/cap-rules.ts';
import { CAP_SCHEMAS, schemaProblems } from '#local/contract/xml-schemas.ts';
import { samples } from './cap-samples.ts';

const valid = new Map(samples('valid'));
const invalid = new Map(samples('invalid'));

/** A message without a flaw, and what stands in the place of some of its text. */
const message = (changes: Readonly<Record<string, string>> = {}): string => {
  const whole = `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>a.2</identifier><sender>s@example.org</sender><sent>2026-11-22T19:00:00-00:00</sent>
<status>Actual</status><msgType>Update</msgType><scope>Private</scope><addresses>p</addresses>
<references>s@example.org,a.1,2026-11-22T18:00:00-00:00</references>
<info><language>en-GB</language><category>Security</category><event>e</event>
<urgency>Past</urgency><severity>Severe</severity><certainty>Observed</certainty>
<expires>2026-11-23T19:00:00-00:00</expires><headline>h</headline><description>d</description>
<area><areaDesc>w</areaDesc><polygon>0,0 0,1 1,1 0,0</polygon><circle>1,2 0.5</circle></area>
</info></alert>`;
  return Object.entries(changes).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${from} is not in the message`);
    return text.replace(from, to);
  }, whole);
};

describe('the rules of CAP', () => {
  it.each(['43b080713727.cap', 'thunderstorm.cap', 'wcatwc-warning.cap'])(
    'let %s through, which is valid',
    (name) => {
      expect(capProblems(valid.get(name) ?? '')).toEqual([]);
    },
  );

  it('find HTML in a message that the schemas let through', () => {
    expect(capProblems(valid.get('australia.cap') ?? '')).toEqual([
      'description: a tag of HTML in it',
      'description: a tag of HTML in it',
    ]);
  });

  it.each(['invalid.cap', 'earthquake.cap', 'no_optional_fields.cap'])(
    'and both schemas refuse %s',
    async (name) => {
      const text = invalid.get(name) ?? '';
      expect(capProblems(text)).toHaveLength(1);
      for (const schema of CAP_SCHEMAS) {
        expect(await schemaProblems([text], schema)).not.toEqual([]);
      }
    },
  );

  it('refuse a message that only the schema of OASIS lets through', async () => {
    const text = invalid.get('canada_errors.cap') ?? '';
    expect(await schemaProblems([text], 'cap/cap12.xsd')).toEqual([]);
    expect(await schemaProblems([text], 'cap/cap12_extended.xsd')).toHaveLength(1);
    expect(capProblems(text)).toEqual([
      'restriction: there, and empty',
      'addresses: there, and empty',
      'references: there, and empty',
      'references: none of Update',
      'description: none',
    ]);
  });

  it('let a message without a flaw through', async () => {
    expect(capProblems(message())).toEqual([]);
    expect(await schemaProblems([message()], 'cap/cap12_extended.xsd')).toEqual([]);
  });

  it.each([
    ['is of an older version', { 'cap:1.2': 'cap:1.1' }, 'not in the namespace of CAP 1.2'],
    ['is no XML', { '</alert>': '' }, 'not XML'],
    ['has a document type', { '<alert': '<!DOCTYPE a><alert' }, 'a document type, which no'],
    ['has a space in its identifier', { 'a.2': 'a 2' }, 'identifier: a space'],
    ['has a comma in its sender', { 's@example.org<': 's,t<' }, 'sender: a space, comma'],
    ['ends its time with Z', { '19:00:00-00:00<': '19:00:00Z<' }, 'sent: not a time with'],
    ['is private, for nobody', { '<addresses>p</addresses>': '' }, 'addresses: a private'],
    ['is restricted without saying how', { Private: 'Restricted' }, 'restriction: not said'],
    [
      'says a restriction of another scope',
      { '<addresses>': '<restriction>r</restriction><addresses>' },
      'restriction: the scope is another',
    ],
    ['refers to itself', { 'a.1,': 'a.2,' }, 'references: the message refers to itself'],
    ['refers to what comes later', { '18:00:00': '19:00:01' }, 'references: a.1 was sent later'],
    ['refers to something by its name alone', { ',a.1,': ',' }, 'references: s@example.org,2026'],
    ['is a first message that refers', { Update: 'Alert' }, 'references: a first message has none'],
    ['has an unknown language', { 'en-GB': 'english_GB' }, 'language: no such tag'],
    ['expires before it is sent', { '2026-11-23': '2026-11-21' }, 'expires: before it takes'],
    ['says the headline again', { '>d<': '>h<' }, 'description: the headline again'],
    ['holds a tag', { '>h<': '>&lt;b>h<' }, 'headline: a tag of HTML in it'],
    ['holds a tag in CDATA', { '>h<': '><![CDATA[<i>h</i>]]><' }, 'headline: a tag of HTML in it'],
    ['holds an entity', { '>h<': '>&amp;nbsp;<' }, 'headline: an entity of HTML in it'],
    ['has an empty element', { '>w<': '><' }, 'areaDesc: there, and empty'],
    ['draws an open polygon', { '1,1 0,0': '1,1 1,0' }, 'polygon: its last point is not'],
    ['draws a line', { '0,0 0,1 1,1 0,0': '0,0 0,1 0,0' }, 'polygon: fewer than four'],
    ['draws a bow', { '0,0 0,1 1,1 0,0': '0,0 1,1 0,1 1,0 0,0' }, 'polygon: it crosses'],
    ['draws beyond a pole', { '0,1 1,1': '0,1 91,1' }, 'polygon: something in it is no'],
    ['has a circle without a radius', { '1,2 0.5': '1,2' }, 'circle: its radius is no'],
    ['has a circle nowhere', { '1,2 0.5': '1,181 0.5' }, 'circle: no "latitude,longitude radius"'],
    ['has a ceiling alone', { '</area>': '<ceiling>9</ceiling></area>' }, 'ceiling: without an'],
  ])('refuse a message that %s', (_, changes, problem) => {
    expect(capProblems(message(changes)).join('; ')).toContain(problem);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#lib/config.ts';

const needed = { agency: 'kent', forces: 'kent,essex', dutyManagerEmail: 'duty@kent.gov.uk' };

const configOf = (given: Record<string, unknown>) => {
  const context: Record<string, unknown> = { ...needed, ...given };
  return parseConfig((key) => context[key]);
};
const CAD = 'https://cad.kent.example/homeward';

describe('the recipients of a stack', () => {
  it('are posted to where the agency says, as a list with equals signs or as an object', () => {
    const asText = configOf({
      partners: 'victim-care',
      feedSubscriptions: `kent=${CAD}, victim-care=https://care.example/in/`,
    });
    expect(asText.feedSubscriptions).toEqual({
      kent: CAD,
      'victim-care': 'https://care.example/in/',
    });
    expect(configOf({ feedSubscriptions: { kent: CAD } }).feedSubscriptions).toEqual({ kent: CAD });
    expect(configOf({ feedSubscriptions: '' }).feedSubscriptions).toEqual({});
  });

  it('are told what is real, unless it is the demo, or the agency says otherwise', () => {
    expect(configOf({}).traffic).toBe('actual');
    expect(configOf({ traffic: 'exercise' }).traffic).toBe('exercise');
    expect(configOf({ agency: 'demo' }).traffic).toBe('exercise');
    expect(configOf({ agency: 'demo', traffic: 'actual' }).traffic).toBe('actual');
  });

  it.each([
    ['http://cad.kent.example/in', 'with https'],
    ['https://192.0.2.10/in', 'a host in full'],
    ['https://[2001:db8::1]/in', 'a host in full'],
    ['https://3221225994/in', 'a host in full'],
    ['https://0xc0.0.2.1/in', 'a host in full'],
    ['https://cad.kent.example:8443/in', 'without a port'],
    ['https://user:secret@cad.kent.example/in', 'without a port, a user'],
    ['https://cad.kent.example/in?key=secret', 'a query'],
    ['https://cad.kent.example/in#there', 'a fragment'],
    ['https://cad.kent.example\\@evil.example/in', 'a host in full'],
    ['https://cad/in', 'a host in full'],
    ['https://localhost/in', 'a host in full'],
    ['https://cad.localhost/in', 'inside some network'],
    ['https://cad.kent.internal/in', 'inside some network'],
    ['https://metadata.google.internal/in', 'inside some network'],
    ['https://cad.kent.local', 'inside some network'],
    ['https://printer.home.arpa/in', 'inside some network'],
    ['https://cad.test/in', 'inside some network'],
    [`https://cad.kent.example/${'a'.repeat(500)}`, 'at most 500 characters'],
    ['', 'with https'],
  ])('are not posted to at %s', (url, advice) => {
    const parse = () => configOf({ feedSubscriptions: `kent=${url}` });
    expect(parse).toThrow('feedSubscriptions');
    expect(parse).toThrow(advice);
  });

  it.each([
    [{ partners: 'kent' }, 'kent is among the forces'],
    [{ partners: 'care,care' }, 'name each partner once'],
    [{ orderedForces: 'sussex' }, 'sussex is none of the forces'],
    [{ feedSubscriptions: `sussex=${CAD}` }, 'sussex is no force and no partner'],
    [{ exerciseSubscriptions: `sussex=${CAD}` }, 'sussex is no force and no partner'],
    [{ feedSubscriptions: `kent=${CAD},kent=${CAD}/2` }, 'name each recipient once'],
    [
      { feedSubscriptions: `kent=${CAD}`, exerciseSubscriptions: `essex=${CAD}` },
      'exercises need an address of their own',
    ],
    [{ traffic: 'test' }, '"actual"|"exercise"'],
  ])('are refused as %j', (given, advice) => {
    expect(() => configOf(given)).toThrow(advice);
  });

  it('are posted to over https at a public name only, whatever is asked for', () => {
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.constantFrom('localhost', 'a.local', 'db.internal', 'cad.kent.example'),
    );
    const url = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc
        .tuple(fc.constantFrom('http', 'https'), host, fc.constantFrom('', ':80', ':443'))
        .map(([scheme, name, port]) => `${scheme}://${name}${port}/in`),
      fc.string(),
    );
    let taken = 0;
    fc.assert(
      fc.property(url, (asked) => {
        try {
          const { kent } = configOf({ feedSubscriptions: { kent: asked } }).feedSubscriptions;
          const { protocol, hostname, port, username, password, search, hash } = new URL(
            kent ?? '',
          );
          taken += 1;
          expect(protocol).toBe('https:');
          expect(hostname).toMatch(/[a-z]$/);
          expect(hostname).toMatch(/\./);
          expect(hostname).not.toMatch(/\.(local|internal|localhost)$/);
          expect([port, username, password, search, hash].join('')).toBe('');
        } catch (refusal) {
          expect(String(refusal)).toContain('The configuration of the stack is wrong');
        }
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(0);
  });
});

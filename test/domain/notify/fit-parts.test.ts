import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REASONS } from '#domain/model/reasons.ts';
import { smsParts } from '#domain/notify/gsm-text.ts';
import { renderSms } from '#domain/notify/render.ts';
import { facts, violation } from '#test/support/alerts.ts';
import { page } from '#test/support/pages.ts';

/** As API Gateway makes it, with an agency of six letters and a token of 22. */
const HOST = 'https://a1b2c3d4e5.execute-api.eu-west-2.amazonaws.com';
const LINK = `${HOST}/v1/acknowledge/county.${'t'.repeat(22)}`;
/** As it is behind a name of the agency's own. */
const SHORT_LINK = `https://hw.example/v1/acknowledge/hw.${'t'.repeat(22)}`;
const CODE = '4K7';

type Said = Readonly<{ reason: string; name: string; place: string | null }>;

const pageOf = ({ reason, name, place }: Said) => {
  const { rule } = Object(REASONS)[reason];
  const about = violation({ reason, rule, conditionKind: 'exclusion-zone', distanceMetres: 35 });
  return page({
    wearerId: 'W-10123',
    facts: facts({ wearerName: name, zoneName: place, placeLabel: null, violation: about }),
  });
};

const LONG = {
  name: 'Maximiliana Alexandrovna Featherstonehaugh-Cholmondeley',
  place: 'Saint Bartholomew the Great Voluntary Aided Church of England Primary School',
};

describe.each(Object.keys(REASONS))('a text message of %s', (reason) => {
  it('takes two parts at most, with the longest names, the longest link and a code', () => {
    const { text } = renderSms(pageOf({ reason, ...LONG }), LINK, CODE);
    expect(smsParts(text), text).toBeLessThanOrEqual(2);
    expect(text).toContain('(W-10123)');
    expect(text).toContain(Object(REASONS)[reason].toDo);
    expect(text.endsWith(`${LINK} or reply ${CODE}`)).toBe(true);
  });
});

describe('a text message', () => {
  it('is as long as it has to be where it fits no single part', () => {
    const { text } = renderSms(page(), LINK);
    expect(text).toContain('Jo Bloggs (w-1)');
    expect(text).toContain('could be at home');
  });

  it('is cut to one part where that is enough, and says all the same who, what and where', () => {
    const said = { reason: 'strap-open', name: 'Joanna Featherstone-Blog', place: null };
    const { text } = renderSms({ ...pageOf(said), purpose: 'stand-down' }, SHORT_LINK);
    expect(smsParts(text), text).toBe(1);
    expect(text).toMatch(/^STAND DOWN: J Featherstone-Blog \(W-10123\).*strap open/);
  });

  it('never takes more parts for being fitted, whatever the names', () => {
    const name = fc.string({ minLength: 1, maxLength: 100 });
    const reason = fc.constantFrom(...Object.keys(REASONS));
    fc.assert(
      fc.property(fc.record({ reason, name, place: name }), (said) => {
        const { text } = renderSms(pageOf(said), LINK, CODE);
        expect(smsParts(text), text).toBeLessThanOrEqual(2);
      }),
    );
  });
});

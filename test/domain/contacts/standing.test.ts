import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactOf } from '#domain/contacts/contact-of.ts';
import { isReachable, standingAt, worthOf } from '#domain/contacts/standing.ts';
import { DAY_SECONDS, secondsAfter } from '#domain/model/instant.ts';
import { personChannelSchema } from '#domain/model/recipient.ts';
import {
  contact,
  later,
  MANAGER,
  OFFICER,
  opening,
  policy,
  roster,
  T,
  tick,
  violationOpens,
} from '#test/support/alerts.ts';
import { known, verifiedAt } from '#test/support/contacts.ts';
import { given } from '#test/support/given-alert.ts';

const days = (count: number) => secondsAfter(T, count * DAY_SECONDS);
const channelsOf = (person: Parameters<typeof contactOf>[0]) =>
  contactOf(person).channels.map(({ recipient }) => recipient.channel);

describe('what a contact is worth', () => {
  it('nothing, until it is verified', () => {
    expect(standingAt(known(), 'sms', T)).toBe('unverified');
    expect(standingAt(known({ sms: verifiedAt(T) }), 'sms', T)).toBe('verified');
  });

  it('lapses after 31 days, and is used all the same', () => {
    const sam = known({ sms: verifiedAt(T) });
    expect(standingAt(sam, 'sms', secondsAfter(days(31), -1))).toBe('verified');
    expect(standingAt(sam, 'sms', days(31))).toBe('lapsed');
    expect(channelsOf(sam)).toEqual(['sms']);
    expect(isReachable(sam)).toBe(true);
  });

  it('is nothing again at another address', () => {
    const moved = { ...known({ sms: verifiedAt(T) }).person, mobile: '+447700900099' };
    const sam = { ...known({ sms: verifiedAt(T) }), person: moved };
    expect(standingAt(sam, 'sms', T)).toBe('unverified');
    expect(isReachable(sam)).toBe(false);
  });

  it('is that of the text message for a call to the same number, until that is stopped', () => {
    const rules = [
      { channel: 'sms', afterSeconds: 0 },
      { channel: 'voice', afterSeconds: null },
    ];
    const same = { phone: null, tellBy: rules };
    expect(worthOf(known({ sms: verifiedAt(T) }, same), 'voice')).toBe('usable');
    const stopped = { sms: { ...verifiedAt(T), stoppedAt: T } };
    expect(worthOf(known(stopped, same), 'voice')).toBe('unverified');
    expect(worthOf(known({ sms: verifiedAt(T) }), 'voice')).toBe('unverified');
  });
});

describe('I23: an unverified or stopped contact', () => {
  it('is passed over where another is verified, and named', () => {
    const sam = known({ email: verifiedAt(T), sms: { stoppedAt: T } });
    expect(channelsOf(sam)).toEqual(['email']);
    expect(contactOf(sam).unusable).toEqual([
      { channel: 'sms', why: 'stopped' },
      { channel: 'push', why: 'unverified' },
      { channel: 'webhook', why: 'unverified' },
      { channel: 'voice', why: 'unverified' },
    ]);
  });

  it('is used for want of another: a page that may arrive is better than none', () => {
    expect(channelsOf(known({ sms: { stoppedAt: T } }))).toEqual([
      'push',
      'email',
      'webhook',
      'voice',
    ]);
  });

  it('is never used once it was stopped, even where it is the only one', () => {
    const alone = { phone: null, email: null, pushEndpointArn: null, webhook: null };
    expect(channelsOf(known({ sms: { stoppedAt: T } }, alone))).toEqual([]);
  });
});

describe("a person's own rules", () => {
  it('set the order and the time; a channel without a rule is for when others fail', () => {
    const all = Object.fromEntries(
      personChannelSchema.options.map((channel) => [channel, verifiedAt(T)]),
    );
    const tellBy = [
      { channel: 'push', afterSeconds: 0 },
      { channel: 'sms', afterSeconds: 120 },
    ];
    const sam = contactOf(known(all, { tellBy }));
    expect(sam.channels.map(({ recipient, afterSeconds }) => [recipient.channel, afterSeconds]))
      // The rest in the order in which channels are listed.
      .toEqual([
        ['push', 0],
        ['sms', 120],
        ['voice', null],
        ['email', null],
        ['webhook', null],
      ]);
  });
});

const anyState = fc.record({
  verified: fc.constantFrom(null, verifiedAt(T).verified ?? null),
  stoppedAt: fc.constantFrom(null, T),
});
const anyStates = fc.dictionary(fc.constantFrom(...personChannelSchema.options), anyState);

describe('whatever is known of the contacts of somebody', () => {
  it('nothing stopped is used, and nothing unverified beside what was verified', () => {
    fc.assert(
      fc.property(anyStates, (states) => {
        const sam = known(states);
        const used = channelsOf(sam);
        const worths = used.map((channel) => worthOf(sam, channel));
        expect(worths).not.toContain('stopped');
        expect(new Set(worths).size).toBeLessThanOrEqual(1);
        expect(isReachable(sam)).toBe(worths.includes('usable'));
      }),
    );
  });

  it('each channel is used, or named with the reason why it is not', () => {
    fc.assert(
      fc.property(anyStates, (states) => {
        const sam = known(states);
        const unusable = contactOf(sam).unusable.map(({ channel }) => channel);
        const named = new Set([...channelsOf(sam), ...unusable]);
        expect(named.size).toBe(personChannelSchema.options.length);
      }),
    );
  });
});

describe('a person with no channel of the kind that is wanted (grafana/oncall#1326)', () => {
  const ladder = policy({
    steps: [OFFICER, MANAGER, OFFICER].map((personId) => ({
      delaySeconds: 300,
      targets: [{ kind: 'person', personId }],
    })),
  });

  it.each([
    ['none that is told at once', [{ channel: 'email', afterSeconds: null }], {}],
    ['none that their rules name', [{ channel: 'sms', afterSeconds: 0 }], { mobile: null }],
  ])('who has %s is told in their step, which is not passed over', (_, tellBy, fields) => {
    const sam = contactOf(known({ email: verifiedAt(T) }, { tellBy, ...fields }));
    const contacts = [contact('officer'), { ...sam, personId: MANAGER }];
    const { events, pages } = given(
      { command: violationOpens({}, opening({ policy: ladder })), now: T },
      { command: tick(1), now: later(300) },
    )
      .when(tick(2), later(600), roster({ contacts }))
      .thenHappened('step-run');
    expect(events).toMatchObject([{ step: 1, unreached: [] }]);
    expect(pages.map(({ recipient }) => recipient.channel)).toEqual(['email']);
  });
});

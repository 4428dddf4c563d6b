import type { ExpectedOutcome, ExpectedPage } from '../../replay/outcome.ts';
import { MADE_ALERTS, MADE_NUDGES } from './made-expected.ts';

type Step = Pick<ExpectedPage, 'at' | 'step'> & Partial<Pick<ExpectedPage, 'purpose'>>;

/** The pages of one step, to recipients written as "sms officer-reid". */
const pages = (
  { at, step, purpose = 'alert' }: Step,
  ...recipients: readonly `${ExpectedPage['channel']} ${string}`[]
): ExpectedPage[] =>
  recipients.map((recipient) => {
    const [channel, ...rest] = recipient.split(' ');
    if (channel !== 'sms' && channel !== 'email' && channel !== 'liaison') {
      throw new Error(`${channel} is no channel.`);
    }
    return { to: rest.join(' '), channel, step, purpose, at };
  });

/**
 * What must come out of the demo world: these alerts and pages, each in its minute, and no
 * others. The minutes follow from the fixes, the orders and the policy; a change of any of them
 * changes these.
 */
export const DEMO_EXPECTED: ExpectedOutcome = {
  nudges: MADE_NUDGES,
  alerts: [
    {
      // Nobody answers: officer, on-call officer, and the duty manager as the last resort. The
      // order allows the police zones only, so they hear nothing of this.
      wearerId: 'W-102',
      conditionId: 'curfew',
      reason: 'returned-late',
      since: '2026-10-24T20:00+02:00',
      openedAt: '2026-10-24T20:05+02:00',
      status: 'closed',
      pages: [
        ...pages(
          { at: '2026-10-24T20:05+02:00', step: 0 },
          'sms officer-brandt',
          'email officer-brandt',
        ),
        ...pages({ at: '2026-10-24T20:10+02:00', step: 1 }, 'sms on-call-evening'),
        ...pages(
          { at: '2026-10-24T20:25+02:00', step: 2 },
          'sms duty-manager',
          'email duty-manager',
        ),
      ],
    },
    {
      // The third absence is certain, five minutes of grace later it is a violation. The officer on
      // call in the evening takes it.
      wearerId: 'W-103',
      conditionId: 'curfew',
      reason: 'left-during',
      since: '2026-10-24T23:40+02:00',
      openedAt: '2026-10-24T23:45+02:00',
      status: 'closed',
      pages: [
        ...pages(
          { at: '2026-10-24T23:45+02:00', step: 0 },
          'sms officer-brandt',
          'email officer-brandt',
        ),
        ...pages({ at: '2026-10-24T23:50+02:00', step: 1 }, 'sms on-call-evening'),
      ],
    },
    {
      // They go round the park's corner: the line between two fixes cuts it off, and is held
      // against nobody. Nothing is breached yet: the officer takes it at once, and the police,
      // who may hear of the zone itself, are not told.
      wearerId: 'W-101',
      conditionId: 'banneker',
      reason: 'inside-buffer',
      since: '2026-10-24T19:42-04:00',
      openedAt: '2026-10-24T19:44-04:00',
      status: 'closed',
      pages: [
        ...pages(
          { at: '2026-10-24T19:44-04:00', step: 0 },
          'sms officer-reid',
          'email officer-reid',
        ),
      ],
    },
    {
      // Still curfew, by the right reckoning of the night with 25 hours. After midnight UTC the
      // rota has changed hands.
      wearerId: 'W-105',
      conditionId: 'curfew',
      reason: 'left-during',
      since: '2026-10-25T05:12+01:00',
      openedAt: '2026-10-25T05:17+01:00',
      status: 'closed',
      pages: [
        ...pages(
          { at: '2026-10-25T05:17+01:00', step: 0 },
          'sms officer-brandt',
          'email officer-brandt',
        ),
        ...pages({ at: '2026-10-25T05:22+01:00', step: 1 }, 'sms on-call-night'),
      ],
    },
    {
      // While the clocks of London show half past one twice, whoever leaves the night desk and
      // whoever comes are both on call; who comes takes it.
      wearerId: 'W-148',
      conditionId: 'device-care',
      reason: 'strap-open',
      since: '2026-10-25T00:06Z',
      openedAt: '2026-10-25T00:08Z',
      status: 'closed',
      pages: [
        ...pages(
          { at: '2026-10-25T00:08Z', step: 0 },
          'sms officer-hughes',
          'email officer-hughes',
        ),
        ...pages({ at: '2026-10-25T00:33Z', step: 1 }, 'sms desk-early', 'sms desk-late'),
      ],
    },
    {
      // The text cannot be delivered: the e-mail goes at once, in the same step, and is answered.
      wearerId: 'W-149',
      conditionId: 'device-care',
      reason: 'strap-open',
      since: '2026-10-25T09:14Z',
      openedAt: '2026-10-25T09:16Z',
      status: 'closed',
      pages: [
        ...pages({ at: null, step: 0 }, 'sms officer-ferris'),
        ...pages({ at: '2026-10-25T09:16Z', step: 0 }, 'email officer-ferris'),
      ],
    },
    {
      // Nobody answers at all: each step in its time, and then the last resort, again and again.
      wearerId: 'W-147',
      conditionId: 'device-care',
      reason: 'strap-open',
      since: '2026-10-25T10:58Z',
      openedAt: '2026-10-25T11:00Z',
      status: 'open',
      pages: [
        ...pages(
          { at: '2026-10-25T11:00Z', step: 0 },
          'sms officer-hughes',
          'email officer-hughes',
        ),
        ...pages({ at: '2026-10-25T11:05Z', step: 1 }, 'sms on-call-night'),
        ...pages({ at: '2026-10-25T11:20Z', step: 2 }, 'sms duty-manager', 'email duty-manager'),
        ...['11:35', '11:50'].flatMap((time) =>
          pages({ at: `2026-10-25T${time}Z`, step: 3 }, 'sms head-of-service'),
        ),
      ],
    },
    ...MADE_ALERTS,
  ],
};

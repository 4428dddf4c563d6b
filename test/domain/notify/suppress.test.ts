import { describe, expect, it } from 'vitest';
import { liaisonIdSchema } from '#domain/model/ids.ts';
import type { Recipient } from '#domain/model/recipient.ts';
import { suppress } from '#domain/notify/suppress.ts';
import {
  later,
  OFFICER,
  opening,
  T,
  violationChanges,
  violationOpens,
} from '#test/support/alerts.ts';
import { alertAfter, CLOSED, OPEN, TAKEN } from '#test/support/given-alert.ts';
import { page } from '#test/support/pages.ts';

const reviewed = { command: violationOpens({}, opening({ isReviewed: true })), now: T };
const takenBack = { command: violationChanges({ status: 'withdrawn' }), now: later(1) };
const police: Recipient = { channel: 'liaison', liaisonId: liaisonIdSchema.parse('kent') };

describe('given a page that waits to be sent', () => {
  it('is sent while its alert is open, or cannot be found', () => {
    expect(suppress(page(), OPEN)).toBeNull();
    expect(suppress(page(), null)).toBeNull();
  });

  it('calls nobody to what somebody else has taken or closed since', () => {
    expect(suppress(page(), TAKEN)).toBe('acknowledged-meanwhile');
    expect(suppress(page(), CLOSED)).toBe('closed-meanwhile');
    expect(suppress({ ...page(), purpose: 'review' }, TAKEN)).toBe('acknowledged-meanwhile');
  });

  it('calls nobody to what was taken back since, though a person has yet to look at it', () => {
    const cleared = alertAfter(reviewed, takenBack);
    expect(cleared.status).toBe('open');
    expect(suppress(page(), cleared)).toBe('taken-back-meanwhile');
    expect(suppress({ ...page(), purpose: 'review' }, cleared)).toBeNull();
    expect(suppress({ ...page(), purpose: 'stand-down' }, cleared)).toBeNull();
  });

  it('calls to it again once somebody has handed it on', () => {
    const handedOn = {
      command: { type: 'escalate', by: OFFICER, epoch: 2 },
      now: later(2),
    } as const;
    expect(suppress(page(), alertAfter(reviewed, takenBack, handedOn))).toBeNull();
  });

  it('stands people down and tells the police whatever has become of the alert', () => {
    expect(suppress({ ...page(), purpose: 'stand-down' }, CLOSED)).toBeNull();
    expect(suppress({ ...page(), recipient: police }, TAKEN)).toBeNull();
    expect(suppress({ ...page(), recipient: police, purpose: 'closed' }, CLOSED)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { SeenOutcome } from '#local/replay/read-outcome.ts';
import { createTerminal } from '#local/start/terminal.ts';
import { printTimeline } from '#local/start/timeline.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import type { World } from '#local/worlds/world.ts';
import { at, seen, seenAlert } from '#test/local/replay/outcomes.ts';

const printed = (outcome: SeenOutcome, world: World = DEMO_WORLD): string[] => {
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text.trimEnd());
  printTimeline(createTerminal({ write, isLive: false, hasColour: false }), world, outcome);
  return lines;
};

describe('given an alert over the night of the clock change', () => {
  const alert = seenAlert({
    wearerId: 'W-105',
    wearerName: 'Henrik Solberg',
    placeLabel: 'home in Stavanger',
    openedAt: at('2026-10-25T00:30:00Z'),
    acknowledgements: [{ by: 'duty-manager', at: at('2026-10-25T01:31:00Z') }],
    pages: [
      {
        ...{ to: 'officer-brandt', channel: 'sms', step: 0, purpose: 'alert' },
        acceptedAt: at('2026-10-25T00:30:00Z'),
      },
      {
        ...{ to: 'officer-brandt', channel: 'email', step: 0, purpose: 'alert' },
        acceptedAt: at('2026-10-25T00:30:00Z'),
      },
    ],
  });

  it("tells it on the wearer's wall clock, which shows half past two twice", () => {
    const [head, since, paged, taken] = printed(seen({ alerts: [alert] }));
    expect(head).toBe(
      'Sun 25 Oct 02:30 CEST  Henrik Solberg (W-105)  left home during curfew, home in Stavanger',
    );
    expect(since).toBe('    since Fri 1 May 23:10 CEST, 97% sure');
    expect(paged).toBe('    02:30 CEST  told Jonas Brandt by text and e-mail');
    expect(taken).toBe('    02:31 CET  Ruth Adeyemi takes it');
  });

  it('tells of a step that is repeated each time', () => {
    const [first] = alert.pages;
    if (first === undefined) throw new Error('the alert has a page');
    const again = { ...first, acceptedAt: at('2026-10-25T00:45:00Z') };
    const lines = printed(seen({ alerts: [{ ...alert, pages: [first, again] }] }));
    expect(lines.filter((line) => line.includes('told Jonas Brandt'))).toHaveLength(2);
  });

  it('tells of everybody else that nothing came', () => {
    const quiet = printed(seen({ alerts: [alert] })).slice(5);
    expect(quiet).toHaveLength(1 + DEMO_WORLD.wearers.length - 1);
    expect(quiet.join('\n')).not.toContain('W-105');
  });
});

describe('given what nobody has to enforce, and what a wearer was told', () => {
  const [someone, ...others] = DEMO_WORLD.wearers;
  if (someone === undefined) throw new Error('the demo world has a wearer');
  const mobile = '+447700900299';
  const world = { ...DEMO_WORLD, wearers: [{ ...someone, mobile }, ...others] };
  const nudge = {
    ...{ channel: 'sms' as const, to: mobile, text: 'Time to set off for home.' },
    ...{ attributes: {}, messageId: 'm', sequence: 1, acceptedRealAt: 0 },
    acceptedAt: at('2026-10-24T22:30:00Z'),
  };

  it('tells each as what it is', () => {
    const page = {
      ...{ to: 'officer-brandt', channel: 'email' as const, step: 0, purpose: 'review' as const },
      acceptedAt: at('2026-05-01T21:15:00Z'),
    };
    const noted = seenAlert({ pages: [page], placeLabel: null });
    const lines = printed(seen({ alerts: [noted], strayMessages: [nudge] }), world);
    expect(lines[0]).toMatch(/left home during curfew$/);
    expect(lines[2]).toMatch(/told Jonas Brandt by e-mail, for the record$/);
    expect(lines[4]).toBe(
      'Sat 24 Oct 18:30 EDT  Daniel Okafor (W-101)  told by text: Time to set off for home.',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { createTerminal } from '#local/start/terminal.ts';
import { printTimeline } from '#local/start/timeline.ts';
import { DEMO_WORLD } from '#local/worlds/demo/demo-world.ts';
import { at, seen, seenAlert } from '#test/local/replay/outcomes.ts';

const printed = (outcome: Parameters<typeof printTimeline>[2]): string[] => {
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text.trimEnd());
  printTimeline(createTerminal({ write, isLive: false, hasColour: false }), DEMO_WORLD, outcome);
  return lines;
};

describe('given an alert over the night of the clock change', () => {
  const alert = seenAlert({
    wearerId: 'W-105',
    wearerName: 'Henrik Solberg',
    placeLabel: 'home in Stavanger',
    openedAt: at('2026-10-25T00:30:00Z'),
    acknowledged: { by: 'duty-manager', at: at('2026-10-25T01:31:00Z') },
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

  it('tells of everybody else that nothing came', () => {
    const quiet = printed(seen({ alerts: [alert] })).slice(5);
    expect(quiet).toHaveLength(1 + DEMO_WORLD.wearers.length - 1);
    expect(quiet.join('\n')).not.toContain('W-105');
  });
});

import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { showProgress } from '#local/start/progress.ts';
import { createTerminal } from '#local/start/terminal.ts';

const terminalThat = (isLive: boolean, hasColour: boolean) => {
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  return { terminal: createTerminal({ write, isLive, hasColour }), written };
};

describe('given a live terminal', () => {
  it('writes over a passing line, and clears it before a lasting one', () => {
    const { terminal, written } = terminalThat(true, false);
    terminal.passing('10 %');
    terminal.passing('20 %');
    terminal.line('done');
    expect(written.join('')).toBe('10 %\r\x1b[2K20 %\r\x1b[2Kdone\n');
  });

  it('paints only where colours are wanted', () => {
    expect(terminalThat(true, true).terminal.paint('red', 'x')).toBe('\x1b[31mx\x1b[39m');
    expect(terminalThat(true, false).terminal.paint('red', 'x')).toBe('x');
  });
});

describe('given a pipe', () => {
  it('has no control character, and a line for each simulated hour', () => {
    const { terminal, written } = terminalThat(false, false);
    const world = { startsAt: instant(0), endsAt: instant(86_400_000) };
    const tell = showProgress(terminal, world, () => 7);
    for (let minute = 4; minute <= 124; minute += 4) {
      tell({ at: instant(minute * 60_000), eventsSent: minute });
    }
    expect(written).toEqual([
      '  1970-01-01 01:00 UTC   60 events   7 messages\n',
      '  1970-01-01 02:00 UTC   120 events   7 messages\n',
    ]);
  });
});

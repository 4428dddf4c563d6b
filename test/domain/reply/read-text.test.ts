import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '#domain/reply/read-text.ts';

describe('a text with a code', () => {
  it.each(['4K7', '4k7', ' 4k7. ', 'Reply 4K7', '4K7 ok', 'OK 4K7!', '4k7, yes', 'code 4K7'])(
    '%j takes the alert',
    (text) => {
      expect(readText(text)).toEqual({ kind: 'take', code: '4K7' });
    },
  );

  it.each(['4K7 PASS', 'pass 4k7', 'Reply 4K7 pass', '4K7 next'])('%j hands it on', (text) => {
    expect(readText(text)).toEqual({ kind: 'hand-on', code: '4K7' });
  });

  it.each([
    ...[
      '4K7 not me',
      '4K7 no',
      'cannot do 4K7',
      '4K7 5M',
      '4K7 PASS OK',
      '4K7 STOP',
      'do not pass 4K7',
    ],
    ...['4Ks', 'K4', '0K', '4I', '4O', '4L', '', ' ', '👍', 'ok', 'pass', `${' '.repeat(200)}4K7`],
  ])('%j takes nothing', (text) => {
    expect(readText(text)).toEqual({ kind: 'unclear' });
  });

  it('acts only where every word of it says so, whatever is written', () => {
    const said = /^(4K7|OK|YES|TAKE|ACK|MINE|PASS|NEXT|REPLY|CODE)$/;
    const words = fc.array(fc.constantFrom('4K7', 'ok', 'pass', 'not', 'me', 'reply', 'Nö', '7'));
    fc.assert(
      fc.property(words, (all) => {
        const wish = readText(all.join(' '));
        if (wish.kind === 'unclear') return;
        for (const word of all) expect(word.toUpperCase()).toMatch(said);
      }),
    );
  });

  it('is read whatever comes in', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readText(text)).toHaveProperty('kind');
      }),
    );
  });
});

describe('a text that is about texts', () => {
  it.each(['STOP', 'stop', 'Stop.', 'UNSUBSCRIBE', 'cancel', 'END', 'quit'])('%j stops', (text) => {
    expect(readText(text)).toEqual({ kind: 'stop' });
  });

  it.each(['START', 'start', 'unstop'])('%j starts', (text) => {
    expect(readText(text)).toEqual({ kind: 'start' });
  });

  it('is none where it says more', () => {
    expect(readText('please stop him')).toEqual({ kind: 'unclear' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLines, encodeLine } from '#local/cloud/durable/ledger-lines.ts';

const records = fc.array(
  fc.jsonValue().map((value) => ({ value: JSON.parse(JSON.stringify(value)) })),
);
const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''));

describe('given lines of a ledger', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(records, (written) => {
        const content = bytesOf(written.map(encodeLine));
        const read = decodeLines(content, 'ledger');
        expect(read).toEqual({ records: written, goodBytes: content.length });
      }),
    );
  });

  it('leaves out a last line that is torn anywhere, and keeps all others', () => {
    fc.assert(
      fc.property(records, fc.nat(), (written, where) => {
        const whole = bytesOf(written.map(encodeLine));
        const last = Buffer.from(encodeLine({ set: ['a', 'b', 'grüße'] }));
        const torn = last.subarray(0, where % last.length);
        const read = decodeLines(Buffer.concat([whole, torn]), 'ledger');
        expect(read).toEqual({ records: written, goodBytes: whole.length });
      }),
    );
  });

  it('leaves out a last line of which a block was never written', () => {
    const [first, last] = [encodeLine({ n: 1 }), encodeLine({ n: 2 })];
    const blank = Buffer.concat([
      Buffer.from(first),
      Buffer.alloc(last.length - 1),
      Buffer.from('\n'),
    ]);
    expect(decodeLines(blank, 'ledger').records).toEqual([{ n: 1 }]);
  });

  it('says which line is damaged when more lines follow', () => {
    const content = bytesOf([encodeLine({ n: 1 }), encodeLine({ n: 2 }), encodeLine({ n: 3 })]);
    content[encodeLine({ n: 1 }).length + 12] = 0x58;
    expect(() => decodeLines(content, '/kept/ledger')).toThrow(
      /^\/kept\/ledger is damaged at line 2: its checksum is wrong.*begin anew in another one\.$/,
    );
  });
});

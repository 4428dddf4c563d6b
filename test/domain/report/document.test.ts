import { describe, expect, it } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { blockSchema } from '#domain/report/block.ts';
import { reportSchema } from '#domain/report/document.ts';
import { partsOf } from '#domain/report/words.ts';
import { madeReport } from '#test/support/reports.ts';

describe('a report', () => {
  it('is the same value after it was written as JSON and read again', () => {
    const report = madeReport();
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('has no table of which a row is shorter than the columns', () => {
    const table = { kind: 'table', caption: 'Fixes', rows: [['one']], whenEmpty: 'None.' };
    const columns = ['When', 'Where'].map((heading) => ({ heading, align: 'start', share: 1 }));
    expect(blockSchema.safeParse({ ...table, columns }).success).toBe(false);
  });
});

describe('words', () => {
  it('are pieces in order, whether one or several', () => {
    const at = instant(5);
    expect(partsOf('late')).toEqual(['late']);
    expect(partsOf({ at })).toEqual([{ at }]);
    expect(partsOf(['since ', { at }])).toEqual(['since ', { at }]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caseNoteKindSchema } from '#domain/casework/case-note.ts';
import { taskKindSchema } from '#domain/model/task-kind.ts';
import { reportKindSchema } from '#domain/report/kind.ts';
import { DATA_CLASSES, USUAL_DAYS } from '#domain/retention/data-class.ts';

const pageOf = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8');
const [api, reports, casework, dataLife] = ['api', 'reports', 'casework', 'data-life'].map(pageOf);

describe('given a kind that a case knows', () => {
  it.each(reportKindSchema.options)('the pages have the report %s', (kind) => {
    expect(reports).toContain(`\n| \`${kind}\` |`);
    expect(api).toContain(`\`${kind}\``);
  });

  it.each(caseNoteKindSchema.options)('the page of the API has the note %s', (kind) => {
    expect(api?.split('### Case notes')[1]?.split('\n### ')[0]).toContain(`\`${kind}\``);
  });

  it.each(taskKindSchema.options)('the pages have the task %s', (kind) => {
    expect(casework?.split('## Case notes')[0]).toContain(`\`${kind}\``);
    expect(api?.split('## Tasks')[1]?.split('\n## ')[0]).toContain(`\`${kind}\``);
  });

  it.each(DATA_CLASSES)('the page on the life of data has the days of %s', (dataClass) => {
    const { days, leastDays } = USUAL_DAYS[dataClass];
    const row = dataLife?.split('\n').find((line) => line.startsWith(`| \`${dataClass}\` |`));
    const cells = row?.split('|').map((cell) => cell.trim());
    expect(cells?.slice(3, 5)).toEqual([days.toLocaleString('en'), `${leastDays}`]);
  });
});

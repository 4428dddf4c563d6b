import type { Instant } from '../model/instant.ts';
import type { Block } from './block.ts';
import type { Report, Section } from './document.ts';
import type { ReportKind } from './kind.ts';
import type { Verification } from './verification.ts';

export const KIND_NAMES: Readonly<Record<ReportKind, string>> = {
  'breach-pack': 'Breach pack',
  'witness-statement': 'Witness statement',
  'progress-report': 'Progress report',
  'parole-report': 'Parole report',
  'weekly-log': 'Weekly log',
  dashboard: 'Agency dashboard',
};

/** A report as every rendering prints it: with what it is about, and how it can be verified. */
export type Printed = Readonly<{
  title: string;
  timeZone: string;
  /** As known when: the only date that a rendering bears. */
  madeAt: Instant;
  /** What the report is about, at the top of each page: never a name. */
  reference: string;
  sections: readonly Section[];
  verification: Verification;
}>;

const aboutIt = (report: Report): Block => {
  const { asked, subjectName, timeZone } = report;
  const { period, wearerId } = asked;
  return {
    kind: 'facts',
    caption: 'What was asked for',
    rows: [
      { label: 'Kind', value: KIND_NAMES[asked.kind] },
      ...(subjectName === null ? [] : [{ label: 'Person', value: subjectName }]),
      ...(wearerId === null ? [] : [{ label: 'Their reference', value: wearerId }]),
      { label: 'Agency', value: asked.agencyId },
      { label: 'From', value: { at: period.fromAt } },
      { label: 'Until', value: { at: period.untilAt } },
      { label: 'Local times are of', value: timeZone },
      { label: 'As known at', value: { at: asked.askedAt } },
      { label: 'Asked for by', value: asked.by },
      { label: 'Because', value: asked.why },
      { label: 'Report', value: asked.reportId },
    ],
  };
};

const howToVerify = ({ code, sha256, address }: Verification): Section => ({
  heading: 'How to verify this report',
  blocks: [
    {
      kind: 'paragraph',
      text:
        'The code below is made of everything in this report. Whoever holds a copy can look the code up at the ' +
        'address, and sees the kind of report, when it was made, and its SHA-256; nothing about anybody. The ' +
        'SHA-256 is that of the report as a JSON file, from which the agency can print the same pages again.',
    },
    {
      kind: 'facts',
      caption: 'Verification',
      rows: [
        { label: 'Verification code', value: code },
        { label: 'Address', value: address },
        { label: 'SHA-256 of the JSON file', value: sha256 },
      ],
    },
  ],
  parts: [],
});

/** Puts a report together for printing. */
export const printedOf = (report: Report, verification: Verification): Printed => ({
  title: report.title,
  timeZone: report.timeZone,
  madeAt: report.asked.askedAt,
  reference: report.asked.wearerId ?? report.asked.agencyId,
  sections: [
    { heading: 'About this report', blocks: [aboutIt(report)], parts: [] },
    ...report.sections,
    howToVerify(verification),
  ],
  verification,
});

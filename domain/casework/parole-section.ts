import * as z from 'zod';
import { type PersonId, paroleReportIdSchema, personIdSchema } from '../model/ids.ts';
import { type Instant, isoInstantSchema } from '../model/instant.ts';

/** The sections that a parole board expects of the officer, in their order. */
export const PAROLE_SECTIONS = {
  interviews: {
    heading: 'Interviews with the person',
    whyItMatters: 'The board cannot weigh what the person says of the offence and of the future.',
  },
  behaviourInCustody: {
    heading: 'Behaviour in custody',
    whyItMatters: 'The board cannot see how the person has lived since they were sentenced.',
  },
  releasePlan: {
    heading: 'Release and risk management plan',
    whyItMatters: 'The board cannot tell where and under what conditions the person would live.',
  },
  assessment: {
    heading: 'Assessment of risk',
    whyItMatters: 'The board has no professional judgement of the risk of serious harm.',
  },
  recommendation: {
    heading: 'Recommendation',
    whyItMatters: 'The officer has not said whether they recommend release, and why.',
  },
} as const;
export type ParoleSectionName = keyof typeof PAROLE_SECTIONS;

/** In the order in which they are read. */
export const PAROLE_SECTION_NAMES = [
  'interviews',
  'behaviourInCustody',
  'releasePlan',
  'assessment',
  'recommendation',
] as const satisfies readonly ParoleSectionName[];

/** What an officer wrote of one section. */
const sectionSchema = z.object({
  text: z.string().min(1).max(20_000),
  by: personIdSchema,
  writtenAt: isoInstantSchema,
});
type Section = z.infer<typeof sectionSchema>;

/** What is sent of one: written when it comes in, unless it says that it was before. */
const sentSectionSchema = sectionSchema.extend({ writtenAt: isoInstantSchema.optional() });

const each = <S extends z.ZodType>(schema: S) => ({
  interviews: schema,
  behaviourInCustody: schema,
  releasePlan: schema,
  assessment: schema,
  recommendation: schema,
});

/** A report to a parole board as it is kept, with what has been written of it so far. */
export const paroleReportSchema = z.object({
  reportId: paroleReportIdSchema,
  /** When the board sits; null: that is not known yet. */
  hearingAt: isoInstantSchema.nullable(),
  sections: z.object(each(sectionSchema.nullable())),
});
export type ParoleReport = z.infer<typeof paroleReportSchema>;

/** What is sent: a section that is left out stays as it is, and null takes it out. */
export const sentParoleReportSchema = z.object({
  reportId: paroleReportIdSchema,
  /** Who sends it. */
  by: personIdSchema,
  hearingAt: isoInstantSchema.nullable().optional(),
  sections: z.object(each(sentSectionSchema.nullable().optional())).default({}),
});
type SentParoleReport = z.infer<typeof sentParoleReportSchema>;

/** A section that is sent again in the same words by the same person was written when it was. */
const sectionFrom = (
  sent: SentParoleReport['sections'][ParoleSectionName],
  known: Section | null,
  now: Instant,
): Section | null => {
  if (sent === undefined) return known;
  if (sent === null) return null;
  const isSame = known !== null && known.text === sent.text && known.by === sent.by;
  return { ...sent, writtenAt: sent.writtenAt ?? (isSame ? known.writtenAt : now) };
};

/** The report with what is sent of it put in. */
export const paroleReportFrom = (
  { reportId, hearingAt, sections }: SentParoleReport,
  known: ParoleReport | null,
  now: Instant,
): ParoleReport => {
  const section = (name: ParoleSectionName) =>
    sectionFrom(sections[name], known?.sections[name] ?? null, now);
  return {
    reportId,
    hearingAt: hearingAt === undefined ? (known?.hearingAt ?? null) : hearingAt,
    sections: {
      interviews: section('interviews'),
      behaviourInCustody: section('behaviourInCustody'),
      releasePlan: section('releasePlan'),
      assessment: section('assessment'),
      recommendation: section('recommendation'),
    },
  };
};

/** A section as a report prints it: with who wrote it and when, or as missing. */
export type ParoleSectionView = Readonly<{ name: ParoleSectionName; heading: string }> &
  (
    | Readonly<{ is: 'written'; text: string; by: PersonId; writtenAt: Instant }>
    | Readonly<{ is: 'missing'; whyItMatters: string }>
  );

/** All sections of a report in their order; none is left out because nothing was written. */
export const paroleSections = (report: ParoleReport | null): ParoleSectionView[] =>
  PAROLE_SECTION_NAMES.map((name): ParoleSectionView => {
    const { heading, whyItMatters } = PAROLE_SECTIONS[name];
    const section = report?.sections[name] ?? null;
    return section === null
      ? { name, heading, is: 'missing', whyItMatters }
      : { name, heading, is: 'written', ...section };
  });

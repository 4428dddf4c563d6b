import * as z from 'zod';
import { noteIdSchema, personIdSchema } from '../model/ids.ts';
import { type Instant, isoInstantSchema } from '../model/instant.ts';

/** What a note of the case is about: that somebody was met or spoken to, or that something came. */
export const caseNoteKindSchema = z.enum([
  'meeting',
  'call',
  'letter',
  'message-from-wearer',
  'information-from-liaison',
  'home-visit',
  'family',
  'other',
]);
export type CaseNoteKind = z.infer<typeof caseNoteKindSchema>;

/**
 * What a note is called where case records of England and Wales list contacts by type; a type that
 * has a code there bears it.
 */
export const CONTACT_TYPES = {
  'information-from-ems-provider': { name: 'Information from EMS provider' },
  'information-to-ems': { name: 'Information to EMS' },
  'risk-notification-to-ems': { name: 'Risk notification to EMS' },
  'police-liaison': { name: 'Police liaison', code: 'C204' },
  'mappa-meeting': { name: 'MAPPA meeting' },
  marac: { name: 'MARAC' },
  'suicide-or-self-harm': { name: 'Suicide or self-harm information' },
  'health-and-social-service-liaison': { name: 'Health and social service liaison' },
  'parole-hearing-outcome': { name: 'Parole hearing - outcome' },
  'visor-information': { name: 'ViSOR information' },
} as const;

const contactTypeSchema = z
  .enum([
    'information-from-ems-provider',
    'information-to-ems',
    'risk-notification-to-ems',
    'police-liaison',
    'mappa-meeting',
    'marac',
    'suicide-or-self-harm',
    'health-and-social-service-liaison',
    'parole-hearing-outcome',
    'visor-information',
  ])
  .nullable();

/** A text message is never longer than this by far; what somebody writes may be. */
export const MOST_NOTE_CHARACTERS = 4_000;

/** What somebody writes of a contact with, or a message from, a wearer. */
export const writtenNoteSchema = z.object({
  noteId: noteIdSchema,
  kind: caseNoteKindSchema,
  /** Under which of the contact types of case records it goes, where it does. */
  contactType: contactTypeSchema.default(null),
  /** When it was, which may be long before it is written. */
  happenedAt: isoInstantSchema,
  /** Who writes it. */
  by: personIdSchema,
  withWhom: z.string().max(200).default(''),
  text: z.string().min(1).max(MOST_NOTE_CHARACTERS),
  /** Whether whoever writes it is worried about the wearer's own welfare. */
  concernsWelfare: z.boolean().default(false),
  /** Why it is written anew; null of what is written first. */
  amendment: z.string().min(1).max(500).nullable().default(null),
});

/** A note as it is kept: written by somebody, or come in as a text message by itself. */
export const caseNoteSchema = writtenNoteSchema.extend({
  by: personIdSchema.nullable(),
  /** Of a text message when it came in; null: it did not come in by itself. */
  receivedAt: isoInstantSchema.nullable(),
  /** How many wearers have the number that it came from: of more than one, nobody knows whose. */
  wearersWithNumber: z.number().int().min(1),
});
export type CaseNote = z.infer<typeof caseNoteSchema>;
export type WrittenNote = z.infer<typeof writtenNoteSchema>;

/** The note that somebody writes, as it is kept; of a text message what it is stays. */
export const noteFrom = (written: WrittenNote, known: CaseNote | null): CaseNote => ({
  ...written,
  receivedAt: known?.receivedAt ?? null,
  wearersWithNumber: known?.wearersWithNumber ?? 1,
});

/** Why a note cannot be written so, and in which field. */
export type NoteProblem = Readonly<{
  code: 'in-future' | 'already-written' | 'nothing-to-amend' | 'as-they-wrote-it';
  path: string;
  message: string;
}>;

const IN_FUTURE: NoteProblem = {
  ...{ code: 'in-future', path: 'happenedAt' },
  message: 'a note is written of what has happened',
};
const ALREADY_WRITTEN: NoteProblem = {
  ...{ code: 'already-written', path: 'amendment' },
  message: 'it has been written: say why it is amended, or write another note',
};
const NOTHING_TO_AMEND: NoteProblem = {
  ...{ code: 'nothing-to-amend', path: 'amendment' },
  message: 'nothing has been written under this id: leave the amendment out',
};
const asTheyWroteIt = (path: string): NoteProblem => ({
  ...{ code: 'as-they-wrote-it', path },
  message: 'it came in as a text message, and stays as it was written: write another note',
});

const OF_THEIRS = ['kind', 'happenedAt', 'text'] as const;

/**
 * What keeps a note from being written, or amended: what has been written stands, unless it is said
 * why it changes; and nobody changes the words of a wearer.
 */
export const noteProblems = (
  written: WrittenNote,
  known: CaseNote | null,
  now: Instant,
): NoteProblem[] => {
  const future = written.happenedAt > now ? [IN_FUTURE] : [];
  if (known === null) return written.amendment === null ? future : [...future, NOTHING_TO_AMEND];
  const theirs =
    known.receivedAt === null
      ? []
      : OF_THEIRS.filter((name) => written[name] !== known[name]).map(asTheyWroteIt);
  return [...future, ...(written.amendment === null ? [ALREADY_WRITTEN] : []), ...theirs];
};

/** Whether by this somebody has met or spoken to the wearer; what only comes in is no contact. */
export const isContact = ({ kind }: Pick<CaseNote, 'kind'>): boolean =>
  kind === 'meeting' || kind === 'call' || kind === 'home-visit';

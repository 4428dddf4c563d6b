import * as z from 'zod';
import { wearerIdSchema } from '../model/ids.ts';

/**
 * The kinds of documents that an agency has beside those of its wearers, in an order in which they
 * can be put: each after what it names. With each the path that it is put to.
 */
export const AGENCY_KINDS = {
  AREA: () => '/v1/area',
  RETENTION: () => '/v1/retention-policy',
  HOLIDAYS: (id: string) => `/v1/holidays/${id}`,
  PERSON: (id: string) => `/v1/people/${id}`,
  ROTA: (id: string) => `/v1/rotas/${id}`,
  POLICY: (id: string) => `/v1/policies/${id}`,
  TIMETABLE: (id: string) => `/v1/timetables/${id}`,
  ZONE: (id: string) => `/v1/zones/${id}`,
  'ZONE-LIST': (id: string) => `/v1/zone-lists/${id}`,
  THRESHOLDS: (id: string) => `/v1/threshold-policies/${id}`,
  LIAISON: (id: string) => `/v1/liaisons/${id}`,
} as const satisfies Record<string, (id: string) => string>;

export const agencyKindSchema = z.enum([
  ...(['AREA', 'RETENTION', 'HOLIDAYS', 'PERSON', 'ROTA', 'POLICY', 'TIMETABLE'] as const),
  ...(['ZONE', 'ZONE-LIST', 'THRESHOLDS', 'LIAISON'] as const),
]) satisfies z.ZodType<keyof typeof AGENCY_KINDS>;
export type AgencyKind = z.infer<typeof agencyKindSchema>;

/** Every id has this form; which of them it is follows from the line. */
const identifierSchema = z.string().refine((id) => wearerIdSchema.safeParse(id).success, 'no id');

const bodySchema = z.record(z.string(), z.unknown());

/** A line of everything that an agency has: a document of its own, or somebody on record. */
export const agencyLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('document'),
    of: agencyKindSchema,
    /** Empty where an agency has but one. It becomes a part of a path. */
    id: identifierSchema.or(z.literal('')),
    version: z.int().min(1),
    recordedAt: z.iso.datetime(),
    /** Whether the document is all there is of it: the zones of a zone list are kept apart. */
    isWhole: z.boolean(),
    document: bodySchema,
  }),
  z.strictObject({ kind: z.literal('wearer'), wearerId: identifierSchema, document: bodySchema }),
]);
export type AgencyLine = z.infer<typeof agencyLineSchema>;

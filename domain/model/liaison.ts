import * as z from 'zod';
import { alertClassSchema } from './alert-class.ts';
import { phoneSchema, webhookSchema } from './contact.ts';
import { liaisonIdSchema, policyIdSchema } from './ids.ts';
import { isoInstantSchema } from './instant.ts';
import { liaisonKindSchema } from './liaison-kind.ts';
import { oneLineSchema } from './one-line.ts';
import { pictureSchema } from './picture.ts';
import { severitySchema } from './severity.ts';

/** That nobody there accepts an alert, or that a task is overdue, is for people here alone. */
export const hearableClassSchema = alertClassSchema.exclude(['transfer', 'casework']);

/**
 * What of an alert may be disclosed, part by part, by the names that the parts have in an event.
 * What is not listed for a recipient is not in anything that it is sent, in whichever format.
 */
export const disclosableSchema = z.enum([
  'wearerRef',
  'person',
  'risk',
  'order',
  'power',
  'finding',
  'place',
  'area',
  'position',
  'reference',
  'contactBack',
  'outcome',
]);
export type Disclosable = z.infer<typeof disclosableSchema>;

/** How what a recipient is told is written. */
export const feedFormatSchema = z.enum(['cloudevents', 'cap', 'incident']);
export type FeedFormat = z.infer<typeof feedFormatSchema>;

/** How it gets there. Whatever the way, a recipient can also fetch its events. */
const deliverySchema = z.discriminatedUnion('by', [
  /** By the stack's topic, to the recipient's queue or HTTPS subscription. */
  z.object({ by: z.literal('topic'), ordered: z.boolean().default(false) }),
  /** Posted to its address, each message signed. */
  z.object({
    by: z.literal('https'),
    url: webhookSchema,
    /** Where exercises and tests go; null: they are fetched only. */
    exerciseUrl: webhookSchema.nullable().default(null),
  }),
  /** It fetches. */
  z.object({ by: z.literal('pull') }),
]);

/** A public key (RFC 7517) by which a recipient signs its answers: Ed25519 or P-256. */
const publicKeySchema = z.discriminatedUnion('kty', [
  z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    kid: z.string().min(1).max(64),
    x: z.string().regex(/^[\w-]{43}$/),
  }),
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    kid: z.string().min(1).max(64),
    x: z.string().regex(/^[\w-]{43}$/),
    y: z.string().regex(/^[\w-]{43}$/),
  }),
]);
export type PublicKey = z.infer<typeof publicKeySchema>;

/** That somebody there has to accept each alert, and who is called here when nobody does. */
const acceptanceSchema = z.object({
  /** Without a receipt for so long it is sent again. */
  receiptSeconds: z.number().int().min(10).max(3_600).default(30),
  /** Not accepted for so long, the policy below begins. */
  acceptSeconds: z.number().int().min(30).max(86_400).default(120),
  /** Who is called, in what order, as of any alert. */
  policyId: policyIdSchema,
});

/** It does not come any more, about anybody: it is sent nothing, and whoever counts on it knows. */
const withdrawnSchema = z.object({
  since: isoInstantSchema,
  reason: z.string().min(1).max(300),
});

/** A recipient outside the agency: what it may hear of, how, and on which basis. */
export const liaisonSchema = z
  .object({
    liaisonId: liaisonIdSchema,
    kind: liaisonKindSchema,
    name: oneLineSchema.pipe(z.string().min(1).max(100)),
    /** What it may be told of. */
    classes: z.array(hearableClassSchema).min(1).max(hearableClassSchema.options.length),
    leastSeverity: severitySchema.default('moderate'),
    fields: z.array(disclosableSchema).max(disclosableSchema.options.length),
    /** On which law each disclosure rests, and what for: both stand in the log of disclosures. */
    legalBasis: z.string().min(1).max(200),
    purpose: z.string().min(1).max(300),
    /** How it writes its own references; null: it gives out none. */
    referencePicture: pictureSchema.nullable().default(null),
    /** Whom it can call back at any hour. */
    contactBack: z.object({ name: oneLineSchema, phone: phoneSchema }).nullable().default(null),
    format: feedFormatSchema.default('cloudevents'),
    delivery: deliverySchema.default({ by: 'topic', ordered: false }),
    publicKeys: z.array(publicKeySchema).max(4).default([]),
    acceptance: acceptanceSchema.nullable().default(null),
    /** How many false calls about one wearer within twelve months it puts up with. */
    falseCallBudget: z.number().int().min(0).max(1_000).nullable().default(null),
    responseWithdrawn: withdrawnSchema.nullable().default(null),
  })
  .refine(({ kind, acceptance }) => acceptance === null || kind === 'police', {
    path: ['acceptance'],
    message: 'only a police force accepts or rejects; leave acceptance out',
  })
  .refine(({ fields }) => new Set(fields).size === fields.length, {
    path: ['fields'],
    message: 'name each field once',
  })
  .refine(({ delivery }) => delivery.by !== 'https' || delivery.url !== delivery.exerciseUrl, {
    path: ['delivery', 'exerciseUrl'],
    message: 'what is posted there is taken for real: give exercises an address of their own',
  })
  .refine(
    ({ publicKeys }) => new Set(publicKeys.map(({ kid }) => kid)).size === publicKeys.length,
    { path: ['publicKeys'], message: 'two keys have the same kid' },
  );
export type Liaison = z.infer<typeof liaisonSchema>;

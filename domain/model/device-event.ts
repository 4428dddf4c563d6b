import * as z from 'zod';
import { latitudeSchema, longitudeSchema } from '../geo/position.ts';
import { activationIdSchema } from './ids.ts';
import { instantSchema, isoInstantSchema } from './instant.ts';

/** Where a position comes from; a cell position never decides alone. */
export const fixSourceSchema = z.enum(['gnss', 'wifi', 'cell', 'rf']);
export const checkMethodSchema = z.enum(['home-unit', 'door', 'phone', 'face', 'visit']);
export const checkResultSchema = z.enum(['present', 'absent', 'failed', 'undetermined']);
export const motionSchema = z.enum(['moving', 'still', 'unknown']);
export const homeUnitSchema = z.enum(['seen', 'not-seen', 'unknown']);
/** What closes the device: open means that somebody may have opened it. */
const closureSchema = z.enum(['closed', 'open', 'unknown']);

export type FixSource = z.infer<typeof fixSourceSchema>;
export type CheckResult = z.infer<typeof checkResultSchema>;
export type Motion = z.infer<typeof motionSchema>;
export type HomeUnit = z.infer<typeof homeUnitSchema>;

/** The greatest sequence number a device may send: 32 bits, as the packed form holds it. */
export const MAX_SEQUENCE = 0xffff_ffff;

const stated = {
  activationId: activationIdSchema,
  sequence: z.number().int().min(0).max(MAX_SEQUENCE).default(0),
};

const fixFields = {
  kind: z.literal('fix'),
  lat: latitudeSchema,
  lon: longitudeSchema,
  /** Radius in metres, at `accuracyPercentile`; null or absent: the device does not say. */
  accuracyMetres: z.number().positive().max(100_000).nullable().default(null),
  accuracyPercentile: z.union([z.literal(68), z.literal(95)]).default(68),
  source: fixSourceSchema.default('gnss'),
  speedMps: z.number().min(0).max(600).nullable().default(null),
  headingDegrees: z.number().min(0).max(360).nullable().default(null),
  satellites: z.number().int().min(0).max(200).nullable().default(null),
  hdop: z.number().min(0).max(100).nullable().default(null),
  motion: motionSchema.default('unknown'),
  homeUnit: homeUnitSchema.default('unknown'),
};

const checkFields = {
  kind: z.literal('check'),
  method: checkMethodSchema,
  result: checkResultSchema,
};

const statusFields = {
  kind: z.literal('device-status'),
  batteryPercent: z.number().min(0).max(100).nullable().default(null),
  /** The device's own word for its battery, where it gives no share of it, or one besides. */
  battery: z.enum(['good', 'low', 'critical', 'unknown']).default('unknown'),
  charging: z.boolean().nullable().default(null),
  strap: closureSchema.default('unknown'),
  case: closureSchema.default('unknown'),
  /** Whether the home unit stands where it was set up. */
  homeUnitPlace: z.enum(['in-place', 'moved', 'unknown']).default('unknown'),
  motion: motionSchema.default('unknown'),
  /** What the receiver of satellites or of the mobile network makes of its surroundings. */
  reception: z.enum(['clear', 'jammed', 'shielded', 'unknown']).default('unknown'),
};

/** The three kinds as a device head-end sends them: `recordedAt` is ISO 8601 with an offset. */
export const sentEventSchema = z.discriminatedUnion('kind', [
  z.object({ ...stated, recordedAt: isoInstantSchema, ...fixFields }),
  z.object({ ...stated, recordedAt: isoInstantSchema, ...checkFields }),
  z.object({ ...stated, recordedAt: isoInstantSchema, ...statusFields }),
]);
export type SentEvent = z.infer<typeof sentEventSchema>;

const accepted = { ...stated, recordedAt: instantSchema, receivedAt: instantSchema };
export const fixSchema = z.object({ ...accepted, ...fixFields });
const checkSchema = z.object({ ...accepted, ...checkFields });
const deviceStatusSchema = z.object({ ...accepted, ...statusFields });

/** An accepted event: what was sent, with the instant at which we received it. */
export const deviceEventSchema = z.discriminatedUnion('kind', [
  fixSchema,
  checkSchema,
  deviceStatusSchema,
]);
export type DeviceEvent = z.infer<typeof deviceEventSchema>;
export type Fix = z.infer<typeof fixSchema>;
export type Check = z.infer<typeof checkSchema>;
export type DeviceStatus = z.infer<typeof deviceStatusSchema>;

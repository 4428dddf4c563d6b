import * as z from 'zod';
import { mobileSchema } from './contact.ts';
import { type ActivationId, activationIdSchema, headEndIdSchema, wearerIdSchema } from './ids.ts';
import { type Instant, instantSchema, isoInstantSchema } from './instant.ts';
import { nudgeChoiceSchema } from './nudge-choice.ts';

/** Who wears a device: somebody on monitoring, or somebody whom an order protects from them. */
const wearerKindSchema = z.enum(['wearer', 'protected-person']);

/** The person on monitoring. The name appears on pages and in reads, never in a log or a key. */
export const wearerSchema = z.object({
  wearerId: wearerIdSchema,
  kind: wearerKindSchema.default('wearer'),
  name: z.string().min(1).max(100),
  /** Where they are reminded of what they have to do; null: they are not. */
  mobile: mobileSchema.nullable().default(null),
  /** What they want of that. */
  nudges: nudgeChoiceSchema.prefault({}),
  /** Nobody real: their alerts are an exercise, and say so to everybody who is told. */
  isExercise: z.boolean().default(false),
});
export type Wearer = z.infer<typeof wearerSchema>;

/** What a head-end calls a device. It is part of a key, so it must be text that can be written. */
export const deviceSerialSchema = z
  .string()
  .min(1)
  .max(64)
  .refine((serial) => serial.isWellFormed(), 'not well-formed Unicode');

/** The maker's batch of a device: what fails in one of them often fails in the others. */
const deviceBatchSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '1 to 64 letters, digits, dots, dashes, underscores');

/** A device assigned to a wearer for an interval: devices are used again, activations are not. */
export const activationSchema = z
  .object({
    activationId: activationIdSchema,
    wearerId: wearerIdSchema,
    headEndId: headEndIdSchema,
    deviceSerial: deviceSerialSchema,
    deviceBatch: deviceBatchSchema.optional(),
    startsAt: instantSchema,
    endsAt: instantSchema.nullable(),
    /** When it came on record that it starts then: nothing of it could be taken before. */
    registeredAt: instantSchema.optional(),
  })
  .refine((a) => a.endsAt === null || a.endsAt > a.startsAt, {
    path: ['endsAt'],
    message: 'the activation ends before it starts',
  });
export type Activation = z.infer<typeof activationSchema>;

/** An activation as the administrator sends it; its id and wearer stand in the path. */
export const activationRequestSchema = z.object({
  headEndId: headEndIdSchema,
  deviceSerial: deviceSerialSchema,
  deviceBatch: deviceBatchSchema.optional(),
  startsAt: isoInstantSchema,
  endsAt: isoInstantSchema.nullable().default(null),
});

/** Whether the device was on the wearer at an instant: the end is not part of the interval. */
export const activationPhaseAt = (
  activation: Activation,
  at: Instant,
): 'before' | 'active' | 'ended' => {
  if (at < activation.startsAt) return 'before';
  return activation.endsAt !== null && at >= activation.endsAt ? 'ended' : 'active';
};

/** Whether something was recorded by a device that was on the wearer at the time. */
export const isOwned = (
  activations: readonly Activation[],
  recorded: Readonly<{ activationId: ActivationId; recordedAt: Instant }>,
): boolean =>
  activations.some(
    (activation) =>
      activation.activationId === recorded.activationId &&
      activationPhaseAt(activation, recorded.recordedAt) === 'active',
  );

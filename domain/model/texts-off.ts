import * as z from 'zod';
import { type Instant, instantSchema } from './instant.ts';

/** From when until when texts to somebody were off; until null: they are. */
export const textsOffSchema = z.object({ from: instantSchema, until: instantSchema.nullable() });
export type TextsOff = Readonly<z.infer<typeof textsOffSchema>>;

/** Whether no text went to somebody at an instant, as they had texted STOP. */
export const areTextsOffAt = (off: readonly TextsOff[], at: Instant): boolean =>
  off.some(({ from, until }) => from <= at && (until === null || at < until));

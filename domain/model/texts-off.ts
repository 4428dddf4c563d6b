import * as z from 'zod';
import { type Instant, instantSchema } from './instant.ts';

/** From when until when texts to somebody were off; `untilAt` null: they still are. */
export const textsOffSchema = z.object({
  fromAt: instantSchema,
  untilAt: instantSchema.nullable(),
});
export type TextsOff = Readonly<z.infer<typeof textsOffSchema>>;

/** Whether no text went to somebody at an instant, as they had texted STOP. */
export const areTextsOffAt = (textsOff: readonly TextsOff[], at: Instant): boolean =>
  textsOff.some(({ fromAt, untilAt }) => fromAt <= at && (untilAt === null || at < untilAt));

/** Since when they are off; null: they are on. */
export const textsStoppedAt = (textsOff: readonly TextsOff[]): Instant | null =>
  textsOff.find(({ untilAt }) => untilAt === null)?.fromAt ?? null;

/** The same times once somebody has texted STOP or START: what stands so already stays as it is. */
export const turned = (
  textsOff: readonly TextsOff[],
  kind: 'stop' | 'start',
  at: Instant,
): TextsOff[] => {
  const isOff = textsStoppedAt(textsOff) !== null;
  if (kind === 'stop') return isOff ? [...textsOff] : [...textsOff, { fromAt: at, untilAt: null }];
  return textsOff.map((one) => (one.untilAt === null ? { ...one, untilAt: at } : one));
};

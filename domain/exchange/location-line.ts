import * as z from 'zod';
import { checkResultSchema, type DeviceEvent, fixSourceSchema } from '../model/device-event.ts';
import { toIso } from '../model/instant.ts';
import {
  countSchema,
  metresSchema,
  moreSchema,
  saidAtSchema,
  saidIdSchema,
  saidPlace,
  saidWordSchema,
} from './said.ts';

const heard = {
  /** As the maker or the head-end names it: the serial. */
  deviceId: saidIdSchema,
  /** The device on this wearer for an interval, where the system knows such. */
  activationId: saidIdSchema.nullable(),
  sequence: countSchema.nullable(),
  /** By the device's clock; and by that of the system which received it. */
  recordedAt: saidAtSchema,
  receivedAt: saidAtSchema.nullable(),
  more: moreSchema.optional(),
};

const number = (least: number, most: number) => z.number().min(least).max(most).nullable();

const fixLineSchema = z.strictObject({
  kind: z.literal('fix'),
  ...{ ...heard, ...saidPlace, accuracyMetres: metresSchema },
  accuracyPercentile: number(0, 100),
  source: z.enum([...fixSourceSchema.options, 'unknown']),
  ...{ speedMps: number(0, 10_000), headingDegrees: number(0, 360) },
  ...{ satellites: countSchema.nullable(), hdop: number(0, 1_000_000) },
  ...{ motion: saidWordSchema.nullable(), homeUnit: saidWordSchema.nullable() },
});

const checkLineSchema = z.strictObject({
  ...{ kind: z.literal('check'), ...heard },
  ...{ method: saidWordSchema, result: checkResultSchema },
});

const statusLineSchema = z.strictObject({
  ...{ kind: z.literal('device-status'), ...heard },
  batteryPercent: number(0, 100),
  charging: z.boolean().nullable(),
  ...{ battery: saidWordSchema, strap: saidWordSchema, case: saidWordSchema },
  ...{ homeUnitPlace: saidWordSchema, motion: saidWordSchema, reception: saidWordSchema },
});

/** What a device said: where it was, or a check of a curfew, or how it is itself. */
export const locationLineSchema = z.discriminatedUnion('kind', [
  fixLineSchema,
  checkLineSchema,
  statusLineSchema,
]);
export type LocationLine = z.infer<typeof locationLineSchema>;

/** An event of the trail as a line; `deviceId` is the serial of its activation's device. */
export const locationLine = (event: DeviceEvent, deviceId: string): LocationLine => {
  const instants = { recordedAt: toIso(event.recordedAt), receivedAt: toIso(event.receivedAt) };
  return { ...event, ...instants, deviceId };
};

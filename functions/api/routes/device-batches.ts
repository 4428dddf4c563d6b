import * as z from 'zod';
import { batchRates } from '#domain/fleet/device-batches.ts';
import { DAY_SECONDS, secondsAfter, toIso } from '#domain/model/instant.ts';
import type { LoadDeviceBatches } from '../../adapters/dynamodb/device-batches.ts';
import { jsonResponse } from '../../middleware/http.ts';
import { readWith, unacceptable } from '../problems.ts';
import type { Route } from '../route.ts';

export type DeviceBatchRouteDeps = Readonly<{ loadDeviceBatches: LoadDeviceBatches }>;

const askedSchema = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** How often the devices of each batch are tampered with; those out of line first. */
export const listDeviceBatches =
  ({ loadDeviceBatches }: DeviceBatchRouteDeps): Route =>
  async (call) => {
    const asked = readWith(askedSchema, call.request.queryStringParameters ?? {});
    if (!asked.ok) return unacceptable(asked.problems);
    const period = {
      fromAt: secondsAfter(call.now, -DAY_SECONDS * asked.value.days),
      untilAt: call.now,
    };
    const { worn, tampers } = await loadDeviceBatches(call.agencyId, period);
    const rates = batchRates(worn, tampers, period).sort((a, b) => a.chance - b.chance);
    return jsonResponse(200, {
      ...{ from: toIso(period.fromAt), to: toIso(period.untilAt) },
      batches: rates.map(({ deviceDays, per1000DeviceDays, ...rate }) => ({
        ...rate,
        deviceDays: hundredths(deviceDays),
        per1000DeviceDays: hundredths(per1000DeviceDays),
      })),
    });
  };

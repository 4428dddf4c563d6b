import * as z from 'zod';
import { recipientKey, recipientSchema } from '#domain/model/recipient.ts';
import { recordKeyText } from '../adapters/dynamodb/stream-image.ts';
import type { StreamRecord } from '../middleware/batch.ts';

const bodySchema = z.object({ recipient: recipientSchema });

const recipientOf = (image: Readonly<Record<string, unknown>>): string => {
  const body = z.object({ S: z.string() }).safeParse(image.body);
  if (!body.success) return '';
  try {
    const read = bodySchema.safeParse(JSON.parse(body.data.S));
    return read.success ? recipientKey(read.data.recipient) : '';
  } catch {
    // Record: whoever relays the row says that it cannot be read.
    return '';
  }
};

/**
 * What a row is about: of one alert, what goes to one recipient. They hear of it in its order, and
 * one who cannot be told now holds up nobody else.
 */
export const aboutOf = (record: StreamRecord): string =>
  `${recordKeyText(record)} ${recipientOf(record.dynamodb.NewImage ?? {})}`;

import { readerSchema } from '#domain/record/reading.ts';

/** What is handed over says to whom; by whom and why, every reading does. */
export const recipientSchema = readerSchema.pick({ recipient: true }).required();

import { liaisonIdSchema } from '#domain/model/ids.ts';
import {
  disclosableSchema,
  hearableClassSchema,
  type Liaison,
  liaisonSchema,
} from '#domain/model/liaison.ts';

/** A police force that may be told everything; with what a test says otherwise. */
export const liaison = (fields: Readonly<Record<string, unknown>> = {}): Liaison =>
  liaisonSchema.parse({
    liaisonId: 'met',
    kind: 'police',
    name: 'Metropolitan Police',
    classes: hearableClassSchema.options,
    fields: disclosableSchema.options,
    legalBasis: 'Data Protection Act 2018, Part 3',
    purpose: 'Response to breaches of monitored conditions',
    ...fields,
  });

export const liaisonId = (id: string) => liaisonIdSchema.parse(id);

import * as z from 'zod';
import type { Agenda } from '../engine/agenda.ts';
import type { Outcome, SimulatedFunction } from '../engine/sandboxes.ts';
import type { Taken } from './queue.ts';

const responseSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })),
});

/** Which of a batch must be given again; null: all of it. */
export const failedIn = (outcome: Outcome): ReadonlySet<string> | null => {
  if (outcome.kind !== 'answered') return null;
  const { batchItemFailures } = responseSchema.parse(outcome.answer);
  return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
};

type Source = Readonly<{ take: () => Taken[]; consumer: SimulatedFunction; agenda: Agenda }>;

/** Lambda's polling of a queue: what was worked off is deleted, and the rest comes again. */
export const queueSource = ({ take, consumer, agenda }: Source) => {
  const pump = async (): Promise<void> => {
    if (!consumer.isFree()) {
      agenda.after(200, () => void pump());
      return;
    }
    const batch = take();
    if (batch.length === 0) return;
    agenda.after(0, () => void pump());
    const Records = batch.map(({ id, body }) => ({ messageId: id, body }));
    const failed = failedIn(await consumer.invoke({ Records }));
    if (failed === null) return;
    for (const { id, done } of batch) if (!failed.has(id)) done();
  };
  return (): void => void pump();
};

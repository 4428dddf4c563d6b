import type { Pipeline } from '#test/support/fakes/pipeline.ts';
import { alertsOf, asked } from './desk.ts';

/** The one wearer of the office. */
const W = { wearerId: 'w-1' };

type Named = Readonly<{ kind: string; alertId: string; epoch: number }>;

/** Puts a decision about the wearer; fails where it is refused. */
export const decides = (office: Pipeline, decisionId: string, body: object) =>
  asked(office, 'PUT /v1/wearers/{wearerId}/decisions/{decisionId}', {
    path: { ...W, decisionId },
    body: { orderId: 'o-1', by: 'officer', ...body },
  });

/** What the system proposes: each kind, with its grounds in words. */
export const proposed = async (office: Pipeline): Promise<[kind: string, ...words: string[]][]> => {
  const { proposals } = await asked(office, 'GET /v1/wearers/{wearerId}/proposals', { path: W });
  return proposals.map(
    ({ kind, grounds }: { kind: string; grounds: readonly { words: string }[] }) => [
      kind,
      ...grounds.map(({ words }) => words),
    ],
  );
};

/** What people here have to do about the wearer. */
export const toDo = async (
  office: Pipeline,
): Promise<readonly { kind: string; taskId: string }[]> =>
  (await asked(office, 'GET /v1/wearers/{wearerId}/tasks', { path: W })).tasks;

/** Somebody writes down what the wearer said, or who called. */
export const writes = (office: Pipeline, noteId: string, body: object) =>
  asked(office, 'PUT /v1/wearers/{wearerId}/notes/{noteId}', { path: { ...W, noteId }, body });

/** The alerts that somebody has in hand, the oldest first, and what a decision names of them. */
export const inHand = async (office: Pipeline): Promise<Named[]> =>
  (await alertsOf(office, 'acknowledged')).toReversed();

export const named = (alerts: readonly Named[]) => ({
  closes: alerts.map(({ alertId, epoch }) => ({ alertId, epoch })),
  considered: alerts.map(({ alertId: id }) => ({ kind: 'violation', id })),
});

/** Takes every open alert in hand. */
export const takesAll = async (office: Pipeline, ...people: readonly string[]): Promise<void> => {
  for (const { alertId } of await alertsOf(office, 'open')) {
    for (const personId of people) {
      const body = { personId };
      await asked(office, 'POST /v1/alerts/{alertId}/acknowledge', { path: { alertId }, body });
    }
  }
};

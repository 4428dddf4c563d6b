import type { Cloud } from '#local/cloud/cloud.ts';

/** When a message of events was done with, and how long after its receipt, milliseconds. */
export type Lag = Readonly<{ doneAt: number; milliseconds: number }>;

const RECEIVED_AT = /"receivedAt":(\d+)/;

/**
 * Notes, for each message of events, how long it took from its receipt, as ingest stamped it, until
 * evaluation was through with it and it was taken off the queue. On the machine's clock.
 */
export const watchLags = (cloud: Cloud) => {
  const lags: Lag[] = [];
  cloud.onMessageDone(cloud.queueUrl('EventsQueue'), (body) => {
    const [, receivedAt] = RECEIVED_AT.exec(body) ?? [];
    if (receivedAt === undefined) return;
    const doneAt = Date.now();
    lags.push({ doneAt, milliseconds: doneAt - Number(receivedAt) });
  });
  return {
    between: (from: number, until: number): number[] =>
      lags
        .filter(({ doneAt, milliseconds }) => {
          const receivedAt = doneAt - milliseconds;
          return receivedAt >= from && receivedAt < until;
        })
        .map(({ milliseconds }) => milliseconds),
  };
};
export type LagWatch = ReturnType<typeof watchLags>;

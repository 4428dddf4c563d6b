import { type InForce, timelineFrom } from '#domain/evaluate/timeline.ts';
import type { DeviceEvent } from '#domain/model/device-event.ts';
import type { WearerRef } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { packEvents } from '#domain/trail/pack-events.ts';
import { statePk } from '#functions/adapters/dynamodb/keys.ts';
import { NO_STATE, type StoredState } from '#functions/adapters/dynamodb/wearer-states.ts';
import type { Timer } from '#functions/adapters/scheduler/arm-timer.ts';
import { effects } from '#functions/evaluate/effects.ts';
import type { EvaluateDeps } from '#functions/evaluate/evaluate-deps.ts';
import { run } from '#functions/evaluate/run.ts';
import { keptParked } from './kept-parked.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { at, superviseWith, WEARER } from './supervisions.ts';

export const NOON = at('2026-03-02T12:00:00Z');
export const SUPERVISION = superviseWith(['curfew']);

/** What ingest puts on the queue of one wearer's events. */
export const message = (events: readonly DeviceEvent[], receivedAt: Instant, wearer = WEARER) => ({
  kind: 'events',
  ...wearer,
  receivedAt,
  packed: Buffer.from(packEvents(events)).toString('base64'),
});
export const tick = (dueAt: Instant) => ({ kind: 'tick', ...WEARER, dueAt });
export const changed = (changedAt: Instant) => ({
  ...{ kind: 'supervision-changed', ...WEARER, changedAt },
});

export type World = Readonly<{
  supervise?: (wearer: WearerRef) => InForce;
  deps?: Partial<EvaluateDeps>;
}>;

/** The evaluate function over states, timers and parked wearers in memory. */
export const evaluator = ({ supervise = () => SUPERVISION, deps = {} }: World = {}) => {
  const states = new Map<string, StoredState>();
  const find = async (wearer: WearerRef) => states.get(statePk(wearer)) ?? NO_STATE;
  const parked = keptParked(states);
  const parkedMessages: string[] = [];
  const saves: { epoch: number; types: string[] }[] = [];
  const armed: Timer[] = [];
  const sent: unknown[] = [];
  const loadLeashes = async (pairs: readonly WearerRef[]) =>
    pairs.map((pair) => states.get(statePk(pair))?.state?.leashes ?? {});
  const told = recordedTelemetry();
  const clock = { now: NOON, conflicts: 0 };
  const handle = run({
    now: () => clock.now,
    states: {
      load: async () => new Map(states),
      find,
      loadOne: find,
      loadLeashes,
      save: async ({ wearer, epoch, state, parkedAt, refoldFrom = null, beside, cause }) => {
        clock.conflicts -= 1;
        if (clock.conflicts >= 0 || epoch !== (await find(wearer)).epoch) return 'conflict';
        const types = beside.flatMap(({ Put, Update }) => {
          const key = Put?.Item?.sk?.S ?? Update?.Key?.sk?.S ?? '';
          return key.startsWith('VIOLATION#') ? [Put ? 'opened' : 'changed'] : [];
        });
        saves.push({ epoch, types });
        const stored = { epoch: epoch + 1, writeId: cause, state, parkedAt, refoldFrom };
        const saved = { ...stored, unreadable: null };
        states.set(statePk(wearer), saved);
        return 'saved';
      },
    },
    supervisions: async (wearer) => timelineFrom(supervise(wearer)),
    loadTimeline: async (wearer) => timelineFrom(supervise(wearer)),
    loadMarks: async () => [],
    effectsOf: effects({ monitoring: 'monitoring', trail: 'trail', record: 'record' }),
    trail: { slicesFrom: async () => [], lateFrom: async () => ({ events: [], keys: [] }) },
    armTimer: async (timer) => {
      armed.push(timer);
    },
    telemetry: told.telemetry,
    toPairs: {
      loadLeashes,
      events: {
        sendAll: async (messages) => {
          sent.push(...messages);
        },
      },
    },
    parking: parked.parking,
    learn: async () => undefined,
    askToLearn: async () => undefined,
    parkMessage: async (body) => {
      parkedMessages.push(body);
    },
    ...deps,
  });
  return { handle, sent, states, saves, armed, clock, parkedMessages, kept: parked.kept, ...told };
};

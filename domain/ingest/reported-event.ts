import type { FixSource } from '../model/device-event.ts';
import { type Instant, instant, toIso } from '../model/instant.ts';
import { type Activation, activationPhaseAt } from '../model/wearer.ts';
import type { EventRefusalCode, RawEvent, RefusedEvent } from './read-events.ts';

/** What a foreign client said, in our fields: of a device that it names by its serial. */
export type ReportedEvent = Readonly<{
  /** Of the message that said it: one message may make several events. */
  index: number;
  deviceSerial: string;
  recordedAt: Instant;
  fields: Readonly<Record<string, unknown>>;
}>;

/** A message that is no event of ours, and was not meant to be one. */
export type IgnoredMessage = Readonly<{ index: number; why: string }>;

/** What became of the messages of one POST. */
export type Translation = Readonly<{
  reported: readonly ReportedEvent[];
  refused: readonly RefusedEvent[];
  ignored: readonly IgnoredMessage[];
}>;

export const NOTHING_TRANSLATED: Translation = { reported: [], refused: [], ignored: [] };

/** A message of which nothing was taken: what was wrong with it, or why it is none of ours. */
export const notTaken = (index: number) => ({
  refused: (code: EventRefusalCode, path: string, message: string): Translation => ({
    ...NOTHING_TRANSLATED,
    refused: [{ index, code, path, message }],
  }),
  ignored: (why: string): Translation => ({ ...NOTHING_TRANSLATED, ignored: [{ index, why }] }),
});

export const joined = (translations: readonly Translation[]): Translation => ({
  reported: translations.flatMap(({ reported }) => reported),
  refused: translations.flatMap(({ refused }) => refused),
  ignored: translations.flatMap(({ ignored }) => ignored),
});

/**
 * From this stated radius on, metres, a position is taken for one of the mobile network: receivers
 * of satellites and Wi-Fi positioning state tens of metres, cells hundreds to thousands.
 */
const CELL_ACCURACY_METRES = 500;

/** The largest radius that an event states; whatever is vaguer is no better known. */
const LARGEST_ACCURACY_METRES = 100_000;

/** A stated radius, metres; null where a client states none, or 0 for none. */
export const accuracyOf = (value: unknown): number | null =>
  typeof value === 'number' && value > 0 ? Math.min(value, LARGEST_ACCURACY_METRES) : null;

export const sourceOf = (accuracyMetres: number | null): FixSource =>
  accuracyMetres !== null && accuracyMetres >= CELL_ACCURACY_METRES ? 'cell' : 'gnss';

/** A number within bounds, else null: what a client garbles beside a position is not known. */
export const within = (value: unknown, least: number, most: number): number | null =>
  typeof value === 'number' && value >= least && value <= most ? value : null;

export const wholeWithin = (value: unknown, least: number, most: number): number | null => {
  const known = within(value, least, most);
  return known === null ? null : Math.trunc(known);
};

/** A client's word for a kind, fit for a log line; a body may say anything. */
export const plainWord = (word: string): string =>
  /^\w{1,40}$/.test(word) ? word : 'of-another-kind';

/** The last second of the year 9999: ISO 8601 writes four digits of a year. */
const LAST_EPOCH_SECONDS = 253_402_300_799;

/** Epoch seconds as an instant, null where they are none. */
export const fromEpochSeconds = (value: unknown): Instant | null => {
  const seconds = within(value, 0, LAST_EPOCH_SECONDS);
  return seconds === null ? null : instant(Math.round(seconds * 1000));
};

/** The activation to judge an event by: the one that holds its instant, else the nearest before. */
const activationFor = (activations: readonly Activation[], at: Instant): Activation | null => {
  const inOrder = [...activations].sort((a, b) => a.startsAt - b.startsAt);
  return (
    inOrder.findLast((one) => activationPhaseAt(one, at) === 'active') ??
    inOrder.findLast((one) => activationPhaseAt(one, at) === 'ended') ??
    inOrder[0] ??
    null
  );
};

/**
 * Puts an event under the activation that its device had at that instant. One whose device has
 * none is refused here; one outside the interval is refused where every event is admitted.
 */
export const underActivation = (
  event: ReportedEvent,
  activations: readonly Activation[],
): RawEvent | RefusedEvent => {
  const { index, recordedAt, fields } = event;
  const activation = activationFor(activations, recordedAt);
  if (activation === null) {
    const message = 'no activation of this token names this device';
    return { index, code: 'activation-unknown', path: 'deviceSerial', message };
  }
  const { activationId } = activation;
  return { index, value: { ...fields, activationId, recordedAt: toIso(recordedAt) } };
};

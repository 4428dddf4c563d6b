import type { Item } from '../dynamodb/values.ts';
import type { Agenda } from '../engine/agenda.ts';
import type { Dice } from '../engine/dice.ts';
import type { SimulatedFunction } from '../engine/sandboxes.ts';
import type { Weather } from '../engine/weather.ts';
import { failedIn } from './queue-source.ts';

export type StreamRecord = Readonly<{
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  dynamodb: Readonly<{ Keys: Item; NewImage?: Item; SequenceNumber: string }>;
}>;

export type StreamProps = Readonly<{
  consumer: SimulatedFunction;
  filter: (record: StreamRecord) => boolean;
  mostRetries: number;
  agenda: Agenda;
  dice: Dice;
  weather: Weather;
}>;

type Lane = { records: StreamRecord[]; isBusy: boolean; tries: number; most: number };

/** A record is given up far more seldom than given twice. */
const GIVEN_UP_SHARE = 0.1;
const LANES = 3;
const MOST_RECORDS = 10;
const FIRST_PAUSE_MILLISECONDS = 100;
const MOST_PAUSE_MILLISECONDS = 30_000;

const laneOf = ({ dynamodb: { Keys } }: StreamRecord): number => {
  let sum = 0;
  for (const letter of Keys.pk?.S ?? '') sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % LANES;
};

/**
 * Lambda's reading of a table's stream: what is about one partition in its order, some of them at
 * once. A batch that fails is halved, tried again, and given up after its retries.
 */
export const streamSource = (props: StreamProps) => {
  const { agenda, dice, consumer } = props;
  const lanes = Array.from(
    { length: LANES },
    (): Lane => ({
      ...{ records: [], isBusy: false, tries: 0, most: MOST_RECORDS },
    }),
  );
  const givenUp: StreamRecord[] = [];

  const forward = (lane: Lane, by: number): void => {
    lane.records.splice(0, by);
    lane.tries = 0;
    lane.most = MOST_RECORDS;
  };

  const failedFrom = (lane: Lane, batch: readonly StreamRecord[], failed: string | null): void => {
    const place = batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failed);
    if (place > 0) forward(lane, place);
    lane.tries += 1;
    if (lane.tries > props.mostRetries) {
      givenUp.push(...lane.records.slice(0, 1));
      forward(lane, 1);
    } else if (place < 0) {
      lane.most = Math.max(1, Math.floor(batch.length / 2));
    }
    const pause = FIRST_PAUSE_MILLISECONDS * 2 ** lane.tries;
    agenda.after(Math.min(pause, MOST_PAUSE_MILLISECONDS), () => void pump(lane));
  };

  const pump = async (lane: Lane): Promise<void> => {
    if (lane.isBusy || lane.records.length === 0) return;
    // What Lambda has given up after all its tries is gone; the sweep must make that good.
    if (props.weather.ofDelivery('a stream that gives up', ['never'], GIVEN_UP_SHARE) !== null) {
      givenUp.push(...lane.records.slice(0, 1));
      forward(lane, 1);
      agenda.after(0, () => void pump(lane));
      return;
    }
    lane.isBusy = true;
    const batch = lane.records.slice(0, dice.between(1, lane.most));
    const failed = failedIn(await consumer.invoke({ Records: batch }));
    lane.isBusy = false;
    const [first = null] = failed ?? [];
    if (failed === null || first !== null) return failedFrom(lane, batch, first);
    // A shard's reader that loses its place gives some of it again.
    if (props.weather.ofDelivery('a stream', ['twice']) === null) forward(lane, batch.length);
    agenda.after(0, () => void pump(lane));
  };

  const put = (record: StreamRecord): void => {
    if (!props.filter(record)) return;
    const lane = lanes[laneOf(record)];
    lane?.records.push(record);
    if (lane !== undefined) agenda.after(dice.between(20, 250), () => void pump(lane));
  };
  return { put, givenUp };
};

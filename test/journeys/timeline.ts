import { expect } from 'vitest';
import { instant } from '#domain/model/instant.ts';
import { recordedSchema } from '#domain/response/on-record.ts';
import { recordWords } from '#domain/response/record-words.ts';
import { formatLocal } from '#domain/time/local-time.ts';
import type { Item } from '#functions/adapters/dynamodb/items.ts';
import type { Pipeline } from '#test/support/fakes/pipeline.ts';

/** Whose record, and in which zone its times are told. */
type Asked = Readonly<{ wearerId: string; timeZone?: string }>;

/** In the order of time; of one instant what was found first, and then what came of it. */
const placeOf = ({ sk }: Item): string => (sk?.S ?? '').replace('#EVALUATE#', '#1#');

/** The record of a wearer, line by line, in the order of time; as an officer would tell it. */
const timelineOf = (office: Pipeline, { wearerId, timeZone = 'Europe/London' }: Asked): string => {
  const lines = office
    .itemsOf('record')
    .filter(({ pk }) => pk?.S === `demo#WEARER#${wearerId}`)
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
    .map(({ type, at, body }) => {
      const told = Object(JSON.parse(body?.S ?? '{}'));
      const entry = { ...told, type: type?.S, at: instant(Date.parse(at?.S ?? '')) };
      const { data } = recordedSchema.safeParse(entry);
      if (data === undefined) throw new Error(`no entry of the record: ${JSON.stringify(entry)}`);
      return `${formatLocal(data.at, timeZone)}  ${recordWords(data)}`;
    });
  return `${lines.join('\n')}\n`;
};

/**
 * Holds the record of a wearer at the end of a journey to the timeline that is kept in
 * test/journeys/timelines: `vitest -u` writes it anew, for somebody to read.
 */
export const expectTimeline = async (
  office: Pipeline,
  name: string,
  asked: Asked = { wearerId: 'w-1' },
): Promise<void> => {
  await expect(timelineOf(office, asked)).toMatchFileSnapshot(`timelines/${name}.txt`);
};

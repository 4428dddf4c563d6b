import {
  type DynamoDBClient,
  PutItemCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { NO_EPISODES } from '#domain/escalate/episodes.ts';
import { type Episodes, episodesSchema } from '#domain/model/episodes.ts';
import type { AgencyId, WearerId, WearerRef } from '#domain/model/ids.ts';
import { documents } from './documents.ts';
import { conditionHeld } from './errors.ts';
import { episodesKey } from './hold-keys.ts';
import {
  type Item,
  json,
  keyItem,
  MalformedItem,
  number,
  readJson,
  readNumber,
  text,
} from './items.ts';

/** What goes on of a wearer, and the version that was read; 0 where there was none. */
export type EpisodesOf = Readonly<{ wearer: WearerRef; version: number; episodes: Episodes }>;

const episodesIn = (item: Item): Episodes => {
  try {
    return readJson(item, 'body', episodesSchema);
  } catch (error) {
    // Record: it is made anew by the next change; no alert ever waits for it.
    if (error instanceof MalformedItem) return NO_EPISODES;
    throw error;
  }
};

/** One item a wearer: saved with each alert that changes it, on the version that was read. */
export const episodeStore = (client: DynamoDBClient, TableName: string) => {
  const put = ({ wearer, version }: EpisodesOf, episodes: Episodes) => ({
    TableName,
    Item: {
      ...keyItem(episodesKey(wearer)),
      entity: text('EPISODES'),
      version: number(version + 1),
      body: json(episodes),
    },
    ConditionExpression: 'attribute_not_exists(pk) OR #version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': number(version) },
  });

  return {
    load: async (agencyId: AgencyId, wearerId: WearerId): Promise<EpisodesOf> => {
      const wearer = { agencyId, wearerId };
      const item = await documents(client, TableName).loadItem(episodesKey(wearer));
      if (item === null) return { wearer, version: 0, episodes: NO_EPISODES };
      return { wearer, version: readNumber(item, 'version'), episodes: episodesIn(item) };
    },

    put: (known: EpisodesOf, episodes: Episodes): TransactWriteItem => ({
      Put: put(known, episodes),
    }),

    /**
     * Lets nothing be saved any more that was decided on what was read: an alert that somebody
     * tried to open, and that may yet come late. False: it has come, or something else has.
     */
    fence: (known: EpisodesOf): Promise<boolean> =>
      // Record: where it did not hold the caller reads, and decides, again.
      conditionHeld(client.send(new PutItemCommand(put(known, known.episodes)))),
  };
};
export type EpisodeStore = ReturnType<typeof episodeStore>;

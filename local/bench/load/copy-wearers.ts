import {
  type AttributeValue,
  BatchWriteItemCommand,
  DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { compileZone } from '#domain/geo/compiled-zone.ts';
import { encodeZone } from '#domain/geo/zone-codec.ts';
import { parseZoneShape } from '#domain/geo/zone-shape.ts';
import type { Cloud } from '#local/cloud/cloud.ts';
import { timetableOf, zoneOf } from './population/documents.ts';
import { hasZone, type Wearer } from './population/wearer.ts';

/** A row of a table. */
export type Row = Record<string, AttributeValue>;

/** What the API wrote of one wearer, to be written again for others like them. */
export type Pattern = Readonly<{ wearer: Wearer; rows: readonly Row[] }>;

const compiledZone = (wearer: Wearer): Uint8Array => {
  const read = parseZoneShape(zoneOf(wearer).shape);
  if (!read.ok) throw new Error(`The zone of ${wearer.wearerId} is unsound.`);
  return encodeZone(compileZone(read.shape));
};

/** Every text that stands for a wearer in what is on record of them, always in the same order. */
const textsOf = (wearer: Wearer): string[] => {
  const { shape } = zoneOf(wearer);
  const circle = shape.type === 'Circle' ? shape : null;
  return [
    ...[wearer.wearerId, wearer.activationId, `Wearer ${wearer.number}"`],
    ...[wearer.home.lat, wearer.home.lon, circle?.centre.lat, circle?.centre.lon].map(String),
    `"radiusMetres":${circle?.radiusMetres}`,
    timetableOf(wearer.aheadMinutes).timetableId,
  ];
};

/** Matches a text as it stands; a number only as a whole. */
const patternOf = (text: string): string => {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return /^-?\d/.test(text) ? `(?<![\\d.-])${escaped}(?![\\d.])` : `${escaped}(?!\\d)`;
};

/** The same rows for another wearer: every text that stands for the one stands for the other. */
export const rowsFor = ({ wearer: pattern, rows }: Pattern, wearer: Wearer): Row[] => {
  const own = textsOf(pattern);
  const others = new Map(own.map((text, i) => [text, textsOf(wearer)[i] ?? text]));
  const anyOfOwn = new RegExp(own.map(patternOf).join('|'), 'g');
  const renamed = (text: string): string =>
    text.replace(anyOfOwn, (found) => others.get(found) ?? found);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]): [string, AttributeValue] => {
        if (value.S !== undefined) return [name, { S: renamed(value.S) }];
        return [name, name === 'compiled' && hasZone(wearer) ? { B: compiledZone(wearer) } : value];
      }),
    ),
  );
};

const isAbout = (row: Row, { wearerId, activationId }: Wearer): boolean =>
  Object.values(row).some(({ S = '' }) => S.includes(wearerId) || S.includes(activationId));

/** Notices that were sent are nobody's record; evaluation finds the orders by itself. */
const isNotice = ({ sk }: Row): boolean => sk?.S?.startsWith('OUTBOX#') ?? false;

const MOST_ROWS_A_WRITE = 25;
const AT_ONCE = 4;

export const monitoringRows = (cloud: Cloud) => {
  const client = new DynamoDBClient({
    endpoint: cloud.endpointUrl,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  });
  const TableName = cloud.tableName('MonitoringTable');

  /** The rows that the API wrote of some wearers. */
  const patternsOf = async (wearers: readonly Wearer[]): Promise<Pattern[]> => {
    const all: Row[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) all.push(...Items);
    return wearers.map((wearer) => ({
      wearer,
      rows: all.filter((row) => isAbout(row, wearer) && !isNotice(row)),
    }));
  };

  const writeSome = async (rows: readonly Row[]): Promise<void> => {
    let left = rows.map((Item) => ({ PutRequest: { Item } }));
    while (left.length > 0) {
      const RequestItems = { [TableName]: left.splice(0, MOST_ROWS_A_WRITE) };
      const { UnprocessedItems = {} } = await client.send(
        new BatchWriteItemCommand({ RequestItems }),
      );
      for (const { PutRequest } of UnprocessedItems[TableName] ?? []) {
        if (PutRequest?.Item !== undefined)
          left = [...left, { PutRequest: { Item: PutRequest.Item } }];
      }
    }
  };

  /** Writes rows, given in groups, some groups at a time. */
  const write = async (groups: Iterable<readonly Row[]>): Promise<void> => {
    const next = groups[Symbol.iterator]();
    const work = async (): Promise<void> => {
      for (let one = next.next(); one.done !== true; one = next.next()) await writeSome(one.value);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };

  return { patternsOf, write, close: () => client.destroy() };
};

import * as z from 'zod';
import { coreSchema } from '#domain/evaluate/core.ts';
import { type Leashes, leashesSchema } from '#domain/evaluate/pair/leash.ts';
import { safeDiscSchema } from '#domain/evaluate/safe-disc.ts';
import type { WearerState } from '#domain/evaluate/wearer-state.ts';
import { positionSchema } from '#domain/geo/position.ts';
import { watchIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { instantSchema } from '#domain/model/instant.ts';
import { packEvents, unpackEvents } from '#domain/trail/pack-events.ts';
import {
  binary,
  type Item,
  json,
  number,
  packJson,
  readBinary,
  readJson,
  readNumber,
  readPackedJson,
  readText,
  text,
} from './items.ts';

const anchorsSchema = z.partialRecord(
  watchIdSchema,
  positionSchema.extend({ clearanceMetres: z.number() }),
);

const foldedSchema = z.object({
  snapshot: coreSchema,
  core: coreSchema,
  anchors: anchorsSchema,
  disc: safeDiscSchema.nullable(),
});

const pairsSchema = z.array(wearerIdSchema);

/** How far each of a pair may go untold, as its item says. Throws MalformedItem. */
export const leashesFrom = (item: Item): Leashes =>
  item.leashes === undefined ? {} : readJson(item, 'leashes', leashesSchema);

/** A wearer's state from its item. Throws MalformedItem, or what its parts throw. */
export const stateFrom = (item: Item): WearerState => {
  const { snapshot, core, anchors, disc } = readPackedJson(item, 'folded', foldedSchema);
  return {
    supervisionKey: readText(item, 'supervision'),
    slice: {
      startedAt: instantSchema.parse(readNumber(item, 'startedAt')),
      // Unknown of states of before it was kept: then it is that of the supervision.
      supervisionKey: item.era?.S ?? '',
      snapshot,
      inputs: unpackEvents(readBinary(item, 'inputs')),
    },
    core,
    settledUntil: instantSchema.parse(readNumber(item, 'settledUntil')),
    anchors,
    disc,
    nextDueAt:
      item.nextDueAt === undefined ? null : instantSchema.parse(readNumber(item, 'nextDueAt')),
    pairs: item.pairs === undefined ? [] : readJson(item, 'pairs', pairsSchema),
    leashes: leashesFrom(item),
  };
};

const ofPairs = ({ pairs = [], leashes = {} }: WearerState): Item => ({
  ...(pairs.length === 0 ? {} : { pairs: json(pairs) }),
  ...(Object.keys(leashes).length === 0 ? {} : { leashes: json(leashes) }),
});

/** What an item holds of a state itself; when it is due stands beside it. */
export const stateAttributes = (state: WearerState): Item => {
  const { slice, core, anchors, disc } = state;
  return {
    supervision: text(state.supervisionKey),
    era: text(slice.supervisionKey),
    startedAt: number(slice.startedAt),
    inputs: binary(packEvents(slice.inputs)),
    folded: packJson({ snapshot: slice.snapshot, core, anchors, disc }),
    settledUntil: number(state.settledUntil),
    ...ofPairs(state),
  };
};

import type { SimulatedDynamoDb } from '../dynamodb/database.ts';
import type { Item } from '../dynamodb/values.ts';
import { naiveOnCall } from './naive-rota.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Who may be told of an alert, worked out from what stands on record in the plainest way. */
export type NaiveReach = Readonly<{
  /** The people whom a target means at an instant. */
  peopleOf: (target: Fields, wearerId: string, at: number) => string[];
  /** The channels on which a person is told at once, such as `sms`. */
  channelsOf: (personId: string) => string[];
}>;

const bodyOf = (item: Item | undefined): Fields => JSON.parse(item?.body?.S ?? '{}');

export const naiveReach = (db: SimulatedDynamoDb): NaiveReach => {
  const find = (pk: string, sk: string): Item | undefined => {
    for (const item of db.itemsOf('monitoring')) {
      if (item.pk?.S === `demo#${pk}` && item.sk?.S === sk) return item;
    }
    return undefined;
  };

  const onCall = (rotaId: string, at: number): string[] => {
    const item = find(`ROTA#${rotaId}`, 'CURRENT');
    return item === undefined ? [] : naiveOnCall(bodyOf(item), at);
  };

  const peopleOf = (target: Fields, wearerId: string, at: number): string[] => {
    switch (target.kind) {
      case 'responsible-officer':
        return [String(bodyOf(find(`WEARER#${wearerId}`, 'ORDER#o-1')).responsibleOfficer)];
      case 'person':
        return [String(target.personId)];
      case 'rota':
        return onCall(String(target.rotaId), at);
      default:
        return [];
    }
  };

  const channelsOf = (personId: string): string[] => {
    const item = find(`PERSON#${personId}`, 'CURRENT');
    const { mobile, email } = bodyOf(item);
    return [...(mobile ? ['sms'] : []), ...(email ? ['email'] : [])];
  };

  return { peopleOf, channelsOf };
};

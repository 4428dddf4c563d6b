import type { SimulatedDynamoDb } from '../dynamodb/database.ts';
import type { Item } from '../dynamodb/values.ts';

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
    if (item === undefined) return [];
    const { shifts, otherwise } = bodyOf(item);
    let found = String(otherwise);
    let since = Number.NEGATIVE_INFINITY;
    for (const { personId, startsAt, endsAt } of Array.isArray(shifts) ? shifts : []) {
      const [from, until] = [Date.parse(startsAt), Date.parse(endsAt)];
      if (from <= at && at < until && from > since) {
        found = String(personId);
        since = from;
      }
    }
    return [found];
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

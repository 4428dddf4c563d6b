import { REASONS } from '#domain/model/reasons.ts';
import type { Violation } from '#domain/model/violation.ts';
import type { SimulatedDynamoDb } from '../dynamodb/database.ts';
import type { Item } from '../dynamodb/values.ts';
import { isWithinHours } from './naive-clock.ts';
import { naiveOnCall } from './naive-rota.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Who may be told of an alert, worked out from what stands on record in the plainest way. */
export type NaiveReach = Readonly<{
  /** The people whom a target means at an instant. */
  peopleOf: (target: Fields, wearerId: string, at: number) => string[];
  /** The channels on which a person is told at once, such as `sms`. */
  channelsOf: (personId: string) => string[];
  /** Whether somebody wants to be left alone with what can wait. */
  isQuiet: (personId: string, at: number) => boolean;
}>;

const USUAL = ['sms', 'push', 'email', 'webhook'].map((channel) => ({ channel, afterSeconds: 0 }));

const bodyOf = (item: Item | undefined): Fields => JSON.parse(item?.body?.S ?? '{}');
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value : []);

/** Whether somebody can be kept safe by whoever is told: that waits for nobody's quiet hours. */
export const isForSafety = ({ reason }: Pick<Violation, 'reason'>): boolean =>
  REASONS[reason].gravity > 0 && REASONS[reason].telling === 'alert';

export const naiveReach = (db: SimulatedDynamoDb): NaiveReach => {
  const find = (pk: string, sk: string): Fields =>
    bodyOf(db.itemOf('monitoring', `demo#${pk}`, sk));

  const peopleOf = (target: Fields, wearerId: string, at: number): string[] => {
    switch (target.kind) {
      case 'responsible-officer':
        return [String(find(`WEARER#${wearerId}`, 'ORDER#o-1').responsibleOfficer)];
      case 'person':
        return [String(target.personId)];
      case 'rota':
        return naiveOnCall(find(`ROTA#${target.rotaId}`, 'CURRENT'), at);
      default:
        return [];
    }
  };

  /** What a channel of somebody is good for, by what is known of it at the address they have. */
  const worthOf = (personId: string, channel: string, address: unknown): string => {
    const known: Fields = Object(find(`PERSON#${personId}`, 'CONTACTS').channels);
    const own: Fields = Object(known[channel]);
    const isOwn = own.address === address;
    if (isOwn && typeof own.stoppedAt === 'number') return 'stopped';
    const text: Fields = Object(known.sms);
    const isText = channel === 'voice' && text.address === address && !text.stoppedAt;
    const isVerified = (isOwn && own.verified) || (isText && text.verified);
    return isVerified ? 'good' : 'unverified';
  };

  const channelsOf = (personId: string): string[] => {
    const person = find(`PERSON#${personId}`, 'CURRENT');
    const rules = person.tellBy === undefined ? USUAL : listOf(person.tellBy);
    const isCalled = rules.some(({ channel }) => channel === 'voice');
    const voice = person.phone ?? (isCalled ? person.mobile : null);
    const addresses: Fields = { sms: person.mobile, email: person.email, voice };
    const rest = Object.keys(addresses)
      .filter((channel) => rules.every((rule) => rule.channel !== channel))
      .map((channel): Fields => ({ channel, afterSeconds: null }));
    const all = [...rules, ...rest].flatMap(({ channel, afterSeconds }) => {
      const address = addresses[String(channel)] ?? null;
      if (address === null) return [];
      return [
        {
          channel: String(channel),
          afterSeconds,
          worth: worthOf(personId, String(channel), address),
        },
      ];
    });
    const good = all.filter(({ worth }) => worth === 'good');
    const used = good.length > 0 ? good : all.filter(({ worth }) => worth === 'unverified');
    const atOnce = used.filter(({ afterSeconds }) => afterSeconds === 0);
    return (atOnce.length > 0 ? atOnce : used.slice(0, 1)).map(({ channel }) => channel);
  };

  const isQuiet = (personId: string, at: number): boolean => {
    const { quietHours = null } = find(`PERSON#${personId}`, 'CURRENT');
    return quietHours !== null && isWithinHours(Object(quietHours), at);
  };

  return { peopleOf, channelsOf, isQuiet };
};

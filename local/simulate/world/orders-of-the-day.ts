import type { Dice } from '../engine/dice.ts';
import type { Happening } from './happenings.ts';
import type { Office } from './office.ts';
import { type Span, within } from './span.ts';

const MINUTE = 60_000;

const iso = (at: number): string => new Date(at).toISOString();

const peopleOf = ({ tempers }: Office): string[] => tempers.map(({ personId }) => personId);

/** Somebody stands in, comes in addition, or is taken off, while alerts go on. */
export const drawOverrides = (dice: Dice, span: Span, office: Office): Happening[] =>
  office.rotaIds.flatMap((rotaId) =>
    Array.from({ length: dice.pick([0, 0, 1, 2]) }, (_, nth): Happening => {
      const at = within(dice, span);
      const [personId, insteadOf] = [dice.pick(peopleOf(office)), dice.pick(peopleOf(office))];
      const kind = dice.pick(['add', 'remove', 'replace'] as const);
      const startsAt = at + dice.below(20) * MINUTE;
      const body = {
        ...{ overrideId: `change-${nth}`, kind, personId, by: personId, reason: 'ill' },
        ...(kind === 'replace' ? { insteadOf } : {}),
        ...{ startsAt: iso(startsAt), endsAt: iso(startsAt + dice.between(20, 240) * MINUTE) },
      };
      const route = '/v1/rotas/{rotaId}/overrides';
      return { kind: 'put', at, put: { method: 'POST', route, path: { rotaId }, body } };
    }),
  );

const PAUSE = '/v1/pauses/{pauseId}';

const drawScope = (dice: Dice, { wearerIds }: Office): object => {
  const kind = dice.pick(['agency', 'wearer', 'kinds'] as const);
  if (kind === 'wearer') return { kind, wearerId: dice.pick(wearerIds) };
  return kind === 'kinds' ? { kind, kinds: ['device-care'] } : { kind };
};

/** Maintenance: alerts are paused, agreed to by a second person or not, ended early or put off. */
export const drawPauses = (dice: Dice, span: Span, office: Office): Happening[] =>
  Array.from({ length: dice.pick([0, 0, 0, 1, 2]) }, (_, nth) => nth).flatMap((nth) => {
    const at = within(dice, span, 0.5);
    const path = { pauseId: `pause-${nth}` };
    const [by, second] = [dice.pick(peopleOf(office)), dice.pick(peopleOf(office))];
    const startsAt = at + dice.below(10) * MINUTE;
    const withSafety = dice.happens(0.5);
    const minutes = dice.between(10, 120);
    const request = { scope: drawScope(dice, office), reason: 'maintenance', by, withSafety };
    const put = (from: number, lasts: number): Happening => {
      const body = { ...request, startsAt: iso(startsAt), endsAt: iso(startsAt + lasts * MINUTE) };
      return { kind: 'put', at: from, put: { route: PAUSE, path, body } };
    };
    const agreed: Happening = {
      ...{ kind: 'put', at: at + dice.below(10 * MINUTE) },
      put: { method: 'POST', route: `${PAUSE}/second`, path, body: { personId: second } },
    };
    const changed = put(at + dice.below(60 * MINUTE), dice.between(5, 180));
    return [
      put(at, minutes),
      ...(withSafety ? [agreed] : []),
      ...(dice.happens(0.4) ? [changed] : []),
    ].filter((one) => one.at < span.stormUntil);
  });

/** Somebody is worried about a wearer, and says so. */
export const drawConcerns = (dice: Dice, span: Span, office: Office): Happening[] => {
  if (dice.happens(0.8)) return [];
  const path = { wearerId: dice.pick(office.wearerIds), concernId: 'worry-1' };
  const personId = dice.pick(peopleOf(office));
  const body = { personId, orderId: 'o-1', saying: 'has not eaten for days' };
  const route = '/v1/wearers/{wearerId}/concerns/{concernId}';
  return [{ kind: 'put', at: within(dice, span, 0.6), put: { route, path, body } }];
};

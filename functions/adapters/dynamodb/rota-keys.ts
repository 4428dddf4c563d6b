import type { AgencyId, PersonId, RotaId } from '#domain/model/ids.ts';
import { type Key, sharedKey } from './keys.ts';

/** Names each rota of an agency. */
export const rotasPk = (agencyId: AgencyId): string => `${agencyId}#ROTAS`;

export const listedRotaKey = (agencyId: AgencyId, rotaId: RotaId): Key => ({
  pk: rotasPk(agencyId),
  sk: rotaId,
});

/** Which link opens a person's shifts; beside the person. */
export const shiftCalendarKey = (agencyId: AgencyId, personId: PersonId): Key => ({
  pk: sharedKey(agencyId, 'PERSON', personId).pk,
  sk: 'SHIFT_CALENDAR',
});

/** Whose shifts a link opens, by the hash of its secret. */
export const calendarLinkKey = (agencyId: AgencyId, sha256: string): Key => ({
  pk: `${agencyId}#SHIFT_CALENDAR#${sha256}`,
  sk: 'LINK',
});

import type { AgencyId, AlertId, PauseId, PersonId, WearerRef } from '#domain/model/ids.ts';
import { type Instant, toIso } from '#domain/model/instant.ts';
import { type Key, wearerPk } from './keys.ts';

/** What goes on of a wearer: outside the range in which their orders lie. */
export const episodesKey = (wearer: WearerRef): Key => ({ pk: wearerPk(wearer), sk: 'WEARER#NOW' });

/** All pauses of an agency: whoever is about to be told of an alert asks for them. */
export const pausesPk = (agencyId: AgencyId): string => `${agencyId}#PAUSES`;
export const PAUSE_PREFIX = 'PAUSE#';

export const pauseKey = (agencyId: AgencyId, pauseId: PauseId): Key => ({
  pk: pausesPk(agencyId),
  sk: `${PAUSE_PREFIX}${pauseId}`,
});

/** The alerts that a pause has held, in the order in which they came. */
export const pausedPk = (agencyId: AgencyId, pauseId: PauseId): string =>
  `${agencyId}#PAUSED#${pauseId}`;

export const pausedKey = (
  agencyId: AgencyId,
  pauseId: PauseId,
  { at, alertId }: Readonly<{ at: Instant; alertId: AlertId }>,
): Key => ({ pk: pausedPk(agencyId, pauseId), sk: `ALERT#${toIso(at)}#${alertId}` });

/** What somebody was texted lately. */
export const throttleKey = (agencyId: AgencyId, personId: PersonId): Key => ({
  pk: `${agencyId}#TEXTED#${personId}`,
  sk: 'TEXTED',
});

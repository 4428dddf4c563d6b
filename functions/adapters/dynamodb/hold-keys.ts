import type { WearerRef } from '#domain/model/ids.ts';
import { type Key, wearerPk } from './keys.ts';

/** What goes on of a wearer: outside the range in which their orders lie. */
export const episodesKey = (wearer: WearerRef): Key => ({ pk: wearerPk(wearer), sk: 'WEARER#NOW' });

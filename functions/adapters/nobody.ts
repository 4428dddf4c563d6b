import type { Roster } from '#domain/escalate/roster.ts';
import { personIdSchema } from '#domain/model/ids.ts';

/** The roster of an alert that does not exist: nobody is told of it. */
export const NOBODY: Roster = {
  responsibleOfficer: personIdSchema.parse('nobody'),
  contacts: [],
  rotas: [],
  holidays: new Map(),
  liaisons: [],
};

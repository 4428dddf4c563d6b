import * as z from 'zod';

/**
 * Identifiers are chosen by the agency and travel in keys, queues, links and file names: letters,
 * digits, dot, dash and underscore only, so that none of those needs escaping. Never a name.
 */
const identifier = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'an id has 1 to 64 letters, digits, dots, dashes or underscores and starts with a letter or digit',
  );

export const agencyIdSchema = identifier.brand<'AgencyId'>();
export const wearerIdSchema = identifier.brand<'WearerId'>();
export const orderIdSchema = identifier.brand<'OrderId'>();
export const conditionIdSchema = identifier.brand<'ConditionId'>();
export const zoneIdSchema = identifier.brand<'ZoneId'>();
export const timetableIdSchema = identifier.brand<'TimetableId'>();
export const activationIdSchema = identifier.brand<'ActivationId'>();
export const zoneListIdSchema = identifier.brand<'ZoneListId'>();
export const headEndIdSchema = identifier.brand<'HeadEndId'>();
export const personIdSchema = identifier.brand<'PersonId'>();
export const policyIdSchema = identifier.brand<'PolicyId'>();
export const thresholdPolicyIdSchema = identifier.brand<'ThresholdPolicyId'>();
export const rotaIdSchema = identifier.brand<'RotaId'>();
export const holidaysIdSchema = identifier.brand<'HolidaysId'>();
export const pauseIdSchema = identifier.brand<'PauseId'>();
export const layerIdSchema = identifier.brand<'LayerId'>();
export const overrideIdSchema = identifier.brand<'OverrideId'>();
export const liaisonIdSchema = identifier.brand<'LiaisonId'>();
export const permissionIdSchema = identifier.brand<'PermissionId'>();
export const visitIdSchema = identifier.brand<'VisitId'>();
export const importIdSchema = identifier.brand<'ImportId'>();
export const concernIdSchema = identifier.brand<'ConcernId'>();
export const taskIdSchema = identifier.brand<'TaskId'>();
export const decisionIdSchema = identifier.brand<'DecisionId'>();
/** A legal hold: nothing of its wearer is erased. */
export const holdIdSchema = identifier.brand<'HoldId'>();
/** A stretch of time at a level of supervision. */
export const levelIdSchema = identifier.brand<'LevelId'>();
export const noteIdSchema = identifier.brand<'NoteId'>();
export const paroleReportIdSchema = identifier.brand<'ParoleReportId'>();
/** A test that a liaison is sent. */
export const testIdSchema = identifier.brand<'TestId'>();
export const reportIdSchema = identifier.brand<'ReportId'>();
export const tokenIdSchema = identifier.brand<'TokenId'>();

/**
 * Made of several identifiers: a page's id names wearer, condition, instant, step and recipient.
 */
const derived = z.string().min(1).max(300);
/** A condition's id, with what tells its watches apart: `home`, `home.accumulated`. */
export const watchIdSchema = derived.brand<'WatchId'>();
export const violationIdSchema = derived.brand<'ViolationId'>();
export const alertIdSchema = derived.brand<'AlertId'>();
export const pageIdSchema = derived.brand<'PageId'>();

export type AgencyId = z.infer<typeof agencyIdSchema>;
export type VisitId = z.infer<typeof visitIdSchema>;
export type WearerId = z.infer<typeof wearerIdSchema>;
export type OrderId = z.infer<typeof orderIdSchema>;
export type ConditionId = z.infer<typeof conditionIdSchema>;
export type ZoneId = z.infer<typeof zoneIdSchema>;
export type ZoneListId = z.infer<typeof zoneListIdSchema>;
export type TimetableId = z.infer<typeof timetableIdSchema>;
export type ActivationId = z.infer<typeof activationIdSchema>;
export type HeadEndId = z.infer<typeof headEndIdSchema>;
export type PersonId = z.infer<typeof personIdSchema>;
export type ThresholdPolicyId = z.infer<typeof thresholdPolicyIdSchema>;
export type RotaId = z.infer<typeof rotaIdSchema>;
export type HolidaysId = z.infer<typeof holidaysIdSchema>;
export type PauseId = z.infer<typeof pauseIdSchema>;
export type LayerId = z.infer<typeof layerIdSchema>;
export type LiaisonId = z.infer<typeof liaisonIdSchema>;
export type PermissionId = z.infer<typeof permissionIdSchema>;
export type HoldId = z.infer<typeof holdIdSchema>;
export type ImportId = z.infer<typeof importIdSchema>;
export type TaskId = z.infer<typeof taskIdSchema>;
export type DecisionId = z.infer<typeof decisionIdSchema>;
export type LevelId = z.infer<typeof levelIdSchema>;
export type NoteId = z.infer<typeof noteIdSchema>;
export type ParoleReportId = z.infer<typeof paroleReportIdSchema>;
export type TokenId = z.infer<typeof tokenIdSchema>;
export type ReportId = z.infer<typeof reportIdSchema>;
export type WatchId = z.infer<typeof watchIdSchema>;
export type ViolationId = z.infer<typeof violationIdSchema>;
export type AlertId = z.infer<typeof alertIdSchema>;
export type PageId = z.infer<typeof pageIdSchema>;

/** A wearer of an agency: what every key, message and log line names. */
export const wearerRefSchema = z.object({ agencyId: agencyIdSchema, wearerId: wearerIdSchema });
export type WearerRef = z.infer<typeof wearerRefSchema>;

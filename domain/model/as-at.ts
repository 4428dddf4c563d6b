import * as z from 'zod';
import { levelNameSchema } from '../casework/supervision-level.ts';
import { alertSchema } from './alert.ts';
import {
  activationIdSchema,
  conditionIdSchema,
  headEndIdSchema,
  levelIdSchema,
  orderIdSchema,
  personIdSchema,
  policyIdSchema,
  rotaIdSchema,
  timetableIdSchema,
  violationIdSchema,
  watchIdSchema,
  wearerIdSchema,
  zoneIdSchema,
  zoneListIdSchema,
} from './ids.ts';
import { violationReasonSchema } from './reasons.ts';
import { ruleNameSchema } from './rule-name.ts';

const isoSchema = z.iso.datetime();

/** Of which version something was, since when that was on record, and since when in force. */
const datedSchema = z.object({
  version: z.number().int().min(1),
  changedAt: isoSchema,
  inForceAt: isoSchema,
});

const personAtSchema = datedSchema.extend({
  personId: personIdSchema,
  name: z.string(),
  mobile: z.string().nullable(),
  email: z.string().nullable(),
});

const policyAtSchema = datedSchema.extend({
  policyId: policyIdSchema,
  name: z.string(),
  /** The rotas that its steps come to, and who was on call. */
  rotas: z.array(datedSchema.extend({ rotaId: rotaIdSchema, onCall: z.array(personIdSchema) })),
});

const orderAtSchema = datedSchema.extend({
  orderId: orderIdSchema,
  type: z.string(),
  legalBasis: z.string(),
  startsAt: isoSchema,
  endsAt: isoSchema.nullable(),
  timeZone: z.string(),
  responsibleOfficer: personAtSchema.nullable(),
  policy: policyAtSchema.nullable(),
  conditions: z.array(z.looseObject({ conditionId: conditionIdSchema, kind: z.string() })),
});

/** One rule that watched one condition, and what it said. */
const watchAtSchema = z.object({
  watchId: watchIdSchema,
  rule: ruleNameSchema,
  conditionId: conditionIdSchema,
  orderId: orderIdSchema,
  orderVersion: z.number().int(),
  thresholds: z.record(z.string(), z.number()),
  hours: z.object({
    /** The stretch that held the instant; null outside hours. */
    window: z.object({ startAt: isoSchema, endAt: isoSchema.nullable() }).nullable(),
    nextEdgeAt: isoSchema.nullable(),
    /** False beyond what the timetable was compiled for. */
    isKnown: z.boolean(),
  }),
  verdict: z.enum(['violated', 'satisfied', 'not-applicable', 'undetermined']),
  reason: z.string(),
  believed: z.record(z.string(), z.number()).nullable(),
  /** Of absences that add up: the sum, and of what. */
  addedUp: z
    .object({
      minutes: z.number(),
      limitMinutes: z.number(),
      absences: z.array(z.object({ from: z.string(), until: z.string().nullable() })),
    })
    .optional(),
});

const violationAtSchema = z.object({
  violationId: violationIdSchema,
  watchId: watchIdSchema,
  reason: violationReasonSchema,
  openedAt: isoSchema,
  certainty: z.number().nullable(),
});

const alertAtSchema = z.object({
  alertId: alertSchema.shape.alertId,
  violationId: violationIdSchema,
  severity: alertSchema.shape.severity,
  track: alertSchema.shape.track,
  status: z.enum(['open', 'acknowledged']),
  openedAt: isoSchema,
  /** Who had it in hand. */
  acknowledgements: z.array(z.object({ by: personIdSchema, at: isoSchema })),
  told: z.array(z.string()),
});

/** At which level they were supervised, and by which stretch; null: by none, as everybody is. */
const levelAtSchema = z.object({
  level: levelNameSchema,
  contactEveryDays: z.number(),
  visitEveryDays: z.number().nullable(),
  stretch: datedSchema
    .extend({
      levelId: levelIdSchema,
      from: isoSchema,
      until: isoSchema.nullable(),
      by: personIdSchema,
      reason: z.string(),
      policyId: policyIdSchema.nullable(),
    })
    .nullable(),
});

/** The risk assessment that stood, and whether it should have been looked at again by then. */
const assessmentAtSchema = datedSchema.extend({
  level: z.string(),
  by: personIdSchema,
  assessedAt: isoSchema,
  reasons: z.array(z.string()),
  reviewDueAt: isoSchema,
  isReviewOverdue: z.boolean(),
});

const goalAtSchema = z.looseObject({ goalId: z.string(), kind: z.string(), aim: z.string() });

/** The plan that stood, and what had come of its goals. */
const planAtSchema = datedSchema.extend({
  by: personIdSchema,
  achieved: z.array(goalAtSchema),
  underWay: z.array(goalAtSchema),
  letGo: z.array(goalAtSchema),
  nextReviewAt: isoSchema.nullable(),
  isReviewOverdue: z.boolean(),
});

/**
 * The whole supervision of a wearer at a past instant, by two clocks: `time` is when it was so;
 * `knownAt` is when we knew it so. What was received or put on record after that is left out.
 */
export const asAtSchema = z.object({
  wearerId: wearerIdSchema,
  time: isoSchema,
  knownAt: isoSchema,
  wearer: datedSchema.extend({ name: z.string() }).nullable(),
  orders: z.array(orderAtSchema),
  zones: z.array(datedSchema.extend({ zoneId: zoneIdSchema, name: z.string() })),
  zoneLists: z.array(datedSchema.extend({ zoneListId: zoneListIdSchema, name: z.string() })),
  timetables: z.array(datedSchema.extend({ timetableId: timetableIdSchema, name: z.string() })),
  supervisionLevel: levelAtSchema,
  assessment: assessmentAtSchema.nullable(),
  plan: planAtSchema.nullable(),
  permissions: z.array(z.looseObject({ permissionId: z.string() })),
  devices: z.array(
    z.object({
      activationId: activationIdSchema,
      headEndId: headEndIdSchema,
      deviceSerial: z.string(),
      startsAt: isoSchema,
      endsAt: isoSchema.nullable(),
    }),
  ),
  watches: z.array(watchAtSchema),
  violations: z.array(violationAtSchema),
  alerts: z.array(alertAtSchema),
  lastFix: z
    .object({
      at: isoSchema,
      ageSeconds: z.number(),
      lat: z.number(),
      lon: z.number(),
      source: z.string().nullable(),
      accuracyMetres: z.number().nullable(),
    })
    .nullable(),
  lastCheckAt: isoSchema.nullable(),
  isSilent: z.boolean(),
  /**
   * From when until when they were parked, where `time` lies in it; until null: as was known, they
   * still are. What came after `evaluatedUntil` was not evaluated meanwhile; null: nothing was.
   */
  parked: z
    .object({
      from: isoSchema,
      until: isoSchema.nullable(),
      evaluatedUntil: isoSchema.nullable(),
    })
    .nullable(),
  /** Of the day up to `time`, what had been recorded by then and was received only later. */
  receivedLater: z
    .object({ events: z.number().int(), firstRecordedAt: isoSchema, lastReceivedAt: isoSchema })
    .nullable(),
});
export type AsAt = z.infer<typeof asAtSchema>;

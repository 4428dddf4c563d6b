import * as z from 'zod';
import { isSameJson } from '../evaluate/same-json.ts';
import type { Disposition } from '../model/closing.ts';
import {
  alertIdSchema,
  conditionIdSchema,
  decisionIdSchema,
  levelIdSchema,
  orderIdSchema,
  permissionIdSchema,
  personIdSchema,
  violationIdSchema,
} from '../model/ids.ts';
import { isoInstantSchema } from '../model/instant.ts';
import { permissionReasonSchema } from '../model/permission.ts';
import { violationReasonSchema } from '../model/reasons.ts';
import { type Violation, violationSchema } from '../model/violation.ts';
import { levelNameSchema } from './supervision-level.ts';

const said = (most: number) => z.string().trim().min(1).max(most);

/** What somebody has looked at before they decided, by its id. */
const consideredSchema = z.object({
  kind: z.enum([
    ...(['violation', 'alert', 'permission', 'visit', 'concern'] as const),
    ...(['check', 'note', 'assessment', 'plan', 'decision'] as const),
  ]),
  id: z.string().min(1).max(300),
});
export type Considered = z.infer<typeof consideredSchema>;

/** An alert that is closed with a decision, as the person saw it. */
const closesSchema = z.object({ alertId: alertIdSchema, epoch: z.number().int().min(1) });

/** One transaction holds all of them, each with its pages and entries. */
const MOST_CLOSED = 5;
const MOST_CONSIDERED = 50;

/** What a warning letter says beside what the record shows. */
const letterSchema = z.object({
  /** To whom it goes, line by line; empty: the wearer by name. */
  addressee: z.array(said(100)).max(8).default([]),
  /** What is expected from here on. */
  expected: said(2_000),
  /** How somebody answers who sees it otherwise. */
  howToAnswer: said(1_000),
});

/** The time that is let off: put as a permission of its own, so that its minutes come back. */
const letOffSchema = z.object({
  permissionId: permissionIdSchema,
  conditionIds: z.array(conditionIdSchema).min(1).max(20).nullable().default(null),
  from: isoInstantSchema,
  until: isoInstantSchema,
  reason: permissionReasonSchema,
});

const common = {
  decisionId: decisionIdSchema,
  /** Under which order it is taken. */
  orderId: orderIdSchema,
  /** Who decided. */
  by: personIdSchema,
  reason: said(2_000),
  /** When, if not as it is put on record. */
  decidedAt: isoInstantSchema.optional(),
  considered: z.array(consideredSchema).max(MOST_CONSIDERED).default([]),
  closes: z.array(closesSchema).max(MOST_CLOSED).default([]),
};

/** What somebody has weighed before they hold something against a wearer, or let it go. */
const weighed = { ...common, considered: z.array(consideredSchema).min(1).max(MOST_CONSIDERED) };

/** A decision about a wearer as it is sent, by what was decided. */
const sentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('first-warning'), ...weighed, letter: letterSchema }),
  z.object({ kind: z.literal('second-warning'), ...weighed, letter: letterSchema }),
  z.object({
    kind: z.literal('no-action'),
    ...common,
    because: z.enum(['equipment', 'explained', 'authorised-absence']),
  }),
  z.object({
    kind: z.literal('excuse-accepted'),
    ...weighed,
    permission: letOffSchema,
  }),
  z.object({
    kind: z.literal('authorised-absence'),
    ...weighed,
    permission: letOffSchema,
  }),
  z.object({
    kind: z.literal('referral'),
    ...common,
    /** Whom the wearer is referred to, such as a service for debt or for drinking. */
    service: said(200),
    /** When somebody asks what came of it; absent: as the casework policy says. */
    followUpAt: isoInstantSchema.optional(),
  }),
  z.object({
    kind: z.literal('supervision-level'),
    ...common,
    level: z.object({
      levelId: levelIdSchema,
      level: levelNameSchema,
      from: isoInstantSchema,
      /** When it returns by itself; null: it stays. */
      until: isoInstantSchema.nullable().default(null),
    }),
  }),
  z.object({ kind: z.literal('breach-initiated'), ...weighed }),
  z.object({
    kind: z.literal('recall-requested'),
    ...weighed,
    recall: z.enum(['fixed-term', 'standard', 'emergency']),
  }),
]);

const isNamedOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export const sentDecisionSchema = sentSchema
  .refine(({ closes }) => isNamedOnce(closes.map(({ alertId }) => alertId)), {
    path: ['closes'],
    message: 'name each alert once',
  })
  .refine((sent) => !('permission' in sent) || sent.permission.until > sent.permission.from, {
    path: ['permission', 'until'],
    message: 'the time that is let off ends before it starts',
  });
export type SentDecision = z.infer<typeof sentDecisionSchema>;
export type DecisionKind = SentDecision['kind'];

/** That a decision does not stand any more, and why: both stay on record. */
const withdrawnSchema = z.object({
  withdrawnAt: isoInstantSchema,
  by: personIdSchema,
  reason: said(2_000),
});

/** A letter of a decision that was printed or sent. */
const letterActSchema = z.object({
  doneAt: isoInstantSchema,
  by: personIdSchema,
  act: z.enum(['printed', 'sent']),
});

/** What the record showed of what was considered, as it stood when it was decided. */
const foundSchema = z.object({
  violationId: violationIdSchema,
  conditionId: conditionIdSchema,
  reason: violationReasonSchema,
  status: violationSchema.shape.status,
  openedAt: isoInstantSchema,
  endedAt: isoInstantSchema.nullable(),
  /** Null: a plain fact, or nothing that is weighed. */
  certainty: z.number().nullable(),
});
export type Found = z.infer<typeof foundSchema>;

/** A decision as it stands on record. */
export const decisionSchema = z.intersection(
  sentSchema,
  z.object({
    decidedAt: isoInstantSchema,
    found: z.array(foundSchema),
    withdrawn: withdrawnSchema.nullable().default(null),
    letters: z.array(letterActSchema).default([]),
  }),
);
export type Decision = z.infer<typeof decisionSchema>;

const NO_ACTION = {
  equipment: 'no-action-equipment',
  explained: 'no-action-explained',
  'authorised-absence': 'no-action-authorised-absence',
} as const satisfies Readonly<Record<string, Disposition>>;

/** How an alert is closed with a decision. */
export const dispositionOf = (decision: SentDecision): Disposition => {
  switch (decision.kind) {
    case 'no-action':
      return NO_ACTION[decision.because];
    case 'excuse-accepted':
      return 'no-action-explained';
    case 'authorised-absence':
      return 'no-action-authorised-absence';
    case 'supervision-level':
      return 'supervision-change';
    case 'first-warning':
    case 'second-warning':
    case 'referral':
    case 'breach-initiated':
    case 'recall-requested':
      return decision.kind;
    default:
      return decision satisfies never;
  }
};

/** The letters that follow from a decision. */
export const hasLetter = (
  decision: Decision,
): decision is Extract<Decision, { kind: 'first-warning' | 'second-warning' }> =>
  decision.kind === 'first-warning' || decision.kind === 'second-warning';

/** What is kept of a violation with the decision that it was considered for. */
export const foundOf = (violation: Violation): Found => {
  const { violationId, conditionId, reason, status, openedAt, endedAt, certainty } = violation;
  return { violationId, conditionId, reason, status, openedAt, endedAt, certainty };
};

/** Whether a decision on record is the one that is sent again. */
export const isSameDecision = (known: Decision, sent: SentDecision): boolean => {
  const { withdrawn: _w, letters: _l, found: _f, ...decided } = known;
  return isSameJson(decided, { ...sent, decidedAt: sent.decidedAt ?? known.decidedAt });
};

import * as z from 'zod';
import { conditionIdSchema, timetableIdSchema } from '../ids.ts';
import { isoInstantSchema } from '../instant.ts';
import { placeSchema } from '../place.ts';
import { certaintySchema } from './certainty.ts';

export const attendanceThresholds = z.object({
  certainty: certaintySchema,
  /** Who comes later than this is late. */
  toleranceSeconds: z.number().int().min(0).max(14_400),
  /** Who stays less than this has left early. */
  leastStaySeconds: z.number().int().min(0).max(43_200),
  /** A missed appointment counts towards the next for so many days. */
  missesDays: z.number().int().min(1).max(730),
});

const appointmentSchema = z
  .object({ from: isoInstantSchema, until: isoInstantSchema })
  .refine(({ from, until }) => until > from, {
    path: ['until'],
    message: 'the appointment ends before it starts',
  });

/** The wearer is to be at a place, such as a probation office, at times that were made. */
export const mandatoryAttendanceConditionSchema = z
  .object({
    conditionId: conditionIdSchema,
    kind: z.literal('mandatory-attendance'),
    purpose: z.string().min(1).max(100),
    place: placeSchema,
    /** Appointments that come back each week; absent: only those of the list. */
    timetableId: timetableIdSchema.nullable().default(null),
    appointments: z.array(appointmentSchema).max(100).default([]),
    certainty: attendanceThresholds.shape.certainty.optional(),
    toleranceSeconds: attendanceThresholds.shape.toleranceSeconds.optional(),
    leastStaySeconds: attendanceThresholds.shape.leastStaySeconds.optional(),
    missesDays: attendanceThresholds.shape.missesDays.optional(),
  })
  .refine(({ timetableId, appointments }) => timetableId !== null || appointments.length > 0, {
    path: ['appointments'],
    message: 'neither appointments nor a timetable of them',
  });

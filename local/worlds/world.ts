import type * as z from 'zod';
import type { Position } from '#domain/geo/position.ts';
import type { zoneShapeSchema } from '#domain/geo/sent-shape.ts';
import type { dispositionSchema } from '#domain/model/closing.ts';
import type { sentEventSchema } from '#domain/model/device-event.ts';
import type { timetableLabelSchema, zoneLabelSchema } from '#domain/model/documents.ts';
import type { holidaysSchema } from '#domain/model/holidays.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { liaisonSchema } from '#domain/model/liaison.ts';
import type { orderSchema } from '#domain/model/order.ts';
import type { permissionSchema } from '#domain/model/permission.ts';
import type { personSchema, policySchema } from '#domain/model/person.ts';
import type { rotaSchema } from '#domain/model/rota.ts';
import type { timetableSchema } from '#domain/time/timetable.ts';

export type PersonBody = z.input<typeof personSchema>;
export type RotaBody = z.input<typeof rotaSchema>;
export type PolicyBody = z.input<typeof policySchema>;
export type HolidaysBody = z.input<typeof holidaysSchema>;
export type LiaisonBody = z.input<typeof liaisonSchema>;
export type OrderBody = z.input<typeof orderSchema>;
export type ZoneBody = z.input<typeof zoneLabelSchema> & { shape: z.input<typeof zoneShapeSchema> };
export type TimetableBody = z.input<typeof timetableLabelSchema> & z.input<typeof timetableSchema>;
export type PermissionBody = z.input<typeof permissionSchema>;
export type EventBody = z.input<typeof sentEventSchema>;

/** A device on a wearer: from the world's start, or an instant, until another that is not part. */
export type WorldDevice = Readonly<{
  activationId: string;
  deviceSerial: string;
  startsAt?: Instant;
  endsAt?: Instant;
}>;

/** A time in which nothing that the devices of a wearer say gets through; it comes at its end. */
export type Outage = Readonly<{ from: Instant; until: Instant }>;

/**
 * Somebody with a device, with everything that is on record of them and all that it says.
 */
export type WorldWearer = Readonly<{
  wearerId: string;
  name: string;
  /** What there is to see of this wearer, in one line. */
  shows: string;
  /** IANA zone in which they live. */
  timeZone: string;
  /** Where they are reminded of what they have to do; absent: nowhere. */
  mobile?: string;
  /** None: no device was ever put on them. */
  devices: readonly WorldDevice[];
  permissions?: readonly PermissionBody[];
  outages?: readonly Outage[];
  zones: readonly ZoneBody[];
  timetables: readonly TimetableBody[];
  /** Somebody whom a wearer must keep away from, and whose position is told to nobody. */
  isProtected?: true;
  /** Null: a person with a device, and not on monitoring. */
  order: OrderBody | null;
  /** In order of `recordedAt`. */
  events: readonly EventBody[];
}>;

/** What people do: with an alert, or with what is on record. */
export type Act =
  | Readonly<{
      kind: 'acknowledge-by-link';
      wearerId: string;
      /** Whose text message or e-mail holds the link. */
      personId: string;
      /** Counted from when the message was accepted. */
      afterMinutes: number;
    }>
  | Readonly<{
      kind: 'close';
      wearerId: string;
      personId: string;
      at: Instant;
      disposition: z.infer<typeof dispositionSchema>;
      reason: string;
    }>
  | Readonly<{
      /** An agency's system, or its office, puts something on record. */
      kind: 'call';
      name: string;
      method: 'put' | 'post';
      at: Instant;
      path: string;
      body: object;
    }>;

/** A stretch of time in the lives of some wearers, and everybody who watches over them. */
export type World = Readonly<{
  name: string;
  startsAt: Instant;
  endsAt: Instant;
  headEndId: string;
  people: readonly PersonBody[];
  /** Days on which nobody works, by nation. */
  holidays?: readonly HolidaysBody[];
  rotas: readonly RotaBody[];
  policies: readonly PolicyBody[];
  /** Whom orders name outside the agency. */
  liaisons?: readonly LiaisonBody[];
  wearers: readonly WorldWearer[];
  acts: readonly Act[];
  /** Addresses that take nothing, as a phone that has opted out. */
  refused?: readonly Readonly<{ channel: 'sms' | 'voice' | 'push'; to: string }>[];
  /** A place where a fix of this wearer means a violation, to try things out. */
  tryOut: Readonly<{ wearerId: string; at: Position }>;
}>;

import type { AgencyId, LiaisonId } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import type { HttpRequest, HttpResponse } from '../middleware/http.ts';

/** A request of somebody who is known, at an instant. */
export type Call = Readonly<{ agencyId: AgencyId; request: HttpRequest; now: Instant }>;

/** A request of a liaison, under a token that is good for its own feed alone. */
export type LiaisonCall = Call & Readonly<{ liaisonId: LiaisonId }>;

/** Answers one route of liaisons. */
export type LiaisonRoute = (call: LiaisonCall) => Promise<HttpResponse>;

/** Answers one route. */
export type Route = (call: Call) => Promise<HttpResponse>;

/** From which network address, and when, somebody followed a link. */
export type Followed = Readonly<{ source: string; now: Instant }>;

/** A route whose path carries its own right: a link that lets one person act on one alert. */
export type LinkRoute = (link: string, followed: Followed) => Promise<HttpResponse>;

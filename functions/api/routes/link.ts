import type { Refusal } from '#domain/escalate/alert-commands.ts';
import type { Alert } from '#domain/model/alert.ts';
import type { AgencyId } from '#domain/model/ids.ts';
import { LINK_LIMITS, SOURCE_LIMITS } from '#domain/reply/answer-limits.ts';
import { isExpired, type PageRight } from '#domain/reply/page-right.ts';
import type { ChangeAlert } from '../../adapters/change-alert.ts';
import type { AlertContext } from '../../adapters/dynamodb/alert-context.ts';
import type { Alerts } from '../../adapters/dynamodb/alerts.ts';
import type { Limited, TakeAllowance } from '../../adapters/dynamodb/allowances.ts';
import { triesPk } from '../../adapters/dynamodb/answer-keys.ts';
import type { Links } from '../../adapters/dynamodb/links.ts';
import type { RecordRefusal } from '../../adapters/dynamodb/refusals.ts';
import { digestOf, type LinkText, readLink } from '../../adapters/links/acknowledge-link.ts';
import type { LogFields, Telemetry } from '../../adapters/log/log.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { facts, standing } from '../alert-page.ts';
import { htmlResponse } from '../page.ts';
import type { Followed, LinkRoute } from '../route.ts';

export type LinkRouteDeps = Readonly<{
  agencyId: AgencyId;
  alerts: Alerts;
  changeAlert: ChangeAlert;
  context: AlertContext;
  links: Pick<Links, 'load'>;
  takeAllowance: TakeAllowance;
  recordRefusal: RecordRefusal;
  telemetry: Pick<Telemetry, 'log' | 'measure'>;
}>;

const UNKNOWN = htmlResponse(
  404,
  'This link does not work',
  '<p>Use the link of the page as it was sent.</p>',
);
const EXPIRED = htmlResponse(
  410,
  'This link has expired',
  '<p>Use the link of the latest page about it, or ask whoever is on duty. Nothing was changed.</p>',
);

/** Every try that comes to nothing is noted, by whatever it names; never the link or the source. */
const refuse = (
  { telemetry }: LinkRouteDeps,
  response: HttpResponse,
  fields: LogFields,
): HttpResponse => {
  telemetry.measure('linksRefused', 1);
  telemetry.log.warn('link refused', fields);
  return response;
};

/**
 * What a link says, where it can be one of ours. One that names another agency is not looked up, or
 * each name would be counted by itself, and nobody be held to how often they may try.
 */
const readOwn = ({ agencyId }: LinkRouteDeps, link: string): LinkText | null => {
  const text = readLink(link);
  return text?.agencyId === agencyId ? text : null;
};

type Opened = Readonly<{ text: LinkText; right: PageRight; alert: Alert }>;

/** What a link opens; or the answer to whoever followed one that opens nothing. */
const open = async (deps: LinkRouteDeps, text: LinkText): Promise<Opened | HttpResponse> => {
  const { agencyId } = text;
  const right = await deps.links.load(text);
  const alert = right === null ? null : await deps.alerts.load(agencyId, right.alertId);
  if (right === null || alert === null) {
    return refuse(deps, UNKNOWN, { agencyId, reason: 'link-unknown' });
  }
  return { text, right, alert };
};

/** The answer to whoever comes with a link that has expired; null where it has not. */
const expired = (
  deps: LinkRouteDeps,
  { text: { agencyId }, right, alert }: Opened,
  now: Followed['now'],
): HttpResponse | null => {
  const { alertId, personId } = right;
  return isExpired(right, alert, now)
    ? refuse(deps, EXPIRED, { agencyId, alertId, personId, reason: 'link-expired' })
    : null;
};

/**
 * Shows the alert and a button, and writes nothing. A mail scanner that follows the link
 * acknowledges nothing.
 */
export const showLink =
  (deps: LinkRouteDeps): LinkRoute =>
  async (link, { now }) => {
    const text = readOwn(deps, link);
    if (text === null) return refuse(deps, UNKNOWN, { reason: 'no-link' });
    const opened = await open(deps, text);
    if ('statusCode' in opened) return opened;
    const gone = expired(deps, opened, now);
    if (gone !== null) return gone;
    const { alert, right } = opened;
    return htmlResponse(200, titleOf(opened), facts(alert) + standing(alert, right.personId));
  };

const titleOf = ({ alert: { status, acknowledgements }, right }: Opened): string => {
  if (status === 'open') return 'Alert';
  const isTheirs = acknowledgements.some(({ by }) => by === right.personId);
  return status === 'acknowledged' && isTheirs ? 'You are taking this' : `Alert, ${status}`;
};

/** The answer to whoever tries too often; null where they may go on. */
const tooOften = async (
  deps: LinkRouteDeps,
  limited: Limited,
  now: Followed['now'],
): Promise<HttpResponse | null> => {
  const { waitSeconds } = await deps.takeAllowance(limited, { requests: 1, events: 0 }, now);
  if (waitSeconds === 0) return null;
  const said = '<p>Wait a minute and press again. Nothing was changed.</p>';
  const { headers, ...response } = htmlResponse(429, 'Too many tries', said);
  const again = { ...response, headers: { ...headers, 'retry-after': String(waitSeconds) } };
  return refuse(deps, again, { reason: 'too-many-tries', waitSeconds });
};

const refusedTitle: Readonly<Record<Refusal['code'], string>> = {
  'alert-unknown': 'This alert is not on record',
  'already-acknowledged': 'Somebody else is taking this',
  'already-closed': 'This alert has been closed',
  'second-person-needed': 'This alert needs two people',
  'disposition-not-for-class': 'This alert is not closed so',
  'liaison-not-told': 'They cannot be told of this alert',
  'for-people-alone': 'They cannot be told of this alert',
  'was-not-so': 'They cannot be told of this alert',
  'court-hears-last': 'They cannot be told of this alert yet',
  'stale-epoch': 'This alert has changed',
};

/**
 * Back to the link, to be read. A browser that opens its tabs anew then reads it again, and does
 * not take the alert again that the person has let go of meanwhile.
 */
const seeAgain = (link: string): HttpResponse => {
  const { headers, ...response } = htmlResponse(303, 'Noted', '');
  return { ...response, headers: { ...headers, location: link } };
};

const acknowledge = async (deps: LinkRouteDeps, link: string, { text, right, alert }: Opened) => {
  const { agencyId } = text;
  const changed = await deps.changeAlert(agencyId, right.alertId, async (now) => ({
    command: { type: 'acknowledge', by: right.personId },
    roster: await deps.context.rosterOf(agencyId, now),
  }));
  const { decision } = changed;
  if (decision.outcome !== 'refused') return seeAgain(link);
  const shown = changed.alert ?? alert;
  const body = facts(shown) + standing(shown, right.personId);
  return htmlResponse(409, refusedTitle[decision.refusal.code], body);
};

/** Who came too late stands on the record of the alert's wearer. */
const recordExpired = (
  { recordRefusal }: LinkRouteDeps,
  { text, right, alert }: Opened,
  at: Followed['now'],
): Promise<void> =>
  recordRefusal(text.agencyId, {
    ...{ at, alertId: alert.alertId, wearerId: alert.wearerId, command: 'acknowledge' },
    ...{ by: right.personId, epoch: right.epoch, code: 'link-expired' },
    ...{ actedBy: alert.closed?.by ?? null, actedAt: alert.closed?.at ?? null },
  });

/** Acknowledges the alert for the person whom the link was sent to. */
export const actOnLink =
  (deps: LinkRouteDeps): LinkRoute =>
  async (link, { source, now }) => {
    const text = readOwn(deps, link);
    if (text === null) return refuse(deps, UNKNOWN, { reason: 'no-link' });
    const { agencyId, token } = text;
    const bySource = { pk: triesPk(agencyId, 'SOURCE', digestOf(source)), limits: SOURCE_LIMITS };
    const bySourceTooOften = await tooOften(deps, bySource, now);
    if (bySourceTooOften !== null) return bySourceTooOften;
    const opened = await open(deps, text);
    if ('statusCode' in opened) return opened;
    const byLink = { pk: triesPk(agencyId, 'LINK', digestOf(token)), limits: LINK_LIMITS };
    const byLinkTooOften = await tooOften(deps, byLink, now);
    if (byLinkTooOften !== null) return byLinkTooOften;
    const gone = expired(deps, opened, now);
    if (gone === null) return acknowledge(deps, link, opened);
    await recordExpired(deps, opened, now);
    return gone;
  };

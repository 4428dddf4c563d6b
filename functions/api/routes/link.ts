import type { Refusal } from '#domain/escalate/alert-commands.ts';
import type { Alert } from '#domain/model/alert.ts';
import { happened, howSure, restsOn, where } from '#domain/notify/words.ts';
import { formatLocal } from '#domain/time/local-time.ts';
import type { ChangeAlert } from '../../adapters/change-alert.ts';
import type { AlertContext } from '../../adapters/dynamodb/alert-context.ts';
import type { Alerts } from '../../adapters/dynamodb/alerts.ts';
import { claimOf, type LinkClaim } from '../../adapters/links/acknowledge-link.ts';
import { NOBODY } from '../../adapters/nobody.ts';
import type { ReadSecret } from '../../adapters/secrets/secret.ts';
import type { HttpResponse } from '../../middleware/http.ts';
import { escapeHtml, htmlResponse } from '../page.ts';
import type { LinkRoute } from '../route.ts';

export type LinkRouteDeps = Readonly<{
  alerts: Alerts;
  changeAlert: ChangeAlert;
  context: AlertContext;
  linkSecret: ReadSecret;
}>;

const unknownLink = (): HttpResponse =>
  htmlResponse(404, 'This link does not work', '<p>Use the link of the page as it was sent.</p>');

const facts = ({ wearerId, facts: told }: Alert): string => {
  const { violation, timeZone, wearerName } = told;
  const place = where(told);
  const rows: [string, string][] = [
    ['Who', `${wearerName} (${wearerId})`],
    ['What', happened(told)],
    ...(place === null ? [] : [['Where', place] satisfies [string, string]]),
    ['Since', formatLocal(violation.openedAt, timeZone)],
    ...(violation.endedAt === null
      ? []
      : [['Ended', formatLocal(violation.endedAt, timeZone)] satisfies [string, string]]),
    ...howSure(told).map((sure): [string, string] => ['How sure', sure]),
    ['Rests on', restsOn(told)],
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
};

const standing = (alert: Alert): string => {
  const {
    status,
    acknowledgements,
    closed,
    facts: { timeZone },
  } = alert;
  if (closed !== null)
    return `<p>Closed ${formatLocal(closed.at, timeZone)}: ${closed.disposition}.</p>`;
  const taken = acknowledgements
    .map(({ by, at }) => `<p>Taken by ${escapeHtml(by)}, ${formatLocal(at, timeZone)}.</p>`)
    .join('');
  if (status === 'acknowledged') return taken;
  const second = taken === '' ? '' : '<p>A second person has to take it as well.</p>';
  return `${taken}${second}<form method="post"><button>I am taking this</button></form>`;
};

const claimed = async (
  deps: LinkRouteDeps,
  link: string,
): Promise<Readonly<{ claim: LinkClaim; alert: Alert }> | null> => {
  const claim = claimOf(link, await deps.linkSecret());
  const alert = claim === null ? null : await deps.alerts.load(claim.agencyId, claim.alertId);
  return claim === null || alert === null ? null : { claim, alert };
};

/** Shows the alert and a button. A mail scanner that follows the link acknowledges nothing. */
export const showLink =
  (deps: LinkRouteDeps): LinkRoute =>
  async (link) => {
    const found = await claimed(deps, link);
    if (found === null) return unknownLink();
    const title = found.alert.status === 'open' ? 'Alert' : `Alert, ${found.alert.status}`;
    return htmlResponse(200, title, facts(found.alert) + standing(found.alert));
  };

const refusedTitle: Readonly<Record<Refusal['code'], string>> = {
  'alert-unknown': 'This alert is not on record',
  'already-acknowledged': 'Somebody else is taking this',
  'already-closed': 'This alert has been closed',
  'stale-epoch': 'This alert has changed',
};

/** Acknowledges the alert for the person whom the link was sent to. */
export const actOnLink =
  (deps: LinkRouteDeps): LinkRoute =>
  async (link) => {
    const found = await claimed(deps, link);
    if (found === null) return unknownLink();
    const { agencyId, alertId, personId } = found.claim;
    const { decision, alert } = await deps.changeAlert(agencyId, alertId, async (now) => ({
      command: { type: 'acknowledge', by: personId },
      roster: now ? await deps.context.rosterOf(agencyId, now) : NOBODY,
    }));
    const shown = alert ?? found.alert;
    return decision.outcome === 'refused'
      ? htmlResponse(409, refusedTitle[decision.refusal.code], facts(shown) + standing(shown))
      : htmlResponse(200, 'You are taking this', facts(shown) + standing(shown));
  };

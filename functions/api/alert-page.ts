import type { Alert } from '#domain/model/alert.ts';
import type { PersonId } from '#domain/model/ids.ts';
import { happened, howSure, restsOn, where } from '#domain/notify/words.ts';
import { escapeMarkup } from '#domain/report/escape-markup.ts';
import { formatLocal } from '#domain/time/local-time.ts';

/** What an alert is about, in the words of its page. */
export const facts = ({ wearerId, facts: told }: Alert): string => {
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
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escapeMarkup(value)}</dd>`).join('')}</dl>`;
};

/** Who has an alert in hand; a button where it can still be taken. */
export const standing = (alert: Alert, reader: PersonId): string => {
  const {
    status,
    acknowledgements,
    closed,
    facts: { timeZone },
  } = alert;
  if (closed !== null)
    return `<p>Closed ${formatLocal(closed.at, timeZone)}: ${closed.disposition}.</p>`;
  const taken = acknowledgements
    .map(({ by, at }) => `<p>Taken by ${escapeMarkup(by)}, ${formatLocal(at, timeZone)}.</p>`)
    .join('');
  if (status === 'acknowledged') return taken;
  const second = taken === '' ? '' : '<p>A second person has to take it as well.</p>';
  if (acknowledgements.some(({ by }) => by === reader)) return `${taken}${second}`;
  return `${taken}${second}<form method="post"><button>I am taking this</button></form>`;
};

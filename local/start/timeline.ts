import { type Instant, MINUTE_MILLISECONDS } from '#domain/model/instant.ts';
import { REASONS } from '#domain/model/reasons.ts';
import { formatLocal } from '#domain/time/local-time.ts';
import type { SeenAlert, SeenOutcome, SeenPage } from '../replay/read-outcome.ts';
import type { World } from '../worlds/world.ts';
import type { Terminal } from './terminal.ts';

const CHANNELS = {
  ...{ sms: 'text', voice: 'call', email: 'e-mail', push: 'push message', webhook: 'webhook' },
  liaison: 'feed',
} as const;

const PURPOSES: Readonly<Record<SeenPage['purpose'], string>> = {
  alert: '',
  review: ', for the record',
  update: ', update',
  'stand-down': ', stand-down',
  closed: ', closed',
};

type Told = Readonly<{ at: Instant; text: string }>;

const nameOf = (world: World, id: string): string =>
  world.people.find(({ personId }) => personId === id)?.name ?? `force ${id}`;

/** Pages of one step go out together, and those of its repeat later: an entry says who and how. */
const pagesTold = (world: World, pages: readonly SeenPage[]): Told[] => {
  const accepted = pages.flatMap((page) =>
    page.acceptedAt === null ? [] : [{ ...page, acceptedAt: page.acceptedAt }],
  );
  const minuteOf = (at: Instant): number => Math.floor(at / MINUTE_MILLISECONDS);
  const groups = Map.groupBy(accepted, ({ to, purpose, step, acceptedAt }) =>
    [to, purpose, step, minuteOf(acceptedAt)].join(' '),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const channels = group.map(({ channel }) => CHANNELS[channel]).join(' and ');
    const text = `told ${nameOf(world, first.to)} by ${channels}${PURPOSES[first.purpose]}`;
    return [{ at: first.acceptedAt, text }];
  });
};

const closing = (world: World, { by, disposition }: NonNullable<SeenAlert['closed']>): string =>
  by === null ? `closed: ${disposition}` : `closed by ${nameOf(world, by)}: ${disposition}`;

const deedsTold = (world: World, { acknowledgements, closed, violation }: SeenAlert): Told[] => {
  const told: Told[] = [];
  if (violation.endedAt !== null) told.push({ at: violation.endedAt, text: 'over, by the data' });
  for (const { by, at } of acknowledgements) {
    told.push({ at, text: `${nameOf(world, by)} takes it` });
  }
  if (closed !== null) told.push({ at: closed.at, text: closing(world, closed) });
  return told;
};

const alertLines = (terminal: Terminal, world: World, alert: SeenAlert): string[] => {
  const { wearerId, wearerName, violation, openedAt } = alert;
  const timeZone = world.wearers.find((w) => w.wearerId === wearerId)?.timeZone ?? 'UTC';
  const { happened, telling } = REASONS[violation.reason];
  const place = alert.zoneName ?? alert.placeLabel;
  const what = place === null ? happened : `${happened}, ${place}`;
  const { certainty } = violation;
  const sure = certainty === null ? '' : `, ${Math.min(99, Math.round(certainty * 100))}% sure`;
  const clock = (at: Instant): string => formatLocal(at, timeZone).replace(/^.* (?=\d\d:\d\d)/, '');
  const since = `since ${formatLocal(violation.openedAt, timeZone)}`;
  const told = [...pagesTold(world, alert.pages), ...deedsTold(world, alert)].sort(
    (a, b) => a.at - b.at,
  );
  const head = `${formatLocal(openedAt, timeZone)}  ${wearerName} (${wearerId})`;
  return [
    `${terminal.paint('bold', head)}  ${terminal.paint(telling === 'alert' ? 'red' : 'yellow', what)}`,
    `    ${terminal.paint('dim', `${since}${sure}`)}`,
    ...told.map(({ at, text }) => `    ${clock(at)}  ${text}`),
  ];
};

/** What the wearers themselves were told while there was still time. */
const nudgeLines = (terminal: Terminal, world: World, { strayMessages }: SeenOutcome): string[] =>
  strayMessages.flatMap(({ to, text, acceptedAt }) => {
    const wearer = world.wearers.find(({ mobile }) => mobile === to);
    if (wearer === undefined) return [];
    const { name, wearerId, timeZone } = wearer;
    const head = `${formatLocal(acceptedAt, timeZone)}  ${name} (${wearerId})`;
    return [`${terminal.paint('bold', head)}  told by text: ${terminal.paint('cyan', text)}`];
  });

/**
 * What came out, alert by alert, on the wearers' own wall clocks; what wearers were told; then
 * those of whom nothing came.
 */
export const printTimeline = (terminal: Terminal, world: World, outcome: SeenOutcome): void => {
  for (const alert of outcome.alerts) {
    for (const text of alertLines(terminal, world, alert)) terminal.line(text);
    terminal.line();
  }
  const nudges = nudgeLines(terminal, world, outcome);
  for (const text of nudges) terminal.line(text);
  if (nudges.length > 0) terminal.line();
  const alerted = new Set(outcome.alerts.map(({ wearerId }) => wearerId));
  const quiet = world.wearers.filter(({ wearerId }) => !alerted.has(wearerId));
  if (quiet.length > 0) terminal.line(terminal.paint('bold', 'No alert, and none was due'));
  for (const { name, wearerId, shows } of quiet) {
    terminal.line(`    ${terminal.paint('green', `${name} (${wearerId})`)}  ${shows}`);
  }
};

import type { Cloud } from '../cloud/cloud.ts';
import type { OutboxEntry } from '../cloud/outbox/outbox.ts';
import type { World } from '../worlds/world.ts';
import type { Terminal } from './terminal.ts';

/** A command for a shell that posts one fix, recorded when it is run by the clock of the cloud. */
const curlLine = (cloud: Cloud, world: World, headEndToken: string): string => {
  const { wearerId, at } = world.tryOut;
  const wearer = world.wearers.find((one) => one.wearerId === wearerId);
  const device = wearer?.devices[0];
  if (device === undefined) throw new Error(`World ${world.name} has no device of ${wearerId}.`);
  const aheadMilliseconds = cloud.clock.now() - Date.now();
  const now = `$(node -p "new Date(Date.now() + ${aheadMilliseconds}).toISOString()")`;
  const fix = [
    '"kind":"fix"',
    `"activationId":"${device.activationId}"`,
    `"recordedAt":"'"${now}"'"`,
    `"lat":${at.lat}`,
    `"lon":${at.lon}`,
    '"accuracyMetres":5',
  ].join(',');
  return [
    `curl -sS ${cloud.apiUrl}/v1/events`,
    `-H 'authorization: Bearer ${headEndToken}'`,
    `-H 'content-type: application/json'`,
    `-d '[{${fix}}]'`,
  ].join(' ');
};

const LONGEST_SHOWN_CHARACTERS = 150;

/** An e-mail by its subject, a text message whole, a feed's document by its beginning. */
const messageLine = ({ channel, to, subject, text }: OutboxEntry): string =>
  channel === 'queue' || channel === 'https'
    ? `${channel} ${to}: ${text.slice(0, LONGEST_SHOWN_CHARACTERS)} ...`
    : `${channel} to ${to}: ${subject ?? text}`;

const printRows = (terminal: Terminal, rows: readonly [name: string, text: string][]): void => {
  for (const [name, text] of rows) {
    terminal.line(`  ${terminal.paint('bold', name.padEnd(15))}${text}`);
  }
};

const doorsOf = (cloud: Cloud): [string, string][] => [
  ['API', cloud.apiUrl],
  ['Outbox', `${cloud.consoleUrl}/outbox`],
  ['Feed topic', cloud.outputs.ExerciseTopicArn ?? 'none'],
  ['Administrator', `Bearer ${cloud.secret('AdministratorToken')}`],
];

const showMessages = (terminal: Terminal, cloud: Cloud): void => {
  cloud.outbox.onEntry((entry) => {
    terminal.line(`${terminal.paint('yellow', '>')} ${messageLine(entry)}`);
  });
};

/** Says how to reach a cloud in which no world lives, and shows each message that leaves it. */
export const printDoors = (terminal: Terminal, cloud: Cloud): void => {
  printRows(terminal, doorsOf(cloud));
  terminal.line();
  terminal.line(
    "Time is this machine's. README.md says how to fill it by hand. Ctrl-C ends everything.",
  );
  showMessages(terminal, cloud);
};

/** Says how to reach the cloud that stays up, and shows each message that leaves it from now on. */
export const printWaysIn = (
  terminal: Terminal,
  { cloud, world, headEndToken }: Readonly<{ cloud: Cloud; world: World; headEndToken: string }>,
): void => {
  printRows(terminal, [...doorsOf(cloud), ['Head-end', `Bearer ${headEndToken}`]]);
  const name = world.wearers.find(({ wearerId }) => wearerId === world.tryOut.wearerId)?.name;
  terminal.line();
  terminal.line(
    `One fix puts ${name} (${world.tryOut.wearerId}) into the home of a protected person:`,
  );
  terminal.line();
  terminal.line(terminal.paint('cyan', curlLine(cloud, world, headEndToken)));
  terminal.line();
  const { ratePerSecond } = cloud.clock;
  const pace = ratePerSecond === 1 ? 'in real time' : `${ratePerSecond} times faster than life`;
  terminal.line(`The clock runs on from the end of the day ${pace}. Ctrl-C ends everything.`);
  showMessages(terminal, cloud);
};

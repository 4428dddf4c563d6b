import type { Agenda } from '../engine/agenda.ts';
import type { Weather } from '../engine/weather.ts';
import type { Happening } from './happenings.ts';
import type { Plan } from './plan.ts';
import { headEndRequest, putRequest, responseOf } from './requests.ts';
import type { System } from './system.ts';
import { violationIdOf, writtenViolations } from './violations.ts';

type Props = Readonly<{
  plan: Plan;
  /** The only happenings that take place, by number; null: all. */
  only: ReadonlySet<number> | null;
  agenda: Agenda;
  system: System;
  weather: Weather;
  /** Numbers that are stopped now, and that ever were. */
  optedOut: Set<string>;
  everStopped: Set<string>;
  log: (line: string) => void;
}>;

const TRIES = 5;
const MINUTE = 60_000;

type Outage = Extract<Happening, { kind: 'down' }>;

type Word = Extract<Happening, { kind: 'stop' | 'start' }>;

/** Lets everything happen that a plan says, when it says. */
export const bringAbout = (props: Props): void => {
  const { plan, only, agenda, system, weather, optedOut, everStopped, log } = props;
  const violations = writtenViolations(system);

  /** Whoever gets no answer sends the same again. */
  const insist = async (verb: 'api' | 'ingest', request: unknown): Promise<void> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (responseOf(await system.call(verb, request)) !== null) return;
    }
  };

  const mobileOf = (personId: string): string | null => {
    const item = system.db.itemOf('monitoring', `demo#PERSON#${personId}`, 'CURRENT');
    const { mobile = null } = JSON.parse(item?.body?.S ?? '{}');
    return mobile;
  };

  /** A carrier keeps to STOP and START, also where it hands them on to nobody. */
  const textWord = ({ kind, personId, isTexted, at }: Word): void => {
    const originationNumber = mobileOf(personId);
    if (originationNumber === null) return;
    if (kind === 'stop') everStopped.add(originationNumber);
    if (kind === 'stop') optedOut.add(originationNumber);
    else optedOut.delete(originationNumber);
    const inboundMessageId = `${kind}-${personId}-${at}`;
    const messageBody = kind === 'stop' ? 'STOP' : 'Start';
    if (isTexted) system.handIn({ originationNumber, messageBody, inboundMessageId });
  };

  /** Minute by minute, so that each counts as a fault, and none after the storm. */
  const putDown = ({ verb, minutes }: Outage): void => {
    for (let minute = 0; minute <= minutes; minute += 1) {
      agenda.after(minute * MINUTE, () => {
        const isDown = minute < minutes && weather.allows('down', `${verb}-is down`);
        system.setDown(verb, isDown);
      });
    }
  };

  const happen = (one: Happening): void => {
    switch (one.kind) {
      case 'violation':
        violations.open(one.wearerId, one.nth, one);
        return;
      case 'violation-change':
        violations.change(violationIdOf(one.wearerId, one.nth), one.to, one.at);
        return;
      case 'status': {
        const recordedAt = new Date(one.at - 2_000).toISOString();
        const event = { kind: 'device-status', activationId: `a-${one.wearerId}`, recordedAt };
        void insist('ingest', headEndRequest([{ ...event, strap: one.strap }]));
        return;
      }
      case 'put':
        void insist('api', putRequest(one.put));
        return;
      case 'stop':
      case 'start':
        textWord(one);
        return;
      case 'down':
        putDown(one);
        return;
      case 'deploy':
        if (weather.allows('deploy', 'everywhere')) system.deploy();
        return;
      default:
        one satisfies never;
    }
  };

  for (const [number, one] of plan.happenings.entries()) {
    if (only?.has(number) === false) continue;
    agenda.at(one.at, () => {
      log(`happens: ${JSON.stringify(one)}`);
      happen(one);
    });
  }
};

import { describe, expect, it } from 'vitest';
import type { Page } from '#domain/model/alert.ts';
import { alertIdSchema } from '#domain/model/ids.ts';
import { contact, FORCE, later, roster, T, tick, violationOpens } from '#test/support/alerts.ts';
import { courseOf, type Step } from '#test/support/given-alert.ts';
import { liaisonId } from '#test/support/liaisons.ts';
import { nameOf } from '#test/support/pages.ts';

const EARLIER = alertIdSchema.parse('w-1.curfew.earlier');
const PANEL = { liaisonId: liaisonId('panel'), kind: 'mappa-panel', whyNot: null } as const;

const toPeople = (pages: readonly Page[]) =>
  pages
    .filter(({ recipient }) => recipient.channel !== 'liaison')
    .map(({ recipient, createdAt, mayWait, step }) => ({
      ...{ to: nameOf(recipient), createdAt, mayWait, step },
    }));

/** What people are paged, with a panel that is informed and without. */
const both = (steps: (reached: ReturnType<typeof roster>) => readonly Step[], fields: object) => {
  const pagesWith = (liaisons: readonly (typeof PANEL)[]) =>
    courseOf(...steps(roster({ ...fields, liaisons }))).pages;
  return { informed: pagesWith([PANEL]), alone: pagesWith([]) };
};

const opens = (reached: ReturnType<typeof roster>): Step => ({
  ...{ command: violationOpens(), now: T, roster: reached },
});

describe('a liaison that is informed beside a step', () => {
  it('is told, and first', () => {
    const { informed } = both((reached) => [opens(reached)], {});
    expect(informed.map(({ recipient }) => nameOf(recipient))).toEqual(['panel', 'officer']);
  });

  it('holds up nobody where the step comes to nobody else', () => {
    const contacts = [contact('on-call'), contact('manager')];
    const { informed, alone } = both((reached) => [opens(reached)], { contacts });
    expect(alone.map(({ recipient }) => nameOf(recipient))).toEqual(['on-call']);
    expect(toPeople(informed)).toEqual(toPeople(alone));
  });

  it('holds up nobody where the page of whoever the step came to fails', () => {
    const { informed, alone } = both(
      (reached) => [
        opens(reached),
        {
          command: {
            ...{ type: 'page-failed', step: 0, loop: 0 },
            recipient: { channel: 'sms', personId: contact('officer').personId, mobile: '+44' },
          },
          ...{ now: later(2), roster: reached },
        },
      ],
      {},
    );
    expect(toPeople(informed)).toEqual(toPeople(alone));
  });

  it('is told once, whichever step comes round', () => {
    const { informed } = both(
      (reached) => [opens(reached), { command: tick(1), now: later(300), roster: reached }],
      {},
    );
    const toPanel = informed.filter(({ recipient }) => recipient.channel === 'liaison');
    expect(toPanel).toHaveLength(1);
  });

  it('is told once also where the steps that follow at once name it', () => {
    const force = { liaisonId: FORCE, kind: 'police', whyNot: null } as const;
    const reached = roster({ contacts: [contact('manager')], liaisons: [force] });
    const episode = { episodeId: EARLIER, follows: EARLIER, countsFor: [FORCE] };
    const command = violationOpens({}, { episode });
    const { pages } = courseOf({ command, now: T, roster: reached });
    expect(pages.map(({ recipient }) => nameOf(recipient))).toEqual([FORCE, 'manager']);
  });
});

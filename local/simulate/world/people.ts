import * as z from 'zod';
import { mayCloseAs } from '#domain/escalate/dispositions.ts';
import type { Page } from '#domain/model/alert.ts';
import { alertClassSchema } from '#domain/model/alert-class.ts';
import type { Agenda } from '../engine/agenda.ts';
import { dice as diceOf } from '../engine/dice.ts';
import { asking, reading } from './ask.ts';
import { deciders } from './deciders.ts';
import type { Told } from './deployed.ts';
import type { Office } from './office.ts';
import { linkRequest, officeRequest } from './requests.ts';
import type { System } from './system.ts';

/** Something that somebody did with an alert, and what they were answered. */
export type Act = Readonly<{
  kind: 'acknowledge' | 'close' | 'escalate';
  by: string;
  alertId: string;
  /** The epoch that they had seen, where they have to say it. */
  epoch: number | null;
  startedAt: number;
  answeredAt: number;
  /** Null: no answer came, and nobody can say whether it was done. */
  status: number | null;
  body: string;
}>;

/** A text to our number, in answer to a page. */
export type Text = Readonly<{
  originationNumber: string;
  messageBody: string;
  inboundMessageId: string;
}>;

type Props = Readonly<{
  seed: number;
  agenda: Agenda;
  office: Office;
  system: System;
  onAct: (act: Act) => void;
  onText: (text: Text, page: Page) => void;
  /** Until when people act; afterwards nobody does, and what is open must go on being told. */
  until: number;
}>;

type Decided = Readonly<{ by: string; alertId: string; waits: number }>;

const CODE = /reply (\w+)$/;
const LINK = /\/v1\/acknowledge\/(\S+)/;
const alertSchema = z.object({
  alert: z.object({ epoch: z.number(), kind: alertClassSchema, wearerId: z.string() }),
});

/** People who are paged: they take it by the link or at a desk, close it, or do nothing. */
export const people = ({ seed, agenda, office, system, onAct, onText, until }: Props) => {
  const ask = asking(system);

  const act = async (of: Pick<Act, 'kind' | 'by' | 'alertId' | 'epoch'>, request: unknown) => {
    const startedAt = agenda.now();
    const response = await ask(request);
    const status = response?.statusCode ?? null;
    const answered = { answeredAt: agenda.now(), status, body: response?.body ?? '' };
    onAct({ ...of, startedAt, ...answered });
    return status;
  };

  const read = async ({ by, alertId }: Decided) => {
    const routeKey = 'GET /v1/alerts/{alertId}';
    const answer = await reading(ask)({ routeKey, path: { alertId } }, by);
    return answer === null ? null : alertSchema.parse(answer).alert;
  };

  /** What somebody decides on what they have read: a while later, when it may have changed. */
  const decide = async (kind: 'close' | 'escalate', of: Decided): Promise<void> => {
    const { by, alertId, waits } = of;
    const alert = await read(of);
    if (alert === null) return;
    const { epoch, kind: about } = alert;
    if (kind === 'close' && diceOf(seed).named(`${by} decides ${alertId}`).happens(0.4)) {
      agenda.after(waits, () => void takeDecision({ ...alert, by, alertId }));
      return;
    }
    const chosen = diceOf(seed).named(`${by} closes ${alertId}`);
    const wanted = chosen.happens(0.3) ? 'breach-initiated' : 'first-warning';
    const disposition = mayCloseAs(about, wanted) ? wanted : 'no-action-explained';
    const said = { disposition, reason: 'spoken to' };
    const body = { personId: by, epoch, ...(kind === 'close' ? said : {}) };
    const routeKey = `POST /v1/alerts/{alertId}/${kind}`;
    const request = officeRequest({ routeKey, path: { alertId }, body });
    agenda.after(waits, () => void act({ kind, by, alertId, epoch }, request));
  };

  const takeDecision = deciders({ seed, agenda, ask, onAct, until });

  /** Somebody has a liaison told that would not be, or not yet. */
  const tell = async (of: Decided, liaisonId: string): Promise<void> => {
    const { by, alertId } = of;
    const epoch = (await read(of))?.epoch ?? null;
    const body = { personId: by, liaisonId, reason: 'they are on their way', epoch };
    const routeKey = 'POST /v1/alerts/{alertId}/tell';
    if (epoch !== null) await ask(officeRequest({ routeKey, path: { alertId }, body }));
  };

  /** What somebody does on a page is settled by the page, so that it is the same in each run. */
  return ({ page, text, at, to }: Told): void => {
    if (page === null || page.recipient.channel === 'liaison' || at > until) return;
    const { alertId } = page;
    if (!('personId' in page.recipient)) return;
    const by: string = page.recipient.personId;
    const temper = office.tempers.find(({ personId }) => personId === by);
    const dice = diceOf(seed).named(page.pageId);
    if (temper === undefined || !dice.happens(temper.acknowledges)) return;
    const [, link] = LINK.exec(text) ?? [];
    const [, code] = CODE.exec(text) ?? [];
    const isByText = code !== undefined && dice.happens(0.4);
    const request =
      link !== undefined && dice.happens(0.6)
        ? linkRequest(link)
        : officeRequest({
            routeKey: 'POST /v1/alerts/{alertId}/acknowledge',
            path: { alertId },
            body: { personId: by },
          });
    const kind = dice.happens(temper.closes) ? 'close' : dice.happens(0.15) ? 'escalate' : null;
    const [reactsAfter, decidesAfter] = [
      dice.below(temper.mostSecondsToReact * 1000),
      dice.below(1_800_000),
    ];
    const waits = dice.happens(0.5) ? 0 : dice.below(600_000);
    const tells = dice.named('tells');
    if (tells.happens(page.conditionKind === 'welfare' ? 0.5 : 0.05)) {
      const { liaisonId } = tells.pick(office.outsiders);
      agenda.after(reactsAfter, () => void tell({ by, alertId, waits }, liaisonId));
    }
    if (isByText) {
      const answer = (messageBody: string, nth: number): void => {
        const inboundMessageId = `text-${page.sequence}-${page.epoch}-${nth}-${dice.below(1e6)}`;
        const reply = { originationNumber: to, messageBody, inboundMessageId };
        onText(reply, page);
        system.handIn(reply);
      };
      agenda.after(reactsAfter, () => answer(dice.pick([code, `${code} ok`, 'Yes!']), 1));
      if (dice.happens(0.4))
        agenda.after(reactsAfter + decidesAfter, () => answer(`${code} PASS`, 2));
      return;
    }
    agenda.after(reactsAfter, async () => {
      await act({ kind: 'acknowledge', by, alertId, epoch: null }, request);
      if (kind !== null)
        agenda.after(decidesAfter, () => void decide(kind, { by, alertId, waits }));
    });
  };
};

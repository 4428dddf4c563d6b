import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, answerSchema, standingOf } from '#domain/liaison/answers.ts';
import { decideTransfer } from '#domain/liaison/decide-transfer.ts';
import { eventIdOf } from '#domain/liaison/event.ts';
import { afterEvents } from '#domain/liaison/evolve-transfer.ts';
import {
  awaitsAcceptance,
  awaitsReceipt,
  standingAnswer,
  type Transfer,
} from '#domain/liaison/transfer.ts';
import type { TransferCommand, TransferEvent } from '#domain/liaison/transfer-commands.ts';
import { rejectionCauseSchema } from '#domain/model/transfer-trouble.ts';
import { later, T } from '#test/support/alerts.ts';
import { afterwards, INCIDENT, sent } from '#test/support/transfers.ts';

/** What a naive reader of all that happened holds to be so. */
type Model = { now: number; sequence: number; isOver: boolean; received: Set<string> };
type Real = { transfer: Transfer | null; log: TransferEvent[] };

const standing = (real: Real): Transfer => {
  if (real.transfer === null) throw new Error('nothing was sent');
  return real.transfer;
};

/** Everything that must hold of a transfer, whatever has happened to it. */
const holds = (real: Real, model: Model): void => {
  const transfer = standing(real);
  const { nextDueAt, trouble, spells, spellsBefore, newest } = transfer;
  const answer = standingAnswer(transfer);
  if (awaitsReceipt(transfer) || awaitsAcceptance(transfer)) expect(nextDueAt).not.toBe(null);
  if (newest.receipt !== null) expect(newest.nextTryAt).toBe(null);
  if (transfer.isOver) expect(trouble).toBe(null);
  expect(transfer.isOver).toBe(model.isOver);
  const isRefused = answer?.is === 'rejected' || answer?.is === 'aborted';
  if (isRefused && !transfer.isOver) expect(trouble).not.toBe(null);
  const begun = real.log.filter(({ type }) => type === 'transfer-untaken').length;
  const ended = real.log.filter(({ type }) => type === 'transfer-taken').length;
  expect(begun).toBe(spells);
  expect(spells - spellsBefore, 'spells of one asking').toBeLessThanOrEqual(3);
  expect(begun - ended).toBe(trouble === null ? 0 : 1);
};

const done = (real: Real, model: Model, command: TransferCommand): void => {
  const { transfer, decision } = afterwards(real.transfer, command, later(model.now));
  const events = decision.outcome === 'happened' ? decision.events : [];
  for (const event of events) {
    if (event.type === 'transfer-sent-again') {
      expect(model.received.has(event.eventId), 'sent again after a receipt').toBe(false);
    }
    if (event.type === 'transfer-receipt') model.received.add(event.eventId);
  }
  real.transfer = transfer;
  real.log.push(...events);
  // The same once more changes nothing.
  const again = decideTransfer(transfer, command, later(model.now));
  expect(again.outcome, JSON.stringify(command)).not.toBe('happened');
  holds(real, model);
};

const step = (name: string, run: (model: Model, real: Real) => void): fc.Command<Model, Real> => ({
  check: () => true,
  run,
  toString: () => name,
});

const sends = fc.constantFrom('updated', 'closed', 'cancelled', 'raised').map((type) =>
  step(`send ${type}`, (model, real) => {
    model.sequence += 1;
    model.isOver = type === 'closed' || type === 'cancelled';
    done(real, model, sent(model.sequence, later(model.now), { type: typeOf(type) }));
  }),
);
const typeOf = (type: string) =>
  type === 'closed' || type === 'cancelled' || type === 'raised' ? type : ('updated' as const);

const waits = fc.nat({ max: 400 }).map((seconds) =>
  step(`wait ${seconds}`, (model, real) => {
    model.now += seconds;
    holds(real, model);
  }),
);

const ticks = fc.constant(
  step('tick', (model, real) => {
    done(real, model, { type: 'tick', epoch: standing(real).epoch });
  }),
);

const staleTicks = fc.constant(
  step('stale tick', (model, real) => {
    done(real, model, { type: 'tick', epoch: standing(real).epoch + 1 });
  }),
);

const receipts = fc
  .tuple(fc.nat({ max: 3 }), fc.constantFrom('stored', 'unroutable', 'expired'))
  .map(([back, code]) =>
    step(`receipt -${back} ${code}`, (model, real) => {
      const sequence = Math.max(1, model.sequence - back);
      const eventId = eventIdOf(INCIDENT, sequence);
      done(real, model, { type: 'receipt', eventId, code: codeOf(code) });
    }),
  );
const codeOf = (code: string) =>
  code === 'unroutable' || code === 'expired' ? code : ('stored' as const);

const answersAt = (at: number) =>
  fc.oneof(
    fc.constantFrom('accepted', 'completed', 'aborted').map((is) => ({ is, at, text: '' })),
    fc
      .constantFrom(...rejectionCauseSchema.options)
      .map((cause) => ({ is: 'rejected', at, text: '', cause })),
  );

const answers = fc.integer({ min: -300, max: 1_200 }).chain((ago) =>
  answersAt(0).map((said) =>
    step(`${said.is} ${ago} s ago`, (model, real) => {
      const answer: Answer = answerSchema.parse({
        ...said,
        at: later(Math.max(0, model.now - ago)),
      });
      done(real, model, { type: 'answer', answer, eventId: null, reference: null });
    }),
  ),
);

const lives = fc.tuple(fc.nat({ max: 300 }), fc.constantFrom('A', 'B')).map(([ago, reference]) =>
  step(`live ${reference} ${ago} s ago`, (model, real) => {
    const asOf = later(Math.max(0, model.now - ago));
    done(real, model, { type: 'live', reference, asOf });
  }),
);

const begin = () => {
  const real: Real = { transfer: null, log: [] };
  const model: Model = { now: 0, sequence: 1, isOver: false, received: new Set() };
  done(real, model, sent(1, T));
  return { model, real };
};

describe('given anything that may happen to a transfer', () => {
  it('keeps its promises at every step', () => {
    const all = [sends, waits, ticks, staleTicks, receipts, answers, lives];
    fc.assert(
      fc.property(fc.commands(all, { maxCommands: 60 }), (commands) => {
        fc.modelRun(begin, commands);
      }),
      { numRuns: 400 },
    );
  });

  it('comes to be called about at its instant, where nobody says anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 40 }), (gaps) => {
        const { model, real } = begin();
        for (const gap of gaps) {
          model.now += gap;
          done(real, model, { type: 'tick', epoch: standing(real).epoch });
          expect(standing(real).spells).toBe(model.now >= 120 ? 1 : 0);
        }
      }),
    );
  });
});

describe('given a control room that says whatever it likes of an incident', () => {
  const wavers = fc.array(
    fc.tuple(fc.nat({ max: 900 }), fc.integer({ min: -300, max: 1_200 }).chain(answersAt)),
    { maxLength: 40 },
  );

  it('three spells begin at most in one asking, and nobody is let go in the third', () => {
    fc.assert(
      fc.property(wavers, (said) => {
        const { model, real } = begin();
        for (const [gap, answer] of said) {
          model.now += gap;
          const at = later(Math.max(0, model.now - answer.at));
          const command = { eventId: null, reference: null, type: 'answer' } as const;
          done(real, model, { ...command, answer: answerSchema.parse({ ...answer, at }) });
          const { spells, trouble } = standing(real);
          expect(spells).toBeLessThanOrEqual(3);
          if (spells === 3) expect(trouble).not.toBe(null);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('what it says of its own system is noted once a minute, and no more than that is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 900 }), { minLength: 1 }), (said) => {
        const { model, real } = begin();
        model.now = 900;
        for (const asOf of said) {
          done(real, model, { type: 'live', reference: 'A', asOf: later(asOf) });
        }
        const { live } = standing(real);
        const [first, last] = [later(Math.min(...said)), later(Math.max(...said))];
        expect((live?.since ?? 0) - first).toBeLessThan(60_000);
        expect(last - (live?.confirmedAt ?? 0)).toBeLessThan(60_000);
        const noted = real.log.filter(({ type }) => type === 'transfer-live').length;
        expect(noted).toBeLessThanOrEqual(1 + (last - first) / 60_000);
      }),
    );
  });
});

/** What stands in the end, but for when we came to know of it. */
const outcomeOf = ({ answers: said, live, newest, isOver }: Transfer) => ({
  ...{ said, stands: standingOf(said), live, isOver },
  ...{ receipt: newest.receipt?.code ?? null, isTriedAgain: newest.nextTryAt !== null },
});

const answerTo = (said: Readonly<Record<string, unknown>>, at: number): TransferCommand => ({
  ...{ type: 'answer', eventId: null, reference: null },
  answer: answerSchema.parse({ ...said, at: later(at) }),
});

const messages: fc.Arbitrary<TransferCommand> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .oneof(fc.nat({ max: 90 }), fc.nat({ max: 2_300 }))
      .chain((at) => answersAt(at).map((said) => answerTo(said, at))),
  },
  // Within a minute what they say of their own system may be lost.
  fc.tuple(fc.nat({ max: 30 }), fc.constantFrom('A', 'B')).map(([minutes, reference]) => ({
    type: 'live' as const,
    ...{ reference, asOf: later(minutes * 60) },
  })),
  fc.constant({
    type: 'receipt' as const,
    eventId: eventIdOf(INCIDENT, 1),
    code: 'stored' as const,
  }),
);

/** All of them, some twice, in another order. */
const shuffled = (given: readonly TransferCommand[]) =>
  fc
    .tuple(fc.shuffledSubarray([...given], { minLength: given.length }), fc.subarray([...given]))
    .map(([all, twice]) => [...all, ...twice]);

describe('given messages of theirs in whatever order, some of them doubled', () => {
  it('ends the same', () => {
    const runs = fc
      .array(messages, { minLength: 1, maxLength: 8 })
      .chain((given) => fc.tuple(fc.constant(given), shuffled(given)));
    const standingAfter = (given: readonly TransferCommand[]): Transfer => {
      const real = begin().real;
      return given.reduce(
        (transfer, command) => afterwards(transfer, command, later(2_000)).transfer ?? transfer,
        standing(real),
      );
    };
    fc.assert(
      fc.property(runs, ([given, another]) => {
        const [one, other] = [standingAfter(given), standingAfter(another)];
        expect(outcomeOf(other)).toEqual(outcomeOf(one));
        // Whoever wavers for long enough is believed in no order, but called about once or thrice.
        if (Math.max(one.spells, other.spells) < 3) {
          expect(other.trouble?.cause).toBe(one.trouble?.cause);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is what its events come to', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 8 }), (given) => {
        const { real, model } = begin();
        model.now = 100;
        for (const command of given) {
          const before = real.transfer;
          const { transfer, decision } = afterwards(before, command, later(100));
          if (decision.outcome === 'happened') {
            expect(afterEvents(before, decision.events)).toEqual(transfer);
          }
          real.transfer = transfer;
        }
      }),
    );
  });
});

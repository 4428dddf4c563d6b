import { describe, expect, it } from 'vitest';
import type { Transfer } from '#domain/liaison/transfer.ts';
import { transferTimer } from '#functions/adapters/scheduler/transfer-timer.ts';
import { deadlineMessageSchema } from '#functions/adapters/sqs/messages.ts';
import { onTransferChanged, onTransferDue } from '#functions/escalate/transfers.ts';
import { later, T } from '#test/support/alerts.ts';
import { keptTransfers } from '#test/support/kept-transfers.ts';
import { recordedTelemetry } from '#test/support/recorded-telemetry.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { INCIDENT, receipt } from '#test/support/transfers.ts';

const { agencyId } = WEARER;

const desk = async () => {
  const kept = keptTransfers();
  await kept.begin();
  const armed: Transfer[] = [];
  const told = recordedTelemetry();
  const deps = {
    now: () => kept.clock.now,
    telemetry: told.telemetry,
    changeTransfer: kept.change,
    transferTimer: async (_: string, transfer: Transfer) => {
      armed.push(transfer);
    },
  };
  return { kept, deps, armed, ...told };
};

describe('given a transfer that has changed', () => {
  it('arms the timer of what will be due', async () => {
    const { kept, deps, armed } = await desk();
    await onTransferChanged(deps, { agencyId, transfer: await kept.load() });
    expect(armed).toMatchObject([{ epoch: 1, nextDueAt: later(30) }]);
  });

  it('does what is due, such as where the sweep has woken it', async () => {
    const { kept, deps, measured } = await desk();
    const transfer = await kept.load();
    kept.clock.now = later(130);
    await onTransferChanged(deps, { agencyId, transfer });
    expect(await kept.load()).toMatchObject({ trouble: { cause: 'no-answer' } });
    expect(measured).toContainEqual(['transfer-untaken', 1]);
  });

  it('waits for nothing where nothing is due', async () => {
    const { kept, deps, armed } = await desk();
    await onTransferChanged(deps, {
      agencyId,
      transfer: { ...(await kept.load()), nextDueAt: null },
    });
    expect(armed).toEqual([]);
  });
});

describe('given a timer', () => {
  it('does nothing for another epoch', async () => {
    const { kept, deps } = await desk();
    await kept.when(receipt(1), later(5));
    kept.clock.now = later(30);
    await onTransferDue(deps, { agencyId, incidentId: INCIDENT, epoch: 1 });
    expect((await kept.load()).epoch).toBe(2);
  });

  it('arms itself again where it comes early', async () => {
    const { kept, deps, armed } = await desk();
    kept.clock.now = later(10);
    await onTransferDue(deps, { agencyId, incidentId: INCIDENT, epoch: 1 });
    expect(armed).toMatchObject([{ epoch: 1 }]);
  });

  it('carries what escalation reads', async () => {
    const { kept } = await desk();
    const sentLater: unknown[] = [];
    const arm = async ({ message }: Readonly<{ message: unknown }>) => {
      sentLater.push(message);
    };
    const { telemetry } = recordedTelemetry();
    await transferTimer(arm, telemetry.log)(agencyId, await kept.load(), T);
    expect(sentLater.map((message) => deadlineMessageSchema.parse(message))).toEqual([
      { kind: 'transfer-due', agencyId, incidentId: INCIDENT, epoch: 1, dueAt: later(30) },
    ]);
  });

  it('that cannot be armed is left to the sweep', async () => {
    const { kept } = await desk();
    const { telemetry, lines } = recordedTelemetry();
    const arm = () => Promise.reject(new RangeError('quota'));
    await transferTimer(arm, telemetry.log)(agencyId, await kept.load(), T);
    expect(lines).toMatchObject([{ level: 'warn', fields: { incidentId: INCIDENT } }]);
  });
});

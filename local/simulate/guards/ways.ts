import type { Guard } from './guard.ts';

/** Guards of the way: what is tried again, in its order, and found again when it is lost. */
export const WAYS: readonly Guard[] = [
  {
    name: 'conflict-is-decided-anew',
    file: 'functions/adapters/change-alert.ts',
    text: "if ((await deps.alerts.save(agencyId, change, beside)) === 'saved') {",
    without: 'if ((await deps.alerts.save(agencyId, change, beside)) !== null) {',
  },
  {
    name: 'late-opening-is-fenced-off',
    file: 'functions/adapters/change-alert.ts',
    text: 'if (!(await fenceOff(deps, decision, asked.episodes))) continue;',
    without: '',
    unseen: {
      why: 'A write has to take effect half a minute late: one of 10,000 worlds saw it.',
      test: 'test/functions/adapters/late-opening.test.ts',
    },
  },
  {
    name: 'early-timer-is-armed-again',
    file: 'functions/escalate/run.ts',
    text: 'if (isEarly && alert !== null) await deps.alertTimer(agencyId, alert, deps.now());',
    without: '',
    unseen: {
      why: 'The sweep makes it good within its minute: a hint more or less is no promise.',
      test: 'test/functions/escalate/run.test.ts',
    },
  },
  {
    name: 'lost-timer-is-no-failure',
    file: 'functions/adapters/scheduler/alert-timer.ts',
    text: "      log.warn('timer not armed', { agencyId, alertId, error: errorName(error) });",
    without: '      throw error;',
    unseen: {
      why: 'What is given again finds its work done, and changes nothing.',
      test: 'test/functions/adapters/scheduler/arm-timer.test.ts',
    },
  },
  {
    name: 'overdue-alerts-are-driven',
    file: 'functions/sweep/run.ts',
    text: "if (row.sk === 'ALERT' || row.sk === TRANSFER) return await deps.wakeAlert(key, now);",
    without: "if (row.sk === 'ALERT' || row.sk === TRANSFER) return;",
  },
  {
    name: 'failure-is-given-again',
    file: 'functions/middleware/stream.ts',
    text: '    firstFailed ??= record.dynamodb.SequenceNumber;',
    without: '',
    unseen: {
      why: 'The sweep brings every row again within its minute: it would come later, and come.',
      test: 'test/functions/middleware/stream.test.ts',
    },
  },
  {
    name: 'passing-trouble-is-tried-again',
    file: 'functions/adapters/sns/publisher.ts',
    text: 'if (error instanceof Error && PERMANENT.has(error.name))',
    without: 'if (error instanceof Error)',
  },
];

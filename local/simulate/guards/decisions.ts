import type { Guard } from './guard.ts';

/** Guards of what is decided: epochs, repeats, and what has been overtaken. */
export const DECISIONS: readonly Guard[] = [
  {
    name: 'tick-epoch',
    file: 'domain/escalate/decide.ts',
    text: 'if (alert.epoch !== epoch || alert.nextDueAt === null)',
    without: 'if (epoch < 0 || alert.nextDueAt === null)',
    unseen: {
      why: 'What is not due is not run for any tick, and what is due may be run for one that is old.',
      test: 'test/domain/escalate/decide.test.ts',
    },
  },
  {
    name: 'early-tick',
    file: 'domain/escalate/decide.ts',
    text: "if (moment.now < alert.nextDueAt) return nothing('early-tick');",
    without: '',
  },
  {
    name: 'due-step',
    file: 'domain/escalate/run-due.ts',
    text: 'at !== null && at <= now;',
    without: 'at !== null && now > 0;',
  },
  {
    name: 'violation-revision',
    file: 'domain/escalate/decide.ts',
    text: "if (violation.revision <= known.revision) return nothing('violation-known');",
    without: '',
  },
  {
    name: 'closed-is-final',
    file: 'domain/escalate/people-act.ts',
    text: `export const acknowledge = (alert: Alert, by: PersonId, at: Instant): AlertDecision => {
  if (alert.closed !== null) return refuse('already-closed', alert.closed);`,
    without:
      'export const acknowledge = (alert: Alert, by: PersonId, at: Instant): AlertDecision => {',
  },
  {
    name: 'close-epoch',
    file: 'domain/escalate/people-act.ts',
    text: `  if (alert.epoch !== command.epoch) return refuse('stale-epoch', lastActOf(alert));
  const { by, disposition, reason, decisionId } = command;`,
    without: '  const { by, disposition, reason, decisionId } = command;',
  },
  {
    name: 'closed-by-two',
    file: 'domain/escalate/people-act.ts',
    text: "  if (!areEnough(alert, by, at)) return refuse('second-person-needed', lastActOf(alert));\n",
    without: '',
  },
  {
    name: 'escalate-epoch',
    file: 'domain/escalate/people-act.ts',
    text: "  if (alert.epoch !== epoch) return refuse('stale-epoch', lastActOf(alert));",
    without: "  if (epoch < 0) return refuse('stale-epoch', lastActOf(alert));",
  },
  {
    name: 'taken-by-one',
    file: 'domain/escalate/people-act.ts',
    text: "if (alert.status === 'acknowledged' && first !== undefined) {",
    without: "if (alert.status === 'closed' && first !== undefined) {",
  },
  {
    name: 'second-person-is-another',
    file: 'domain/escalate/people-act.ts',
    text: "  if (standing.some((one) => one.by === by)) return nothing('already-acknowledged-by-you');",
    without: '',
  },
  {
    name: 'two-people-are-needed',
    file: 'domain/escalate/people-act.ts',
    text: 'standing.length + 1 >= alert.acknowledgementsNeeded;',
    without: 'standing.length + 1 >= 1;',
  },
  {
    name: 'failed-page-is-current',
    file: 'domain/escalate/missed-page.ts',
    text: 'if (!isAwaited(alert, page) || nextStepAt === null) return null;',
    without: 'if (nextStepAt === null) return null;',
  },
  {
    name: 'force-is-told-once',
    file: 'domain/escalate/steps.ts',
    text: 'liaisons.filter((one) => known.has(recipientKey(one)))',
    without: 'liaisons.slice(liaisons.length)',
  },
  {
    name: 'least-gap',
    file: 'domain/escalate/steps.ts',
    text: 'secondsAfter(now, Math.min(afterSeconds, LEAST_GAP_SECONDS)),',
    without: 'now,',
  },
  {
    name: 'empty-step-is-passed',
    file: 'domain/escalate/steps.ts',
    text: '    if (event.recipients.length > 0) return ran;',
    without: '    return ran;',
  },
  {
    name: 'last-resort-is-somebody',
    file: 'domain/escalate/steps.ts',
    text: '? { ...reached, recipients: [DUTY_MANAGER] }',
    without: "? { ...reached, recipients: [{ channel: 'canary' }] }",
    unseen: {
      why: 'Nearly everybody in the last resort of a world can be told: no 270 worlds saw it.',
      test: 'test/domain/escalate/last-resort.test.ts',
    },
  },
  {
    name: 'nobody-is-called-to-what-is-in-hand',
    file: 'domain/notify/suppress.ts',
    text: "      return 'acknowledged-meanwhile';",
    without: '      return null;',
  },
  {
    name: 'nobody-is-called-to-what-was-taken-back',
    file: 'domain/notify/suppress.ts',
    text: "        return 'taken-back-meanwhile';",
    without: '        return null;',
    unseen: {
      why: 'A page has to wait for its turn while its violation is withdrawn.',
      test: 'test/domain/notify/suppress.test.ts',
    },
  },
  {
    name: 'nobody-is-called-to-what-is-closed',
    file: 'domain/notify/suppress.ts',
    text: "      return 'closed-meanwhile';",
    without: '      return null;',
  },
  {
    name: 'taken-back-where-it-is-closed',
    file: 'domain/escalate/tellings.ts',
    text: "  if (is === 'withdrawn') {",
    without: "  if (is === 'withdrawn' && was === is) {",
  },
  {
    name: 'only-what-was-lost-is-forgotten',
    file: 'domain/escalate/missed-page.ts',
    text: "  const isThis = told?.knows === 'it-is-so' && told.raised === sequenceInFeed;",
    without: "  const isThis = told?.knows === 'it-is-so';",
    unseen: {
      why: 'A liaison has to be told anew before it is heard that the first telling was lost.',
      test: 'test/domain/escalate/told-outside.test.ts',
    },
  },
];

/** A piece of the code that keeps a promise; and the code as it would be without it. */
export type Guard = Readonly<{
  name: string;
  file: string;
  text: string;
  without: string;
  /** Why no run can tell, where none can: then a test of its own holds it. */
  unseen?: Readonly<{ why: string; test: string }> | undefined;
}>;

const STORE = 'functions/adapters/dynamodb';

const aheadOfThis = "The same transaction holds the alert's epoch, and fails first.";

/** Guards of what is written: each condition of a write to a table. */
const WRITES: readonly Guard[] = [
  {
    name: 'alert-is-new',
    file: `${STORE}/alerts.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
  },
  {
    name: 'alert-epoch',
    file: `${STORE}/alerts.ts`,
    text: `{
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(before.epoch) },
          }`,
    without: '{}',
  },
  {
    name: 'page-is-new',
    file: `${STORE}/alerts.ts`,
    text: `Item: pageItem(agencyId, page),
          ConditionExpression: 'attribute_not_exists(pk)',`,
    without: 'Item: pageItem(agencyId, page),',
    unseen: { why: aheadOfThis, test: 'test/contracts/alerts.test.ts' },
  },
  {
    name: 'record-only-grows',
    file: `${STORE}/record.ts`,
    text: `    ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    unseen: { why: aheadOfThis, test: 'test/contracts/alerts.test.ts' },
  },
  {
    name: 'row-ends-once',
    file: `${STORE}/outbox.ts`,
    text: `          ConditionExpression: '#status = :pending',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':status': text(outcome.status),
            ':outcome': json(outcome),
            ':pending': text('pending'),
          },`,
    without: `          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':status': text(outcome.status),
            ':outcome': json(outcome),
          },`,
  },
  {
    name: 'row-is-claimed',
    file: `${STORE}/outbox.ts`,
    text: `          ConditionExpression: [
            '#status = :pending AND attribute_not_exists(claimedBy)',
            '#status = :pending AND claimedBy = :by',
            '#status = :pending AND claimedUntilAt < :now',
          ].join(' OR '),
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':by': text(by),
            ':until': number(untilAt),
            ':now': number(at),
            ':pending': text('pending'),
          },`,
    without: `          ExpressionAttributeValues: {
            ':by': text(by),
            ':until': number(untilAt),
          },`,
  },
  {
    name: 'row-is-touched-while-it-waits',
    file: `${STORE}/outbox.ts`,
    text: `      ConditionExpression: [
        'attribute_exists(nextDueAt) AND attribute_not_exists(claimedBy)',
        'attribute_exists(nextDueAt) AND claimedUntilAt < :now',
      ].join(' OR '),
      ExpressionAttributeValues: {
        ':next': number(nextDueAt),
        ':one': number(1),
        ':now': number(at),
      },`,
    without: `      ExpressionAttributeValues: {
        ':next': number(nextDueAt),
        ':one': number(1),
      },`,
  },
  {
    name: 'document-is-new',
    file: `${STORE}/documents.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
  },
  {
    name: 'document-version',
    file: `${STORE}/documents.ts`,
    text: `{
            ConditionExpression: '#version = :read',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':read': number(readVersion) },
          }`,
    without: '{}',
  },
  {
    name: 'history-is-kept',
    file: `${STORE}/documents.ts`,
    text: "Item: history, ConditionExpression: 'attribute_not_exists(pk)' }",
    without: 'Item: history }',
    unseen: {
      why: "The same transaction holds the document's version, and fails first.",
      test: 'test/contracts/documents.test.ts',
    },
  },
  {
    name: 'notice-is-new',
    file: `${STORE}/notice.ts`,
    text: `      ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    unseen: {
      why: "The same transaction holds the document's version, and fails first.",
      test: 'test/contracts/documents.test.ts',
    },
  },
  {
    name: 'nudge-is-new',
    file: `${STORE}/nudges.ts`,
    text: `          ConditionExpression: 'attribute_not_exists(pk)',
`,
    without: '',
    unseen: {
      why: 'No world has a condition that nudges its wearer; its entry of the record holds it, too.',
      test: 'test/functions/adapters/dynamodb/nudges.test.ts',
    },
  },
  {
    name: 'violation-is-known',
    file: `${STORE}/violations.ts`,
    text: `      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: {
        ':life'`,
    without: `      ExpressionAttributeValues: {
        ':life'`,
    unseen: {
      why: 'No violation is ever deleted; the condition keeps a wrong id from making a row.',
      test: 'test/functions/evaluate/run.test.ts',
    },
  },
  {
    name: 'violation-seen-is-known',
    file: `${STORE}/violations.ts`,
    text: `UpdateExpression: 'REMOVE nextDueAt, dueShard',
    ConditionExpression: 'attribute_exists(pk)',`,
    without: "UpdateExpression: 'REMOVE nextDueAt, dueShard',",
    unseen: {
      why: 'No violation is ever deleted; the condition keeps a wrong id from making a row.',
      test: 'test/contracts/alerts.test.ts',
    },
  },
  {
    name: 'state-is-new',
    file: `${STORE}/wearer-states.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
  },
  {
    name: 'state-epoch',
    file: `${STORE}/wearer-states.ts`,
    text: `{
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(save.epoch) },
          }`,
    without: '{}',
  },
];

const away = (why: string, test: string) => ({ unseen: { why, test } });

/** Conditions of writes that are on no way from an event to a page. */
const ELSEWHERE: readonly Guard[] = [
  {
    name: 'slice-goes-ahead-once',
    file: `${STORE}/wearer-states.ts`,
    text: `      const ConditionExpression = 'attribute_not_exists(pk)';
      await client.send(new PutItemCommand({ ...put, ConditionExpression }));`,
    without: '      await client.send(new PutItemCommand(put));',
    ...away('Of the trail, which tells nobody.', 'test/contracts/wearer-states.test.ts'),
  },
  {
    name: 'parked-on-its-epoch',
    file: `${STORE}/parking.ts`,
    text: `          ConditionExpression: epoch === 0 ? 'attribute_not_exists(pk)' : 'epoch = :epoch',
          ExpressionAttributeValues: {
            ...(epoch === 0 ? {} : { ':epoch': number(epoch) }),`,
    without: '          ExpressionAttributeValues: {',
    ...away('No wearer of these worlds is parked.', 'test/contracts/parking.test.ts'),
  },
  {
    name: 'kept-while-parked',
    file: `${STORE}/parking.ts`,
    text: "ConditionExpression: 'attribute_exists(parkedAt)',",
    without: "ConditionExpression: 'attribute_exists(pk)',",
    ...away('No wearer of these worlds is parked.', 'test/contracts/parking.test.ts'),
  },
  {
    name: 'one-speaks-for-a-feed',
    file: `${STORE}/feeds.ts`,
    text: `      const ConditionExpression = 'attribute_not_exists(pk) OR violationId = :own';
      const ExpressionAttributeValues = { ':own': text(violationId) };
      await client.send(
        new PutItemCommand({ TableName, Item, ConditionExpression, ExpressionAttributeValues }),
      );`,
    without: '      await client.send(new PutItemCommand({ TableName, Item }));',
    ...away('No world has as many wearers as a feed takes.', 'test/contracts/feeds.test.ts'),
  },
  {
    name: 'activation-is-of-one-wearer',
    file: 'functions/api/routes/wearers.ts',
    text: `        ConditionExpression: 'attribute_not_exists(pk) OR wearerId = :wearer',
        ExpressionAttributeValues: { ':wearer': text(wearerId) },
`,
    without: '',
    ...away('Nobody of these worlds changes what is worn.', 'test/functions/api/devices.test.ts'),
  },
  {
    name: 'archived-as-it-was-read',
    file: `${STORE}/archivable-items.ts`,
    text: `      ConditionExpression: only,
      ExpressionAttributeValues: {
        ...Object.fromEntries(values),
        ...(only === UNCHANGED ? { ':inputs': binary(readBinary(item, 'inputs')) } : {}),
      },`,
    without: '      ExpressionAttributeValues: Object.fromEntries(values),',
    ...away('Of the archive, which tells nobody.', 'test/contracts/archivable-items.test.ts'),
  },
  {
    name: 'removed-as-it-was-archived',
    file: `${STORE}/archivable-items.ts`,
    text: `      ConditionExpression: UNCHANGED,
      ExpressionAttributeValues: { ':inputs': binary(readBinary(item, 'inputs')) },
`,
    without: '',
    ...away('Of the archive, which tells nobody.', 'test/contracts/archivable-items.test.ts'),
  },
  {
    name: 'draft-is-swept-when-old',
    file: `${STORE}/zone-list-drafts.ts`,
    text: 'const condition = { ConditionExpression: only, ExpressionAttributeValues: values };',
    without: 'const condition = {};',
    ...away('Of lists of zones, which no world has.', 'test/contracts/zone-lists.test.ts'),
  },
  {
    name: 'vigil-is-new',
    file: `${STORE}/vigil.ts`,
    text: "? { ConditionExpression: 'attribute_not_exists(pk)' }",
    without: '? {}',
    ...away('Of the auditor, who is not simulated.', 'test/functions/audit/run.test.ts'),
  },
  {
    name: 'vigil-epoch',
    file: `${STORE}/vigil.ts`,
    text: `{
            ConditionExpression: 'epoch = :epoch',
            ExpressionAttributeValues: { ':epoch': number(read) },
          }`,
    without: '{}',
    ...away('Of the auditor, who is not simulated.', 'test/functions/audit/run.test.ts'),
  },
  {
    name: 'allowance-of-this-minute',
    file: `${STORE}/allowances.ts`,
    text: `      ConditionExpression,
`,
    without: '',
    ...away(
      'It holds senders back, and no world sends as much.',
      'test/functions/adapters/dynamodb/allowances.test.ts',
    ),
  },
];

/** Guards of what is decided: epochs, repeats, and what has been overtaken. */
const DECISIONS: readonly Guard[] = [
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
  const { by, disposition, reason } = command;`,
    without: '  const { by, disposition, reason } = command;',
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
    file: 'domain/escalate/failed-page.ts',
    text: 'if (!isCurrent || !waiting.includes(key) || nextStepAt === null) return null;',
    without: 'if (nextStepAt === null) return null;',
  },
  {
    name: 'force-is-told-once',
    file: 'domain/escalate/steps.ts',
    text: '    recipients: reached.recipients.filter((recipient) => !isToldForce(recipient)),',
    without: '    recipients: reached.recipients,',
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
    text: 'return reached.recipients.length === 0 && isLastResort(alert, at)',
    without: 'return reached.recipients.length < 0 && isLastResort(alert, at)',
    unseen: {
      why: 'The people of every last resort of these worlds are on record, and can be told.',
      test: 'test/domain/escalate/steps.test.ts',
    },
  },
  {
    name: 'nobody-is-called-to-what-is-in-hand',
    file: 'domain/notify/suppress.ts',
    text: "      return 'acknowledged-meanwhile';",
    without: '      return null;',
  },
  {
    name: 'nobody-is-called-to-what-is-closed',
    file: 'domain/notify/suppress.ts',
    text: "      return 'closed-meanwhile';",
    without: '      return null;',
  },
];

/** Guards of the way: what is tried again, in its order, and found again when it is lost. */
const WAYS: readonly Guard[] = [
  {
    name: 'conflict-is-decided-anew',
    file: 'functions/adapters/change-alert.ts',
    text: "if ((await deps.alerts.save(agencyId, change, beside)) === 'saved') {",
    without: 'if ((await deps.alerts.save(agencyId, change, beside)) !== null) {',
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
    text: "row.sk === 'ALERT' ? await deps.loadDeadline(key) : null;",
    without: 'row.sk === null ? await deps.loadDeadline(key) : null;',
  },
  {
    name: 'failure-is-given-again',
    file: 'functions/middleware/stream.ts',
    text: '    firstFailed ??= record.dynamodb.SequenceNumber;',
    without: '',
  },
  {
    name: 'passing-trouble-is-tried-again',
    file: 'functions/adapters/sns/publisher.ts',
    text: 'if (error instanceof Error && PERMANENT.has(error.name))',
    without: 'if (error instanceof Error)',
  },
];

/** Every guard of the code. A text that is not found is an error. */
export const GUARDS: readonly Guard[] = [...WRITES, ...ELSEWHERE, ...DECISIONS, ...WAYS];

/** The text of a guard's file without the guard. Throws where the guard is not there, or twice. */
export const takenAway = ({ name, file, text, without }: Guard, source: string): string => {
  const pieces = source.split(text);
  if (pieces.length !== 2) {
    throw new Error(
      `guard ${name} is ${pieces.length - 1} times in ${file}: mend the list of guards`,
    );
  }
  return pieces.join(without);
};

import {
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { afterLook, beginVigil } from '#domain/audit/vigil.ts';
import { decide } from '#domain/escalate/decide.ts';
import { transition } from '#domain/escalate/transition.ts';
import type { Mark } from '#domain/evaluate/core.ts';
import { headEndIdSchema, watchIdSchema } from '#domain/model/ids.ts';
import { recipientKey } from '#domain/model/recipient.ts';
import type { Violation } from '#domain/model/violation.ts';
import { alerts } from '#functions/adapters/dynamodb/alerts.ts';
import { lastHeard, noteFeed } from '#functions/adapters/dynamodb/feeds.ts';
import { json, keyItem, number, text } from '#functions/adapters/dynamodb/items.ts';
import { keptPages } from '#functions/adapters/dynamodb/kept-pages.ts';
import { dueShard, outboxKey } from '#functions/adapters/dynamodb/keys.ts';
import { lateRows } from '#functions/adapters/dynamodb/late-rows.ts';
import { outbox } from '#functions/adapters/dynamodb/outbox.ts';
import { keptVigil } from '#functions/adapters/dynamodb/vigil.ts';
import { violationPut } from '#functions/adapters/dynamodb/violations.ts';
import { facts, later, opening, roster, T, violation } from '#test/support/alerts.ts';
import { WEARER } from '#test/support/supervisions.ts';
import { STORES } from './stores.ts';
import { useStore } from './use-store.ts';

const { agencyId } = WEARER;

const markOf = (about: Violation): Mark => ({
  ...{ violationId: about.violationId, watchId: watchIdSchema.parse('keep-out') },
  ...{ reason: about.reason, openedAt: about.openedAt, foundAt: about.openedAt },
  ...{ certainty: null, competing: null, endedAt: null, endReason: null },
});

const openedOf = (violationId: string) => {
  const about = violation({ violationId });
  const start = opening({ facts: facts({ violation: about }) });
  const command = { type: 'violation-changed', violation: about, opening: start } as const;
  const decision = decide(null, command, { now: T, roster: roster() });
  const opened = decision.outcome === 'happened' ? transition(null, decision.events) : null;
  if (opened === null) throw new Error('no alert has opened');
  return { about, opened };
};

describe.each(STORES)('what the auditor reads of $name', ({ start }) => {
  const { store } = useStore(start);

  it('is what waits in the outbox and for a step, and what an alert has numbered', async () => {
    const { client, names } = store();
    const { about, opened } = openedOf('w-1.keep-out.audited');
    const change = { kind: 'opened', mark: markOf(about) } as const;
    const found = { change, violation: about, writtenAt: T };
    const TransactItems = [violationPut(names.monitoring, WEARER, found)];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    await alerts(client, names).save(agencyId, opened);
    const [page] = opened.pages;
    if (page === undefined) throw new Error('no page');
    const { alertId } = opened.after;

    const before = await lateRows(client, names.monitoring)(later(60));
    expect(before.messages).toEqual(opened.pages.map(() => ({ alertId, sinceAt: T })));
    expect(before.steps).toContainEqual({ alertId, sinceAt: about.detectedAt });

    const key = outboxKey(`${agencyId}#ALERT#${alertId}`, page.sequence);
    const outcome = { status: 'failed', reason: 'no such number', at: later(5) } as const;
    await outbox(client, names.monitoring).end(key, outcome);
    const read = await keptPages(client, names.monitoring, agencyId)(later(60));
    expect(read.alerts).toMatchObject([{ alertId, sequence: opened.after.sequence }]);
    const [kept] = read.kept;
    expect(kept?.pages).toHaveLength(opened.after.sequence);
    const to = recipientKey(page.recipient);
    expect(kept?.pages[0]).toEqual({ sequence: 1, status: 'failed', to, endedAt: later(5) });

    const { nextDueAt } = opened.after;
    if (nextDueAt === null) throw new Error('no next step');
    const { steps } = await lateRows(client, names.monitoring)(nextDueAt);
    expect(steps).toContainEqual({ alertId, sinceAt: nextDueAt });
  });

  it('holds a row that cannot be read for waiting', async () => {
    const { client, names } = store();
    const pk = `${agencyId}#ALERT#broken`;
    const Item = {
      ...{ pk: text(pk), sk: text('OUTBOX#00000001'), tries: number(2), body: text('{') },
      ...{ nextDueAt: number(later(30)), dueShard: text(dueShard(pk)) },
    };
    await client.send(new PutItemCommand({ TableName: names.monitoring, Item }));
    const { messages } = await lateRows(client, names.monitoring)(later(60));
    expect(messages).toContainEqual({ alertId: 'broken', sinceAt: later(-150) });
  });

  it('is not late while it is put off on purpose', async () => {
    const { client, names } = store();
    const { opened } = openedOf('w-1.keep-out.put-off');
    await alerts(client, names).save(agencyId, opened);
    const [page] = opened.pages;
    const { alertId } = opened.after;
    const key = outboxKey(`${agencyId}#ALERT#${alertId}`, page?.sequence ?? 1);
    await client.send(
      new UpdateItemCommand({
        TableName: names.monitoring,
        Key: keyItem(key),
        UpdateExpression: 'SET waits = :waits',
        ExpressionAttributeValues: { ':waits': json({ reason: 'throttled', untilAt: later(900) }) },
      }),
    );
    const { messages } = await lateRows(client, names.monitoring)(later(60));
    expect(messages).toContainEqual({ alertId, sinceAt: later(900) });
  });

  it('is when any feed was last heard of', async () => {
    const { client, names } = store();
    const heard = lastHeard(client, names.monitoring);
    expect(await heard(later(60))).toBeNull();
    const note = noteFeed(client, names.monitoring);
    await note(agencyId, headEndIdSchema.parse('one'), later(-300));
    await note(agencyId, headEndIdSchema.parse('two'), later(-60));
    expect(await heard(later(60))).toBe(later(-60));
    expect(await heard(later(8 * 86_400))).toBeNull();
  });

  it('is the vigil, which two change at once without losing what the other wrote', async () => {
    const { client, names } = store();
    const { change } = keptVigil(client, names.vigil, agencyId);
    const begun = await change((vigil) => vigil ?? beginVigil(T));
    expect(begun).toEqual(beginVigil(T));
    const look = (by: 'auditor' | 'canary', n: number) =>
      change((vigil) => afterLook(vigil ?? beginVigil(T), { by, findings: [] }, later(n)));
    await Promise.all([look('auditor', 10), look('canary', 20)]);
    const { looked } = await change((vigil) => vigil ?? beginVigil(T));
    expect([looked.auditor.at, looked.canary.at]).toEqual([later(10), later(20)]);
  });
});

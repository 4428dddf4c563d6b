import { expect } from 'vitest';
import type { AlertCommand } from '#domain/escalate/alert-commands.ts';
import { alertIdOf } from '#domain/escalate/open-alert.ts';
import { readSheet } from '#domain/exchange/sheet.ts';
import { secondsAfter } from '#domain/model/instant.ts';
import type { Violation } from '#domain/model/violation.ts';
import { violationFrom } from '#functions/adapters/dynamodb/violations.ts';
import { sha256Of } from '#functions/adapters/s3/imported-sheets.ts';
import type { Answer, Ask } from '#local/history/ask-api.ts';
import { acknowledge, close, roster, violationOpens } from '#test/support/alerts.ts';
import { NOTHING_FAILED } from '#test/support/batches.ts';
import { keptWorld } from '#test/support/kept-world.ts';
import { HOME, SCHOOL } from '#test/support/supervisions.ts';
import { BETWEEN, minute, walk } from '#test/support/walks.ts';
import { AGENCY } from './alerts-in-tables.ts';
import { DOCUMENTS } from './documents.ts';

/** An evening out of the curfew address, by way of the school. */
export const EVENING = walk([90, HOME], [20, BETWEEN], [40, SCHOOL], [20, BETWEEN], [270, HOME]);

export type World = ReturnType<typeof keptWorld>;

/** Documents of one wearer, and nothing that they did. */
export const orderedWorld = async (): Promise<World> => {
  const world = keptWorld(minute(-10));
  for (const { route, path, body } of DOCUMENTS.filter(({ route }) => !/permission/.test(route))) {
    const { statusCode } = await world.ask(`PUT ${route}`, { path, body });
    expect(statusCode).toBe(201);
  }
  return world;
};

const PERMISSION = {
  route: '/v1/wearers/{wearerId}/permissions/{permissionId}',
  path: { wearerId: 'w-1', permissionId: 'p-1' },
  body: {
    ...{ from: '2026-06-05T20:00:00Z', until: '2026-06-05T23:00:00Z' },
    ...{ reason: 'medical', grantedBy: 'officer' },
  },
};

/** The same, and an evening of it, with the violations found and an alert of the first. */
export const livedWorld = async (): Promise<World> => {
  const world = await orderedWorld();
  const evaluate = world.newSandbox();
  const tell = async (message: unknown) =>
    expect(await evaluate(world.batch(message))).toEqual(NOTHING_FAILED);
  for (const message of world.relayed()) await tell(message);
  for (let first = 0; first < EVENING.length; first += 20) {
    world.clock.now = minute(first + 20);
    await tell(world.heard(EVENING.slice(first, first + 20), world.clock.now));
  }
  for (const violation of violationsIn(world)) {
    const alertId = alertIdOf(violation.violationId);
    const act = async (command: AlertCommand, seconds: number) => {
      world.clock.now = secondsAfter(violation.detectedAt, seconds);
      await world.changeAlert(AGENCY, alertId, async () => ({ command, roster: roster() }));
    };
    await act(violationOpens(violation), 1);
    await act(acknowledge('officer'), 60);
    await act(close('officer', 2), 600);
  }
  world.clock.now = minute(600);
  const { statusCode } = await world.ask(`PUT ${PERMISSION.route}`, PERMISSION);
  expect(statusCode).toBe(201);
  return world;
};

/** Every violation that is on record of a world. */
export const violationsIn = (world: World): Violation[] =>
  world
    .itemsOf(world.tables.monitoring)
    .filter(({ entity }) => entity?.S === 'VIOLATION')
    .map(violationFrom);

/** An API Gateway of sorts before the API of a world. */
export const askOf =
  (world: World): Ask =>
  async ({ method, path, body }): Promise<Answer> => {
    const [pathname = '', search = ''] = path.split('?');
    const [, , wearers, wearerId = '', kind, importId, group, sheet] = pathname.split('/');
    expect(wearers).toBe('wearers');
    const rest = importId === undefined ? '' : '/{importId}/{group}/{sheet}';
    const answer = await world.ask(`${method} /v1/wearers/{wearerId}/${kind}${rest}`, {
      path: { wearerId, ...(importId && group && sheet ? { importId, group, sheet } : {}) },
      query: Object.fromEntries(new URLSearchParams(search)),
      ...(body === undefined ? {} : { body }),
    });
    const { statusCode: status, headers, body: text } = answer;
    return { status, text, link: headers.link ?? null };
  };

export const WHY = { by: 'officer', recipient: 'Next Vendor Ltd', reason: 'change of vendor' };

/** The lines of a sheet that can be read. */
export const linesOf = (text: string): readonly object[] => {
  const read = readSheet(text, sha256Of);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.lines;
};

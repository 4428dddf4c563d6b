import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { Journal } from '../../../examples/police-subscriber/journal.ts';
import { anEvent } from './given-events.ts';

const SUBSCRIBER = join(import.meta.dirname, '../../../examples/police-subscriber/subscriber.ts');
const FEED = [
  anEvent('a', 1),
  { ...anEvent('a', 2), type: 'homeward.alert.updated.v2' },
  anEvent('a', 3),
  { ...anEvent('b', 1), type: 'homeward.alert.raised.v1' },
];

let folder = '';
let agency: Server;
let child: ChildProcess | undefined;
let port = 0;
/** What the agency does instead of answering, call by call; it answers once there is none left. */
let troubles: ('drop' | number | string)[] = [];
let acknowledged: string[] = [];
let unusable: string[] = [];
let answers: string[] = [];

const acksSchema = z.object({
  ack: z.array(z.string()).default([]),
  setErrs: z.record(z.string(), z.unknown()).default({}),
});
const textOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
};

const answerOf = (url: URL, body: string): string => {
  if (url.pathname.endsWith('/acks')) {
    const { ack, setErrs } = acksSchema.parse(JSON.parse(body));
    acknowledged.push(...ack);
    unusable.push(...Object.keys(setErrs));
  }
  if (url.pathname.endsWith('/messages')) answers.push(body);
  const after = Number(url.searchParams.get('after') ?? FEED.length);
  const events = FEED.slice(after, after + 2).map((event, i) => ({
    position: after + i + 1,
    event,
  }));
  const next = after + events.length;
  const changes = [{ stands: 'accepted', peopleCalled: false }];
  return JSON.stringify({ events, next, more: next < FEED.length, changes });
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'subscriber-'));
  [troubles, acknowledged, unusable, answers] = [[], [], [], []];
  agency = createServer(async (request, response) => {
    const body = await textOf(request);
    const trouble = troubles.shift();
    if (trouble === 'drop') return void request.socket.destroy();
    if (typeof trouble === 'number') return void response.writeHead(trouble).end('<no/>');
    if (typeof trouble === 'string') return void response.end(trouble);
    response.end(answerOf(new URL(request.url ?? '', 'http://agency'), body));
  }).listen(0, '127.0.0.1');
  await once(agency, 'listening');
  const address = agency.address();
  port = typeof address === 'object' ? (address?.port ?? 0) : 0;
});
afterEach(() => {
  child?.kill('SIGKILL');
  agency.close();
  agency.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

const start = (...more: readonly string[]): ChildProcess => {
  const journal = join(folder, 'journal.jsonl');
  const args = ['--api', `http://127.0.0.1:${port}`, '--liaison', 'west-yorkshire', '--every', '1'];
  args.push('--traffic', 'exercise');
  child = spawn(process.execPath, [SUBSCRIBER, ...args, '--journal', journal, ...more], {
    env: { ...process.env, HOMEWARD_TOKEN: 'token' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child;
};

const kept = () => {
  const journal = new Journal(join(folder, 'journal.jsonl'));
  journal.close();
  return journal.inbox;
};

it('stays up whatever the agency answers, and has everything once in the end', async () => {
  troubles = [500, 'drop', '{"events":[{}]}', 401];
  const running = start();
  await vi.waitFor(() => expect(unusable).toEqual(['a.2']), { timeout: 15_000, interval: 50 });
  expect(running.exitCode).toBeNull();
  expect(acknowledged).toEqual(['a.1', 'a.3', 'b.1']);
  expect(troubles).toEqual([]);
  expect(kept().inOrder.map(({ id }) => id)).toEqual(['a.1', 'a.3', 'b.1']);
});

it('has nothing twice and nothing less after kill -9 at any of its calls', async () => {
  for (const calls of [1, 2, 3, 4]) {
    const running = start('--answer', 'accept');
    let left = calls;
    const kill = () => {
      left -= 1;
      if (left === 0) running.kill('SIGKILL');
    };
    agency.on('request', kill);
    await once(running, 'exit');
    agency.off('request', kill);
  }
  const [code] = await once(start('--once', '--answer', 'accept'), 'exit');
  expect(code).toBe(0);
  const inbox = kept();
  expect(inbox.inOrder.map(({ id }) => id)).toEqual(['a.1', 'a.3', 'b.1']);
  expect([inbox.unacknowledged, inbox.gaps, inbox.answers.unsent]).toEqual([[], [], []]);
  expect(new Set(acknowledged)).toEqual(new Set(['a.1', 'a.3', 'b.1']));
  const jtis = answers.map((text) => z.object({ jti: z.string() }).parse(JSON.parse(text)).jti);
  expect(new Set(jtis).size).toBe(1);
});

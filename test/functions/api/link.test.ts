import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import type { Alert } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import type { Instant } from '#domain/model/instant.ts';
import { LINK_LIMITS, SOURCE_LIMITS } from '#domain/reply/answer-limits.ts';
import { ANSWER_SECONDS, type PageRight } from '#domain/reply/page-right.ts';
import {
  allowances,
  type Limited,
  type TakeAllowance,
} from '#functions/adapters/dynamodb/allowances.ts';
import { linkText, tokenOf } from '#functions/adapters/links/acknowledge-link.ts';
import { facts, later, person, T, violationOpens } from '#test/support/alerts.ts';
import { fakeDynamoDb } from '#test/support/fakes/fake-dynamodb.ts';
import { alertAfter, CLOSED, OPEN, TAKEN } from '#test/support/given-alert.ts';
import { httpRequest } from '#test/support/http.ts';
import { keptApi } from '#test/support/kept-api.ts';
import { page } from '#test/support/pages.ts';

const AGENCY = agencyIdSchema.parse('demo');
const TOKEN = tokenOf(AGENCY, page().pageId, 'secret');
const LINK = linkText({ agencyId: AGENCY, token: TOKEN });
const KEPT: PageRight = {
  ...{ alertId: OPEN.alertId, personId: person('manager'), pageId: page().pageId, epoch: 1 },
  expiresAt: later(ANSWER_SECONDS),
};

const SHOW = 'GET /v1/acknowledge/{link}';
const ACT = 'POST /v1/acknowledge/{link}';

type Given = Readonly<{
  alert?: Alert | null;
  now?: Instant;
  waits?: 'LINK' | 'SOURCE';
  takeAllowance?: TakeAllowance;
}>;

/** The API with one link on record, of the alert; every counter that is asked is listed. */
const linkedApi = ({ alert = OPEN, now = later(60), waits, takeAllowance }: Given = {}) => {
  const counted: Limited[] = [];
  const api = keptApi({
    now,
    alerts: alert === null ? [] : [alert],
    deps: {
      links: {
        load: async ({ agencyId, token }) => (agencyId === AGENCY && token === TOKEN ? KEPT : null),
      },
      takeAllowance:
        takeAllowance ??
        (async (limited) => {
          counted.push(limited);
          const isOver = waits !== undefined && limited.pk.includes(`#${waits}#`);
          return { waitSeconds: isOver ? 17 : 0, counterFailed: null };
        }),
    },
  });
  const follow = (routeKey: string, link = LINK) =>
    api.ask(routeKey, { who: undefined, path: { link } });
  return { ...api, follow, counted };
};

describe('a link that is only followed', () => {
  it('shows the alert, and writes nothing: not even that it was', async () => {
    const { follow, saved, armed, counted } = linkedApi();
    const response = await follow(SHOW);
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('left home during curfew');
    expect(response.body).toContain('<form method="post">');
    expect([...saved, ...armed, ...counted]).toEqual([]);
  });

  it('shows names as text, whatever is in them, loads nothing and cannot be framed', async () => {
    const named = facts({ wearerName: '<script>alert(1)</script>' });
    const alert = alertAfter({ command: violationOpens({}, { facts: named }), now: T });
    const response = await linkedApi({ alert }).follow(SHOW);
    expect(response.body).toContain('&lt;script&gt;');
    expect(response.body).not.toContain('<script');
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
  });
});

describe('a link that is acted on', () => {
  it('acknowledges for the person whom it was sent to', async () => {
    const { follow, byId } = linkedApi();
    await follow(ACT);
    expect(byId.get(OPEN.alertId)?.acknowledgements).toEqual([{ by: 'manager', at: later(60) }]);
    const { body } = await follow(SHOW);
    expect(body).toContain('<h1>You are taking this</h1>');
    expect(body).not.toContain('<form');
  });

  it('sends the browser back to read it: a tab opened anew takes nothing again', async () => {
    const { follow } = linkedApi();
    const response = await follow(ACT);
    expect(response.statusCode).toBe(303);
    const at = `https://homeward.example/v1/acknowledge/${LINK}`;
    expect(new URL(String(response.headers?.location), at).href).toBe(at);
  });

  it('that needs two says that one is missing, and offers the first no button', async () => {
    const { follow } = linkedApi({ alert: { ...OPEN, acknowledgementsNeeded: 2 } });
    expect((await follow(SHOW)).body).toContain('<form');
    await follow(ACT);
    const { body } = await follow(SHOW);
    expect(body).toContain('A second person has to take it as well');
    expect(body).not.toContain('<form');
  });

  it('again, or sent twice, changes nothing more', async () => {
    const { follow, saved } = linkedApi();
    const answers = [await follow(ACT), await follow(ACT)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(saved).toHaveLength(1);
  });

  it.each([
    ['somebody else is taking it', TAKEN, 'Somebody else is taking this'],
    ['it has been closed', CLOSED, 'This alert has been closed'],
  ])('too late says that %s, and who did', async (_, alert, title) => {
    const { follow, saved } = linkedApi({ alert });
    const response = await follow(ACT);
    expect(response.statusCode).toBe(409);
    expect(response.body).toContain(title);
    expect(saved).toEqual([]);
  });
});

describe('a link that opens nothing', () => {
  it.each([
    ['is forged', linkText({ agencyId: AGENCY, token: tokenOf(AGENCY, page().pageId, 'other') })],
    ['is of another agency', linkText({ agencyId: agencyIdSchema.parse('kent'), token: TOKEN })],
    ['is cut short', LINK.slice(0, -1)],
    ['is nothing', 'undefined'],
  ])('as it %s: says so, changes nothing, and the try is noted', async (_, link) => {
    const { follow, saved, lines, measured } = linkedApi();
    for (const routeKey of [SHOW, ACT]) expect((await follow(routeKey, link)).statusCode).toBe(404);
    expect(saved).toEqual([]);
    expect(measured).toEqual(Array(2).fill(['linksRefused', 1]));
    expect(lines.map(({ message }) => message)).toEqual(Array(2).fill('link refused'));
  });

  it.each([
    ['three days after its page', OPEN, later(ANSWER_SECONDS)],
    ['a day after its alert was closed', CLOSED, later(10 + 86_400)],
  ])('%s: says so, changes nothing, and the try is noted', async (_, alert, now) => {
    const { follow, saved, lines, refused } = linkedApi({ alert, now });
    for (const routeKey of [SHOW, ACT]) {
      const response = await follow(routeKey);
      expect(response.statusCode).toBe(410);
      expect(response.body).toContain('expired');
      expect(response.body).not.toContain('Josephine');
    }
    expect(saved).toEqual([]);
    const { alertId } = alert;
    expect(lines[0]?.fields).toMatchObject({ reason: 'link-expired', alertId });
    // Who only looked asked for nothing.
    expect(refused).toMatchObject([{ at: now, alertId, code: 'link-expired', by: 'manager' }]);
  });

  it('the moment before still works', async () => {
    const { follow } = linkedApi({ now: later(ANSWER_SECONDS - 1) });
    expect((await follow(ACT)).statusCode).toBe(303);
  });
});

describe('whoever tries too often', () => {
  it.each(['LINK', 'SOURCE'] as const)(
    'by one %s is told to wait, and changes nothing',
    async (waits) => {
      const { follow, saved, lines } = linkedApi({ waits });
      const response = await follow(ACT);
      expect(response).toMatchObject({ statusCode: 429, headers: { 'retry-after': '17' } });
      expect(saved).toEqual([]);
      expect(lines[0]?.fields).toMatchObject({ reason: 'too-many-tries' });
    },
  );

  it('is counted by where they come from first, and by link only where there is one', async () => {
    const known = linkedApi();
    await known.follow(ACT);
    expect(known.counted.map(({ limits }) => limits)).toEqual([SOURCE_LIMITS, LINK_LIMITS]);
    const forged = linkedApi();
    await forged.follow(ACT, `demo.${'x'.repeat(22)}`);
    expect(forged.counted.map(({ limits }) => limits)).toEqual([SOURCE_LIMITS]);
  });

  it('cannot be counted anew by naming another agency, and nothing is read', async () => {
    const { follow, counted, measured } = linkedApi();
    for (const agency of ['kent', 'x1', 'x2']) {
      expect((await follow(ACT, `${agency}.${TOKEN}`)).statusCode).toBe(404);
    }
    expect(counted).toEqual([]);
    expect(measured).toEqual(Array(3).fill(['linksRefused', 1]));
  });

  it('is held to six times a minute for a link, and free again in the next', async () => {
    const client = new DynamoDBClient({ region: 'eu-west-2' });
    const db = fakeDynamoDb(client);
    const takeAllowance = allowances(client, 'allowance');
    const burst = async (now: Instant): Promise<number[]> => {
      const { follow } = linkedApi({ now, takeAllowance });
      const statuses: number[] = [];
      for (let i = 0; i < 10; i += 1) statuses.push((await follow(ACT)).statusCode);
      return statuses;
    };
    const passed = [...Array(6).fill(303), ...Array(4).fill(429)];
    expect(await burst(later(60))).toEqual(passed);
    expect(await burst(later(90))).toEqual(Array(10).fill(429));
    expect(await burst(later(120))).toEqual(passed);
    db.restore();
  });

  it('is counted under no address and no link', async () => {
    const { handle, counted } = linkedApi();
    const request = httpRequest({ routeKey: ACT, path: { link: LINK } });
    const requestContext = { http: { sourceIp: '203.0.113.7' } };
    await handle({ ...request, requestContext });
    expect(counted).toHaveLength(2);
    expect(JSON.stringify(counted)).not.toContain('203.0.113.7');
    expect(JSON.stringify(counted)).not.toContain(TOKEN);
  });
});

import { describe, expect, it } from 'vitest';
import type { Page } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { NeverAccepted } from '#functions/adapters/sns/publisher.ts';
import { sendPage } from '#functions/notify/send-page.ts';
import { tellPerson } from '#functions/notify/tell-person.ts';
import { police, sms } from '#test/support/alerts.ts';
import { page } from '#test/support/pages.ts';

const AGENCY = agencyIdSchema.parse('demo');

const send = async (fields: Readonly<Record<string, unknown>>, canCall = true) => {
  const sent: unknown[][] = [];
  const take = async (...args: unknown[]) => {
    sent.push(args);
    return 'provider-1';
  };
  const deps = {
    publisher: { email: take, feed: take },
    tellPerson: tellPerson({
      publisher: { sms: take, email: take, push: take },
      call: canCall ? take : null,
      postToWebhook: take,
    }),
    makeLink: async (agencyId: string, { pageId }: Page, personId: string) =>
      `https://homeward.example/v1/acknowledge/${agencyId}.${pageId}.${personId}`,
    takeCode: async () => '4K7',
    tellLiaison: take,
    dutyManagerTopicArn: 'arn:duty-manager',
    canaryTopicArn: 'arn:canary',
  };
  expect(await sendPage(deps)(AGENCY, page(fields))).toBe('provider-1');
  return sent[0] ?? [];
};

describe('a page is sent', () => {
  it('to a phone, with a link that lets this person act on this alert', async () => {
    const [to, text] = await send({ recipient: sms('officer') });
    expect(to).toBe('+447700900001');
    const [, link = ''] = /\/v1\/acknowledge\/(\S+) or reply 4K7$/.exec(String(text)) ?? [];
    expect(link).toBe(`demo.${page().pageId}.officer`);
  });

  it("to a person's e-mail topic, with a subject", async () => {
    const recipient = { channel: 'email', personId: 'officer', topicArn: 'arn:topic' };
    const [to, message] = await send({ recipient });
    expect(to).toBe('arn:topic');
    expect(message).toMatchObject({ subject: 'URGENT: w-1, left home during curfew' });
  });

  it('to an app, with the wearer by reference, for others may read a locked screen', async () => {
    const recipient = { channel: 'push', personId: 'officer', endpointArn: 'arn:endpoint' };
    const [to, message] = await send({ recipient });
    expect(to).toBe('arn:endpoint');
    expect(message).toMatchObject({ title: 'URGENT: w-1', link: expect.stringContaining('http') });
    expect(JSON.stringify(message)).not.toMatch(/Bloggs|Acacia/);
  });

  it('by a call, said twice, without a name or an address, for others may pick up', async () => {
    const recipient = { channel: 'voice', personId: 'officer', phone: '+442079460001' };
    const [to, text] = await send({ recipient });
    expect(to).toBe('+442079460001');
    expect(String(text).match(/left home during curfew/g)).toHaveLength(2);
    expect(text).not.toMatch(/Bloggs|Acacia|http/);
  });

  it('to nobody by a call where there is no number to call from', async () => {
    const recipient = { channel: 'voice', personId: 'officer', phone: '+442079460001' };
    await expect(send({ recipient }, false)).rejects.toThrow(NeverAccepted);
  });

  it('to a webhook, under the id of the page', async () => {
    const url = 'https://pages.agency.example/officer';
    const [message] = await send({ recipient: { channel: 'webhook', personId: 'officer', url } });
    expect(message).toMatchObject({
      ...{ agencyId: 'demo', personId: 'officer', url, id: page().pageId },
      body: {
        type: 'homeward.page.alert',
        data: { alertId: 'w-1.curfew.abc', severity: 'severe' },
      },
    });
  });

  it('to a liaison by its feed, without a link', async () => {
    const [agencyId, told] = await send({ recipient: police });
    expect(told).toMatchObject({ recipient: police });
    expect(agencyId).toBe(AGENCY);
  });

  it("to the duty manager's topic, without a link, where nobody else could be told", async () => {
    const [to, message] = await send({ recipient: { channel: 'duty-manager' } });
    expect(to).toBe('arn:duty-manager');
    const { text } = Object(message);
    expect(text).toMatch(/^NOBODY HAS THIS IN HAND. URGENT: Jo Bloggs \(w-1\)/);
    expect(text).not.toContain('http');
    expect(
      await send({ recipient: { channel: 'duty-manager' }, purpose: 'stand-down' }),
    ).toMatchObject([
      'arn:duty-manager',
      { subject: 'Stand down: w-1', text: expect.stringMatching(/^Taken back/) },
    ]);
  });
});

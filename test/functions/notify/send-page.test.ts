import { describe, expect, it } from 'vitest';
import type { Page } from '#domain/model/alert.ts';
import { agencyIdSchema } from '#domain/model/ids.ts';
import { sendPage } from '#functions/notify/send-page.ts';
import { police, sms } from '#test/support/alerts.ts';
import { page } from '#test/support/pages.ts';

const AGENCY = agencyIdSchema.parse('demo');

const send = async (fields: Readonly<Record<string, unknown>>) => {
  const sent: unknown[][] = [];
  const take = async (...args: unknown[]) => {
    sent.push(args);
    return 'provider-1';
  };
  const deps = {
    publisher: { sms: take, email: take, feed: take },
    makeLink: async (agencyId: string, { pageId }: Page, personId: string) =>
      `https://homeward.example/v1/acknowledge/${agencyId}.${pageId}.${personId}`,
    takeCode: async () => '4K',
    policeTopicArn: 'arn:police',
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
    const [, link = ''] = /\/v1\/acknowledge\/(\S+) or reply 4K$/.exec(String(text)) ?? [];
    expect(link).toBe(`demo.${page().pageId}.officer`);
  });

  it("to a person's e-mail topic, with a subject", async () => {
    const recipient = { channel: 'email', personId: 'officer', topicArn: 'arn:topic' };
    const [to, message] = await send({ recipient });
    expect(to).toBe('arn:topic');
    expect(message).toMatchObject({ subject: 'URGENT: w-1, left home during curfew' });
  });

  it('to the police topic, under what its subscribers filter by, without a link', async () => {
    const [to, message, attributes] = await send({ recipient: police });
    expect(to).toBe('arn:police');
    expect(JSON.stringify(message)).not.toContain('acknowledge');
    expect(attributes).toEqual({
      force: 'met',
      kind: 'curfew',
      severity: 'severe',
      purpose: 'alert',
    });
  });

  it("to the duty manager's topic, without a link, where nobody else could be told", async () => {
    const [to, message] = await send({ recipient: { channel: 'duty-manager' } });
    expect(to).toBe('arn:duty-manager');
    const { text } = Object(message);
    expect(text).toMatch(/^NOBODY ELSE COULD BE REACHED. URGENT: Jo Bloggs \(w-1\)/);
    expect(text).not.toContain('http');
    expect(
      await send({ recipient: { channel: 'duty-manager' }, purpose: 'stand-down' }),
    ).toMatchObject([
      'arn:duty-manager',
      { subject: 'Stand down: w-1', text: expect.stringMatching(/^Taken back/) },
    ]);
  });
});

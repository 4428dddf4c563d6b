import { type PersonChannel, personChannelSchema } from '../model/recipient.ts';

const BY: Readonly<Record<PersonChannel, string>> = {
  sms: 'by text message',
  voice: 'by call',
  email: 'by e-mail',
  push: 'by push message',
  webhook: 'by webhook',
};

/** Whom a key names, and by what they are told: `sms.officer` is the officer by text message. */
export const recipientWords = (key: string): string => {
  const dot = key.indexOf('.');
  if (dot === -1) return `the ${key.replaceAll('-', ' ')}`;
  const channel = personChannelSchema.safeParse(key.slice(0, dot));
  const id = key.slice(dot + 1);
  return channel.success ? `${id} ${BY[channel.data]}` : id;
};

import { sms } from './alerts.ts';

const personId = 'officer';
const URL_OF_OFFICER = 'https://pages.agency.example/officer';

/** Somebody, or something, on every channel that there is but a liaison's feed. */
export const RECIPIENTS = [
  sms(personId),
  { channel: 'voice', personId, phone: '+442079460001' },
  { channel: 'email', personId, topicArn: 'arn:topic' },
  { channel: 'push', personId, endpointArn: 'arn:endpoint' },
  { channel: 'webhook', personId, url: URL_OF_OFFICER },
  { channel: 'duty-manager' },
  { channel: 'canary' },
] as const;

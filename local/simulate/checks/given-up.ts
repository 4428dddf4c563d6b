import type { Page } from '#domain/model/alert.ts';
import type { SimulatedDynamoDb } from '../dynamodb/database.ts';

/** Whether a page's person has another address by now than the page, or wants nothing there. */
export const hasGivenUp = (db: SimulatedDynamoDb, { recipient }: Page): boolean => {
  if (!('personId' in recipient)) return false;
  const pk = `demo#PERSON#${recipient.personId}`;
  const item = db.itemOf('monitoring', pk, 'CURRENT');
  const { mobile, phone } = JSON.parse(item?.body?.S ?? '{}');
  const contacts = db.itemOf('monitoring', pk, 'CONTACTS');
  const { channels = {} } = JSON.parse(contacts?.body?.S ?? '{}');
  switch (recipient.channel) {
    case 'sms': {
      const { address, stoppedAt = null } = channels.sms ?? {};
      return mobile !== recipient.mobile || (address === mobile && stoppedAt !== null);
    }
    case 'voice':
      return (phone ?? mobile) !== recipient.phone;
    case 'email':
      return item?.topicArn?.S !== recipient.topicArn;
    default:
      return false;
  }
};

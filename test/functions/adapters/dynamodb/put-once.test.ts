import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { agencyIdSchema, wearerIdSchema } from '#domain/model/ids.ts';
import { answers } from '#functions/adapters/dynamodb/answers.ts';
import { recordRefusal } from '#functions/adapters/dynamodb/refusals.ts';
import { conflictOf } from '#local/simulate/services/clients.ts';
import { OFFICER, T, violationOpens } from '#test/support/alerts.ts';
import { alertAfter } from '#test/support/given-alert.ts';

const AGENCY = agencyIdSchema.parse('demo');
const ANSWER = { answerId: 'text-1', mobile: '+447700900001', text: 'Noted.', createdAt: T };

/** Somebody else is writing the same items just now. */
const inConflict = () => {
  const send = async (command: object): Promise<never> => {
    throw conflictOf(command);
  };
  return Object.assign(new DynamoDBClient({ region: 'eu-west-2' }), { send });
};

describe('what is put once, while another writes the same', () => {
  it('is not taken for put: the text comes again', async () => {
    await expect(answers(inConflict(), 'monitoring').put(AGENCY, ANSWER)).rejects.toThrow();
  });

  it('is not taken for put: the command is refused again', async () => {
    const { alertId } = alertAfter({ command: violationOpens(), now: T });
    const refused = {
      ...{ at: T, alertId, wearerId: wearerIdSchema.parse('w-1'), command: 'acknowledge' },
      ...{ by: OFFICER, epoch: null, code: 'link-expired', actedBy: null, actedAt: null },
    };
    await expect(recordRefusal(inConflict(), 'record')(AGENCY, refused)).rejects.toThrow();
  });
});

import * as z from 'zod';
import type { NeedsRow, NeedsTable } from './need.ts';

const sendSchema = z.looseObject({ OriginationIdentity: z.string() });

const send: NeedsRow = ({ input }) => [
  { action: 'sms-voice:SendVoiceMessage', resource: sendSchema.parse(input).OriginationIdentity },
];

/**
 * What calls of AWS End User Messaging need: the number called from is the resource, by its ARN.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 * list_amazonpinpointsmsvoicev2.html
 */
export const VOICE_NEEDS: NeedsTable = { SendVoiceMessage: send };

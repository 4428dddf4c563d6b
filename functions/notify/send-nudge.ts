import type { Nudge } from '#domain/model/nudge.ts';
import { renderNudge } from '#domain/notify/render-nudge.ts';
import type { Publisher } from '../adapters/sns/publisher.ts';

/** Renders a nudge and hands it to SNS as a text message. Returns the provider's id. */
export const sendNudge =
  ({ sms }: Pick<Publisher, 'sms'>) =>
  (mobile: string, nudge: Nudge): Promise<string> =>
    sms(mobile, renderNudge(nudge).text);
export type SendNudge = ReturnType<typeof sendNudge>;

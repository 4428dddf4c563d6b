import { arnOf } from '../../cloud/place.ts';
import { publishNeeds } from '../needs/sns-needs.ts';
import type { StackCall, StackSurroundings } from './stack-call.ts';

/**
 * The topic that texts from people come through, by its logical id: a number is bought, and pointed
 * at its topic, by hand, and stands in no template.
 */
const TEXTS_TOPIC = /^ReplyTexts[0-9A-F]{8}$/;

export const isTextsTopic = (logicalId: string): boolean => TEXTS_TOPIC.test(logicalId);

/**
 * AWS End User Messaging publishes what is texted to a number, and what became of messages.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-iam-policy-auto.html
 */
export const textCalls = ({ stack, surroundings }: StackSurroundings): StackCall[] =>
  stack
    .ofType('AWS::SNS::Topic')
    .filter(({ logicalId }) => isTextsTopic(logicalId))
    .map(({ logicalId, ref }) => ({
      subject: logicalId,
      purpose: 'text',
      asker: {
        kind: 'service',
        name: 'sms-voice.amazonaws.com',
        sourceArn: arnOf(stack.place, 'sms-voice', 'phone-number/phone-local'),
      },
      needs: publishNeeds(ref, surroundings),
    }));

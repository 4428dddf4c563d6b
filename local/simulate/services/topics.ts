import {
  CreateTopicCommand,
  OptedOutException,
  PublishCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Service } from '../engine/network.ts';

/** What SNS took, to a number or a topic. */
export type Published = Readonly<{ id: string; to: string; text: string; isCall: boolean }>;

export type TopicsProps = Readonly<{
  /** Numbers whose owners have sent STOP. */
  optedOut: ReadonlySet<string>;
  /** Numbers what is taken. */
  nextId: () => string;
  onPublished: (published: Published, command: object) => void;
}>;

/** SNS: it takes a message and gives it an id, or says that it never will. */
export const simulatedSns =
  ({ optedOut, nextId, onPublished }: TopicsProps): Service =>
  (command) => {
    if (command instanceof CreateTopicCommand) return { TopicArn: `arn:sns:${command.input.Name}` };
    if (command instanceof SubscribeCommand) return {};
    if (!(command instanceof PublishCommand)) {
      throw new Error(`SNS is not simulated for ${command.constructor.name}`);
    }
    const { PhoneNumber, TopicArn, TargetArn, Message = '' } = command.input;
    const to = PhoneNumber ?? TopicArn ?? TargetArn ?? '';
    if (optedOut.has(to)) throw new OptedOutException({ $metadata: {}, message: 'opted out' });
    const published = { id: nextId(), to, text: Message, isCall: false };
    onPublished(published, command);
    return { MessageId: published.id };
  };

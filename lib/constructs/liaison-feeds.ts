import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { Owner } from './encryption-keys.ts';
import { LiaisonFeed } from './liaison-feed.ts';

/**
 * What goes to recipients outside the agency. What is real and what is practised or tested have
 * topics, queues and addresses of their own: nobody can take the one for the other.
 */
export class LiaisonFeeds extends Construct {
  readonly actual: LiaisonFeed;
  readonly exercise: LiaisonFeed;
  readonly #config: Config;

  constructor(scope: Construct, id: string, owner: Owner) {
    super(scope, id);
    this.#config = owner.config;
    this.actual = new LiaisonFeed(this, 'Actual', {
      ...owner,
      statuses: ['Actual'],
      addresses: owner.config.feedSubscriptions,
    });
    this.exercise = new LiaisonFeed(this, 'Exercise', {
      ...owner,
      statuses: ['Exercise', 'Test'],
      addresses: owner.config.exerciseSubscriptions,
    });
  }

  /** Whether what liaisons are told is real. */
  get environment(): Record<string, string> {
    return { TRAFFIC: this.#config.traffic };
  }

  /** What whoever publishes must know. Topics for order are absent where nobody wants it. */
  get topicsEnvironment(): Record<string, string> {
    const { actual, exercise } = this;
    return {
      LIAISON_TOPIC_ARN: actual.topic.topicArn,
      EXERCISE_TOPIC_ARN: exercise.topic.topicArn,
      ...(actual.ordered && { LIAISON_ORDERED_TOPIC_ARN: actual.ordered.topicArn }),
      ...(exercise.ordered && { EXERCISE_ORDERED_TOPIC_ARN: exercise.ordered.topicArn }),
    };
  }

  allowPublishing(grantee: IGrantable): void {
    for (const { topics } of [this.actual, this.exercise]) {
      for (const topic of topics) topic.allowPublishing(grantee);
    }
  }
}

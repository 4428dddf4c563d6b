import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { allow, allowKeyUse } from './allow.ts';

export type SecureTopicProps = {
  readonly key: Key;
  readonly displayName?: string;
  /**
   * First in, first out within a group of messages. So long it keeps them, for a subscriber that
   * asks for them again.
   */
  readonly fifo?: { readonly topicName: string; readonly archivedDays: number };
};

/** An encrypted, TLS-only topic whose notices are signed with SHA-256. */
export class SecureTopic extends Topic {
  readonly #key: Key;

  constructor(scope: Construct, id: string, { key, displayName, fifo }: SecureTopicProps) {
    super(scope, id, {
      ...(displayName && { displayName }),
      ...(fifo && {
        ...{ fifo: true, topicName: fifo.topicName },
        messageRetentionPeriodInDays: fifo.archivedDays,
      }),
      masterKey: key,
      enforceSSL: true,
      signatureVersion: '2',
    });
    this.#key = key;
  }

  allowPublishing(grantee: IGrantable): void {
    allow(grantee, { actions: ['sns:Publish'], resources: [this.topicArn] });
    allowKeyUse(grantee, { key: this.#key, through: 'sns', to: 'write' });
  }
}

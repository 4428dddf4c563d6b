import type { Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Config } from '../config.ts';
import { allow } from './allow.ts';

/** Begins the name of each responder's e-mail topic, which `api` creates when it needs one. */
export const contactTopicPrefix = (config: Pick<Config, 'agency'>): string =>
  `homeward-contact-${config.agency}-`;

/** The topics of this agency's responders: they are named, not referenced, as they come later. */
const contactTopics = (stack: Stack, config: Config): string =>
  stack.formatArn({ service: 'sns', resource: `${contactTopicPrefix(config)}*` });

type Holder = { readonly grantee: IGrantable; readonly stack: Stack; readonly config: Config };

export const allowCreatingContactTopics = ({ grantee, stack, config }: Holder): void =>
  allow(grantee, {
    actions: ['sns:CreateTopic', 'sns:Subscribe'],
    resources: [contactTopics(stack, config)],
  });

export const allowPublishingToContacts = ({ grantee, stack, config }: Holder): void =>
  allow(grantee, { actions: ['sns:Publish'], resources: [contactTopics(stack, config)] });

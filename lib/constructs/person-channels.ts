import type { Stack } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Config } from '../config.ts';
import { allow } from './allow.ts';

/** What functions must know of the channels on which people may be told. */
export const channelEnvironment = ({
  voiceOriginationIdentity,
  webhookHosts,
}: Pick<Config, 'voiceOriginationIdentity' | 'webhookHosts'>): Record<string, string> => ({
  ...(voiceOriginationIdentity && { VOICE_ORIGINATION_IDENTITY: voiceOriginationIdentity }),
  ...(webhookHosts.length > 0 && { WEBHOOK_HOSTS: webhookHosts.join(',') }),
});

type Holder = { readonly grantee: IGrantable; readonly stack: Stack; readonly config: Config };

/** Lets the grantee push to apps, and call from the number that the agency names, if it does. */
export const allowTellingPeople = ({ grantee, stack, config }: Holder): void => {
  const endpoints = stack.formatArn({ service: 'sns', resource: 'endpoint', resourceName: '*' });
  allow(grantee, { actions: ['sns:Publish'], resources: [endpoints] });
  const { voiceOriginationIdentity: from } = config;
  if (from) allow(grantee, { actions: ['sms-voice:SendVoiceMessage'], resources: [from] });
};

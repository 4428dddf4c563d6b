import * as z from 'zod';
import { awsJson, awsJsonError } from '../reply.ts';
import type { AnswerCall } from './gateway.ts';

export type Secret = { arn: string; name: string; logicalId: string; value: string };

const inputSchema = z.looseObject({
  SecretId: z.string(),
  VersionStage: z.string().default('AWSCURRENT'),
});

/** Secrets by ARN or name: what the template generates, or gives. */
export const answerSecrets =
  (secrets: readonly Secret[]): AnswerCall =>
  async (call) => {
    if (call.operation !== 'GetSecretValue') return undefined;
    const { SecretId, VersionStage } = inputSchema.parse(JSON.parse(call.body.toString()));
    const secret = secrets.find(({ arn, name }) => arn === SecretId || name === SecretId);
    if (secret === undefined) {
      const problem = `Secrets Manager can't find the specified secret: ${SecretId}`;
      return awsJsonError(400, 'ResourceNotFoundException', problem);
    }
    // Nothing is rotated here: there is no version before, and none to come.
    if (VersionStage !== 'AWSCURRENT') {
      const problem = "Secrets Manager can't find the specified secret value for staging label";
      return awsJsonError(400, 'ResourceNotFoundException', `${problem}: ${VersionStage}`);
    }
    const { arn: ARN, name: Name, value: SecretString } = secret;
    return awsJson(200, { ARN, Name, SecretString, VersionStages: ['AWSCURRENT'] });
  };

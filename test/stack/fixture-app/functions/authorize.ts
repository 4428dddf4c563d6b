import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';

const secrets = new SecretsManagerClient({});

/** Lets those in who know the secret. */
export const handler = async (event: APIGatewayRequestAuthorizerEventV2) => {
  console.log(`asked about ${event.routeArn}`);
  const SecretId = process.env.SECRET_ARN;
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const isAuthorized = event.identitySource?.[0] === `Bearer ${SecretString}`;
  return { isAuthorized, context: { user: 'operator' } };
};

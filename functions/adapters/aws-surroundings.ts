import * as z from 'zod';

/** What Lambda tells each function of itself; an endpoint only where the cloud is a local one. */
const surroundingsSchema = z.object({
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL: z.string().optional(),
});

export type Environment = Readonly<Record<string, string | undefined>>;

/** One try and three more, for what a service answers with 5xx: it asks for that when busy. */
const RETRIES = 3;

/** The settings of a client that signs requests for one service, and where the services are. */
export const awsSurroundings = (service: 'kms' | 's3', environment: Environment) => {
  const known = surroundingsSchema.parse(environment);
  const { AWS_REGION: region, AWS_SESSION_TOKEN: sessionToken, AWS_ENDPOINT_URL: local } = known;
  return {
    client: {
      ...{ service, region, retries: RETRIES },
      accessKeyId: known.AWS_ACCESS_KEY_ID,
      secretAccessKey: known.AWS_SECRET_ACCESS_KEY,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    region,
    /** Without a slash at its end; undefined on AWS. */
    local: local?.replace(/\/$/, ''),
  };
};

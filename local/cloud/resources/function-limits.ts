/** What of a function's properties Lambda checks when it is made. */
export type CheckedFunction = {
  Timeout: number;
  MemorySize: number;
  ReservedConcurrentExecutions?: number | undefined;
  Environment: { Variables: Readonly<Record<string, string>> };
};

const LONGEST_ENVIRONMENT_BYTES = 4096;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (reserved variables) */
const RESERVED_NAMES = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
  ...['AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE'],
  ...['AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY'],
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
]);

const NAME = /^[a-zA-Z][a-zA-Z0-9_]+$/;

/** What the variables count: the bytes of the JSON that Lambda keeps of them. */
const environmentBytes = (variables: Readonly<Record<string, string>>): number =>
  Buffer.byteLength(JSON.stringify(variables));

const environmentProblem = (variables: Readonly<Record<string, string>>): string | undefined => {
  for (const name of Object.keys(variables)) {
    if (RESERVED_NAMES.has(name)) return `Lambda reserves the environment variable ${name}`;
    if (!NAME.test(name)) return `"${name}" is no name for an environment variable`;
  }
  const bytes = environmentBytes(variables);
  if (bytes <= LONGEST_ENVIRONMENT_BYTES) return undefined;
  return `its environment variables take ${bytes} bytes, above the ${LONGEST_ENVIRONMENT_BYTES} that Lambda allows; shorten them, or read them from elsewhere`;
};

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/**
 * Why Lambda would refuse to make this function; undefined when it would not. Limits by
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const functionProblem = (properties: CheckedFunction): string | undefined => {
  const { Timeout, MemorySize, ReservedConcurrentExecutions } = properties;
  if (!isWithin(Timeout, 1, 900)) return `a timeout of ${Timeout} s is not within 1 and 900 s`;
  if (!isWithin(MemorySize, 128, 10_240)) {
    return `a memory of ${MemorySize} MB is not within 128 and 10,240 MB`;
  }
  const reserved = ReservedConcurrentExecutions ?? 0;
  if (!isWithin(reserved, 0, 900)) {
    return `a reserved concurrency of ${reserved} leaves the account's other functions no 100 of 1,000`;
  }
  return environmentProblem(properties.Environment.Variables);
};

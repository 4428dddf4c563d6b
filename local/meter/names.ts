/** A call names the same few things again and again. */
const remembered = (nameOf: (name: string) => string): ((name: string) => string) => {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? nameOf(name);
    known.set(name, found);
    return found;
  };
};

/** A logical id without the CDK's hash: `StateTable9728C7E5` is `StateTable`. */
const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/** `EvaluateFunctionRoleF5568032` and `EvaluateFunction645C2A65` are both `evaluate`. */
export const functionName = remembered((logicalId) =>
  withoutHash(logicalId)
    .replace(/(Function)?(ServiceRole|Role)?$/, '')
    .toLowerCase(),
);

/**
 * What a thing is called in tables for people, by its name, URL or ARN: `State` for
 * `Homeward-StateTable9728C7E5`.
 */
export const thingName = (stackName: string): ((name: string) => string) =>
  remembered((name) => {
    const last = name.split(/[/:]/).at(-1) ?? name;
    const own = last.startsWith(`${stackName}-`) ? last.slice(stackName.length + 1) : last;
    return withoutHash(own).replace(/(Table|Queue|Topic|Bucket|Secret)$/, '');
  });

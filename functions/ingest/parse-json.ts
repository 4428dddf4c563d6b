/** A value that was JSON, wrapped, for null is JSON too; null where it was none. */
export const parseJson = (text: string): Readonly<{ value: unknown }> | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Record: the refusal says which line or body is not JSON.
    return null;
  }
};

/**
 * The path of a question about one person, with who asks it: whatever is read of somebody says by
 * whom and why.
 */
export const asReader = (by: string, path: string): string => {
  const reader = new URLSearchParams({ by, reason: 'to check what is there' });
  return `${path}${path.includes('?') ? '&' : '?'}${reader}`;
};

/**
 * FNV-1a, 32 bits (Fowler, Noll, Vo): a short name for a content. It tells versions apart, no more.
 */
export const digest = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
};

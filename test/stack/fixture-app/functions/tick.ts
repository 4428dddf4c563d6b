/** Says what time it is, each minute. */
export const handler = async (event: { time: string }): Promise<void> => {
  console.log(`tick ${event.time} at ${new Date().toISOString()}`);
};

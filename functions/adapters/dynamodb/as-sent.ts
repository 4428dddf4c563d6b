import { instantSchema, toIso } from '#domain/model/instant.ts';

const isInstantName = (name: string): boolean => /At$|^from$|^until$/.test(name);

/** A document as it was sent: its instants in ISO 8601, by which they are read again. */
export const asSent = (body: object): object => {
  const text = JSON.stringify(body, (name, value) => {
    const { data } = isInstantName(name) ? instantSchema.safeParse(value) : {};
    return data === undefined ? value : toIso(data);
  });
  return Object(JSON.parse(text));
};

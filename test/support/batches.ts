/** A batch of a queue as Lambda brings it: a text as it is, anything else as JSON. */
export const queueBatch = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, i) => ({
    messageId: `m-${i}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
});

type Image = Readonly<Record<string, unknown>>;

/** A batch of a table's stream as Lambda brings it, with sequence numbers s-0, s-1, ... */
export const streamBatch = (...images: readonly Image[]) => ({
  Records: images.map((NewImage, i) => ({
    dynamodb: {
      Keys: { pk: NewImage.pk, sk: NewImage.sk },
      SequenceNumber: `s-${i}`,
      NewImage,
    },
  })),
});

export const NOTHING_FAILED = { batchItemFailures: [] };

/** The answer that names what must be given again. */
export const failed = (...ids: readonly string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

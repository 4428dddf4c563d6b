/**
 * What of the monitoring table's stream, and of the record's, each function is given, as patterns
 * of event source mappings:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const streamFilters = {
  escalate: [
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { entity: { S: ['VIOLATION'] } } },
    },
    // An alert whose timers were lost: the sweep brings it.
    {
      eventName: ['MODIFY'],
      dynamodb: { NewImage: { entity: { S: ['ALERT'] }, wokenAt: { N: [{ exists: true }] } } },
    },
    // An incident of which a receipt or an acceptance is waited for: its timer is armed, and what
    // the sweep wakes is done.
    {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { NewImage: { entity: { S: ['TRANSFER'] }, nextDueAt: { N: [{ exists: true }] } } },
    },
    // A page that can never be delivered: the person's next channel is tried.
    {
      eventName: ['MODIFY'],
      dynamodb: {
        NewImage: { entity: { S: ['OUTBOX'] }, kind: { S: ['page'] }, status: { S: ['failed'] } },
      },
    },
    // A page that the sweep brings again: so is the next channel of whoever cannot be reached now.
    {
      eventName: ['MODIFY'],
      dynamodb: {
        NewImage: {
          entity: { S: ['OUTBOX'] },
          kind: { S: ['page'] },
          status: { S: ['pending'] },
          claimedBy: { S: [{ exists: false }] },
          // It waits on purpose.
          waits: { S: [{ exists: false }] },
        },
      },
    },
  ],
  seal: [
    // Entries are put, and never changed; that one is sealed has no type.
    { eventName: ['INSERT'], dynamodb: { NewImage: { type: { S: [{ exists: true }] } } } },
  ],
  notify: [
    // What has been claimed is being sent; the sweep brings it again without its claim.
    {
      dynamodb: {
        NewImage: {
          entity: { S: ['OUTBOX'] },
          status: { S: ['pending'] },
          claimedBy: { S: [{ exists: false }] },
        },
      },
    },
  ],
} as const;

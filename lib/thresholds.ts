/** When an alarm speaks. Units are in the names; a value is crossed when it is exceeded. */
export const thresholds = {
  /** A page must leave within 10 s of its event, so a minute's wait means that a stage stands. */
  pipelineQueueAgeSeconds: 60,
  /** Somebody waits for a report, and no wearer is the worse for it; each takes a minute or two. */
  reportQueueAgeSeconds: 900,
  /** A control room that has not collected for 15 minutes is not being told. */
  feedQueueAgeSeconds: 900,
  deadLetters: 0,
  functionErrorsPerMinute: 0,
  functionThrottlesPerMinute: 0,
  streamAgeMilliseconds: 60_000,
  /** With any one timer dead the next one acts within 90 s; later than that, none does. */
  overdueSeconds: 90,
  /** What each heartbeat says. It is never exceeded: what alarms is that none comes. */
  heartbeat: 1,
  /** A page must leave within 10 s of its event: a test alert that takes a minute met a net. */
  testAlertSeconds: 60,
  apiServerErrorsPerMinute: 0,
  /** A device without an activation here and there is usual; one event in twenty is a fault. */
  eventsRefusedPercent: 5,
  /** Somebody without a mobile is usual; when most are not reached, the channel fails. */
  nudgesNotSentPercent: 50,
  /** Calls come again by themselves; so many in most minutes are no passing peak. */
  throttledPerMinute: 10,
  /** A quarter of an hour of the uploads of 27,000 wearers, each every four minutes. */
  eventsWaiting: 100_000,
  /** A hundred times the usual kilobyte, and a quarter of what DynamoDB keeps in an item. */
  stateBytes: 100_000,
  /** More than twice the longest usual time between uploads, of which a feed has many. */
  feedLateAfterSeconds: 900,
  /** Expired links are pressed now and then; so many a minute are somebody's tries. */
  linksRefusedPerMinute: 20,
  /** An id that was mistyped is no attack; so many a minute are somebody's tries. */
  messagesNotTheirsPerMinute: 5,
  /** A day waits for one run of the archive; three days leave nine in which nothing is lost. */
  archiveOverdueDays: 3,
} as const;

/** An alarm before a limit speaks at so much of it: there is time to have it raised. */
export const nearPercent = 80;

/**
 * Limits of AWS that no usage metric tells: what a partition writes, what a table's quota is unless
 * raised, what a standard queue has in flight.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
export const awsLimits = {
  partitionWritesPerSecond: 1000,
  tableUnitsPerSecond: 40_000,
  messagesInFlight: 120_000,
} as const;

/** As functions/adapters/dynamodb/keys.ts has it; a test compares the two. */
export const dueShards = 4;

/**
 * A wearer who falls silent with the whole feed is not told of singly. Bases: who fell silent
 * within five minutes fell silent together (a usual upload is four minutes apart, and an interval
 * of Alertmanager's grouping is five); fewer than five wearers may well be silent each for
 * themselves; an hour of silence has passed before an alert opens, and another four are the most
 * that one is held, twice the two hours after which a silence counts as long.
 */
export const feedLimits = {
  togetherSeconds: 300,
  everySeconds: 900,
  holdSeconds: 14_400,
  leastWearers: 5,
} as const;

/**
 * How long an alert waits for another one of its wearer. Chosen: a quarter of an hour is the usual
 * time after which a last resort is told again, and nobody has answered the other alert by then; a
 * tamper that nobody has closed after a day no longer explains anything by itself.
 */
export const holdLimits = {
  groupedSeconds: 900,
  groupedEverySeconds: 60,
  inhibitedSeconds: 86_400,
  inhibitedEverySeconds: 300,
} as const;

/**
 * How many text messages somebody is sent before what can wait does: GoAlert's limits for alerts.
 * https://github.com/target/goalert/blob/master/engine/message/ratelimit.go
 */
export const throttleLimits = {
  shortSeconds: 900,
  mostInShort: 5,
  longSeconds: 3_600,
  mostInLong: 11,
} as const;

/** What the HTTP API lets through: four times the busiest hour of 27,000 wearers, and room. */
export const apiLimits = { requestsPerSecond: 1000, burstRequests: 2000 } as const;

/**
 * What a provisioned table scales between, in units a second, and the use that it aims for. The
 * ceiling is the account's: a lower one of our own would be reached by 240,000 wearers.
 */
export const tableCapacity = {
  minimum: 5,
  maximum: awsLimits.tableUnitsPerSecond,
  targetUsePercent: 70,
} as const;

/** The trail moves from its table to its bucket. */
export const archiving = {
  everyMinutes: 15,
  /** Side by side, each through a part of the shards: one would be just enough for a million. */
  runsAtOnce: 4,
  /** As functions/adapters/dynamodb/trail-day.ts has it; a test compares the two. */
  afterDays: 33,
  /** An archived day that was added to, or removed by hand, can be had again for so long. */
  replacedVersionsDays: 30,
} as const;

/** How the record is sealed and anchored. */
export const sealing = {
  /** Of the record's stream: nobody waits for a seal, and a burst's entries come together. */
  batchSize: 100,
  windowSeconds: 5,
  parallelBatches: 2,
  /** What a look of each hour and one of each day go through. Events come up to 30 days late. */
  hourlyNetDays: 2,
  dailyNetDays: 35,
  /** A page's entry is looked for in its chain while its alert is open: a minute. */
  sealedAfterSeconds: 60,
  entriesFoundUnsealed: 0,
  anchorEveryMinutes: 60,
} as const;

/** What retention lets go is looked for so often; each wearer once a week at least. */
export const erasing = { everyHours: 6 } as const;

export const deliveries = {
  /** With a visibility timeout of a minute: ten minutes of a database's trouble. */
  receivesBeforeDeadLetter: 10,
  queueRetentionDays: 4,
  feedRetentionDays: 7,
  /** Of feeds that keep their order: a force whose system was rebuilt has the month again. */
  orderedArchiveDays: 30,
  /** SQS's maximum: time to find out, repair and redrive. */
  deadLetterRetentionDays: 14,
  streamRetries: 10,
  streamMaxAgeHours: 6,
  /** A shard's records are worked on by ten at a time, each wearer's and alert's in order. */
  streamParallelBatches: 10,
  batchSize: 10,
} as const;

/**
 * How SNS tries an address again, within the hour that it allows: at once, then every five seconds,
 * then ever more slowly, and then each minute, in all for 48 minutes. A restart of a control room's
 * system is over by then; after that it fetches.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export const httpsRetries = {
  atOnce: 2,
  soon: 6,
  rising: 10,
  slow: 42,
  shortestSeconds: 5,
  longestSeconds: 60,
} as const;

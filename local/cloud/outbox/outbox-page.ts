import { toIso } from '#domain/model/instant.ts';
import { escapeMarkup } from '#domain/report/escape-markup.ts';
import type { OutboxEntry } from './outbox.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2129; --soft: #667085; --line: #e4e7ec; --card: #fff; --page: #f6f7f9;
  --sms: #0b6bcb; --email: #7a3fb5; --queue: #0f766e; --voice: #b54708; --push: #3f6212; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9ee; --soft: #98a2b3; --line: #2c313b; --card: #1a1d24;
  --page: #111318; --sms: #5fb0ff; --email: #c79bf2; --queue: #4fd1c5; --voice: #fdb022; --push: #a3e635; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 58rem; padding: 2.5rem 1.25rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0; letter-spacing: -0.01em; }
p.note { color: var(--soft); margin: 0.25rem 0 1.75rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.15rem;
  margin-bottom: 0.8rem; }
header { display: flex; gap: 0.6rem; align-items: baseline; flex-wrap: wrap; }
.channel { font-size: 0.75rem; font-weight: 650; text-transform: uppercase; letter-spacing: 0.06em; }
.sms { color: var(--sms); } .email { color: var(--email); } .queue, .https { color: var(--queue); }
.voice { color: var(--voice); } .push { color: var(--push); }
.to { font-weight: 600; overflow-wrap: anywhere; }
time { margin-left: auto; color: var(--soft); font-variant-numeric: tabular-nums; font-size: 0.85rem; }
h2 { font-size: 1rem; margin: 0.5rem 0 0; }
pre { margin: 0.5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
.queue-text { font: 0.82rem/1.5 ui-monospace, monospace; }
dl { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; margin: 0.7rem 0 0; font-size: 0.82rem; color: var(--soft); }
dl div { display: flex; gap: 0.35rem; } dt::after { content: ":"; } dd { margin: 0; color: var(--ink); }
`;

const CHANNEL_NAMES = {
  sms: 'Text message',
  email: 'E-mail',
  voice: 'Call',
  push: 'Push message',
  queue: 'Feed',
  https: 'Feed, posted',
};

const attributesOf = (entry: OutboxEntry): string => {
  const shown = {
    ...(entry.topic === undefined ? {} : { topic: entry.topic }),
    ...entry.attributes,
  };
  const items = Object.entries(shown).map(
    ([name, value]) => `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd></div>`,
  );
  return items.length === 0 ? '' : `<dl>${items.join('')}</dl>`;
};

const isFeed = ({ channel }: OutboxEntry): boolean => channel === 'queue' || channel === 'https';

const readable = (entry: OutboxEntry): string => {
  const { text } = entry;
  if (!isFeed(entry)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Record: a feed's message that is not JSON is shown as it is.
    return text;
  }
};

const article = (entry: OutboxEntry): string => {
  const at = toIso(entry.acceptedAt);
  const subject = entry.subject === undefined ? '' : `<h2>${escapeMarkup(entry.subject)}</h2>`;
  const textClass = isFeed(entry) ? ' class="queue-text"' : '';
  return `<article>
<header><span class="channel ${entry.channel}">${CHANNEL_NAMES[entry.channel]}</span>
<span class="to">${escapeMarkup(entry.to)}</span>
<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 19)} UTC</time></header>
${subject}<pre${textClass}>${escapeMarkup(readable(entry))}</pre>${attributesOf(entry)}
</article>`;
};

/** The outbox as a page, newest first: one self-contained document, everything in it escaped. */
export const outboxPage = (entries: readonly OutboxEntry[]): string => {
  const newestFirst = entries.toReversed().map(article).join('\n');
  const count = entries.length === 1 ? '1 message' : `${entries.length} messages`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outbox (${entries.length})</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Outbox</h1>
<p class="note">${count} that would have left for people and feeds, newest first. Nothing left this machine.</p>
${newestFirst === '' ? '<p>Nothing has been sent yet.</p>' : newestFirst}
</body>
</html>
`;
};

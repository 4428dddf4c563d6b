import { escapeMarkup } from '#domain/report/escape-markup.ts';
import type { HttpResponse } from '../middleware/http.ts';

const STYLE = `body{font:17px/1.5 system-ui,sans-serif;margin:0;background:#f3f2f1;color:#0b0c0c}
main{max-width:34rem;margin:0 auto;padding:1.5rem;background:#fff;min-height:100vh}
h1{font-size:1.4rem;margin:.2rem 0 1rem}dt{color:#505a5f;font-size:.9rem}dd{margin:0 0 .7rem}
button{font:inherit;font-weight:700;padding:.8rem 1.2rem;border:0;background:#00703c;color:#fff;width:100%}`;

/** A small page that reads on a phone, loads nothing from elsewhere and may not be framed. */
export const htmlResponse = (statusCode: number, title: string, body: string): HttpResponse => ({
  statusCode,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeMarkup(title)}</title><style>${STYLE}</style><main><h1>${escapeMarkup(title)}</h1>${body}</main></html>`,
});

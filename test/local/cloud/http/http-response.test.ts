import { describe, expect, it } from 'vitest';
import { httpResponseOf } from '#local/cloud/http/http-response.ts';

const shown = (payload: unknown) => {
  const { status, headers, cookies, body } = httpResponseOf(payload);
  return { status, type: headers['content-type'], cookies, body: body.toString() };
};

describe("given a function's result", () => {
  it('takes a structured one apart', () => {
    const payload = {
      statusCode: 201,
      headers: { 'Content-Type': 'text/html', 'X-Count': 3 },
      cookies: ['a=1'],
      body: '<p>',
    };
    expect(httpResponseOf(payload).headers['x-count']).toBe('3');
    expect(shown(payload)).toEqual({
      status: 201,
      type: 'text/html',
      cookies: ['a=1'],
      body: '<p>',
    });
  });

  it('decodes a base64 body', () => {
    expect(shown({ statusCode: 200, body: 'aGk=', isBase64Encoded: true }).body).toBe('hi');
  });

  it('sends a result without a status as the JSON of a 200', () => {
    const json = { status: 200, type: 'application/json', cookies: [] };
    expect(shown({ ok: true })).toEqual({ ...json, body: '{"ok":true}' });
    expect(shown('text')).toEqual({ ...json, body: 'text' });
  });

  it.each([{ statusCode: 'abc' }, { statusCode: 200, body: { not: 'text' } }, { statusCode: 9 }])(
    'answers 500 to the malformed %j',
    (payload) => {
      expect(shown(payload)).toMatchObject({
        status: 500,
        body: '{"message":"Internal Server Error"}',
      });
    },
  );
});

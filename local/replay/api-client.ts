export type ApiAnswer = Readonly<{ status: number; text: string }>;

export type ApiClient = Readonly<{
  get: (path: string) => Promise<unknown>;
  put: (path: string, body: object) => Promise<unknown>;
  post: (path: string, body: object) => Promise<unknown>;
}>;

const JSON_TYPE = { 'content-type': 'application/json' };

/** Calls the HTTP API under a token. Throws on every answer but success, with what the API said. */
export const createApiClient = (apiUrl: string, token: string): ApiClient => {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(apiUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : JSON_TYPE) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  };
  return {
    get: (path) => call('GET', path),
    put: (path, body) => call('PUT', path, body),
    post: (path, body) => call('POST', path, body),
  };
};

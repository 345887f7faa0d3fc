/** Input of next-auth: only the cookies and fields that the step needs. */
interface NextAuthCall {
  readonly path: readonly string[];
  readonly method: 'GET' | 'POST';
  readonly body?: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
}

type NextAuthHandler = (request: object, response: object) => Promise<unknown>;

/** Calls next-auth in process with a minimal request and response, and returns the cookies it sets. */
export async function callNextAuth(
  handle: NextAuthHandler,
  call: NextAuthCall,
): Promise<{ readonly setCookies: readonly string[] }> {
  const headers = new Map<string, unknown>();
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader(name: string, value: unknown) {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    end: () => response,
    json: () => response,
    send: () => response,
  };
  await handle(
    { query: { nextauth: call.path }, method: call.method, body: call.body, cookies: call.cookies, headers: {} },
    response,
  );
  const setCookies = headers.get('set-cookie');
  return { setCookies: Array.isArray(setCookies) ? setCookies.filter((line) => typeof line === 'string') : [] };
}

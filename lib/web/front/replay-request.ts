import { IncomingMessage } from 'node:http';

/**
 * Copies a request with its complete body in memory. Reading it never waits, and destroying it leaves the socket open for the response.
 */
export function replayRequest(request: IncomingMessage, body: Uint8Array): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const whole = new IncomingMessage(request.socket);
  Object.assign(whole, { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  whole._read = () => {};
  whole._destroy = (error, destroyed) => destroyed(error);
  if (body.byteLength > 0) whole.push(body);
  whole.push(null);
  return whole;
}

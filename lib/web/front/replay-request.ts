import { IncomingMessage } from 'node:http';

/**
 * The request again, with a body that is there in full. Whoever reads it waits for nobody, and whoever stops reading it leaves the connection
 * alone, on which the answer is sent.
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

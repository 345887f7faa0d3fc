import type { Instrumentation } from 'next';

/** Prepares the server before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { settings, usesSecureCookies } = await import('@/lib/web/web-settings');
  const { guardServers } = await import('@/lib/web/front/guard-servers');
  const { trustedProxies: proxies, url: origin, isUrlAssumed: isAssumed } = settings();
  guardServers({ proxies, isHttps: usesSecureCookies(), address: { origin, isAssumed } });
  const { boundConsole } = await import('@/lib/web/front/bound-console');
  const { processLog } = await import('@/lib/web/faults/bounded-log');
  // In development every line is shown.
  if (process.env.NODE_ENV === 'production') boundConsole(globalThis.console, processLog());
  const { startServerWorker } = await import('@/lib/web/background/start-server-worker');
  startServerWorker();
}

/** Logs every fault of pages, actions and route handlers under the event id shown to the person. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { eventIdOf } = await import('@/lib/web/faults/event-id');
  const { logFault, makeEventId } = await import('@/lib/web/faults/fault');
  const { isRefusedByNext } = await import('@/lib/web/front/bound-console');
  // Next.js logs these itself.
  if (isRefusedByNext(error instanceof Error ? error.message : '')) return;
  const [path = ''] = request.path.split('?');
  logFault(error, { event: eventIdOf(error) ?? makeEventId(), method: request.method, path });
};

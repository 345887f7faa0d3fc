'use client';

import { useEffect } from 'react';

/**
 * Redirects a browser that opened the portal under a wrong address, where signing in would fail, to the page that names the right one. The server
 * may not notice behind some proxies; without scripts it detects this when a form is sent (lib/web/front/find-address.ts).
 */
export function RightAddress({ origin, otherwise }: { readonly origin: string; readonly otherwise: string }) {
  useEffect(() => {
    const opened = window.location;
    const isByHttps = opened.protocol === 'https:' && opened.hostname === new URL(origin).hostname;
    if (opened.origin !== origin && !isByHttps) opened.replace(otherwise);
  }, [origin, otherwise]);
  return null;
}

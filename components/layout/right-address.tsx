'use client';

import { useEffect } from 'react';

/**
 * Leads to the page that says where the portal is when a browser has opened it elsewhere, where signing in would lead nowhere. Proxies need not
 * tell the server that; without scripts it is found when a form is sent (lib/web/front/find-address.ts).
 */
export function RightAddress({ origin, otherwise }: { readonly origin: string; readonly otherwise: string }) {
  useEffect(() => {
    const opened = window.location;
    const isByHttps = opened.protocol === 'https:' && opened.hostname === new URL(origin).hostname;
    if (opened.origin !== origin && !isByHttps) opened.replace(otherwise);
  }, [origin, otherwise]);
  return null;
}

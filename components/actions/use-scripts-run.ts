'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => {};

/** Detects that scripts run: false on the server and in the first render of the browser, then true. */
export function useScriptsRun(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}

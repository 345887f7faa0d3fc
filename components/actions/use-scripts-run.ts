'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => {};

/** False in the HTML from the server and on first render in the browser, true afterwards: scripts are running. */
export function useScriptsRun(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}

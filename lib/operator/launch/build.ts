import { buildPortal } from './build-portal';

await buildPortal({ say: console.log, signal: new AbortController().signal });

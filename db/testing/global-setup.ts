import type { TestProject } from 'vitest/node';
import { startTestServer } from './start-test-server';

/** Addresses of the test server, by role. */
export interface TestServerUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly superuserUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServerUrls;
  }
}

/** Starts one server for the whole run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { ownerUrl, appUrl, superuserUrl, stop } = await startTestServer();
  project.provide('postgres', { ownerUrl, appUrl, superuserUrl });
  return stop;
}

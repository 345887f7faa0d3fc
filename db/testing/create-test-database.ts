import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { withDatabaseName } from '../embedded/embedded-database';
import { migrateDatabase } from '../migrate';
import { TEMPLATE } from './start-test-server';

/** A migrated, empty database that nobody else uses. */
export interface TestDatabase {
  /** As the portal: owns nothing. */
  readonly url: string;
  /** As the owner of the tables. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

async function asSuperuser(statement: string): Promise<void> {
  const sql = postgres(inject('postgres').superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** Copies the migrated template: one per test file, made in `beforeAll` and dropped in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asSuperuser(`create database ${name} template ${TEMPLATE} owner airgate_owner`);
  const { appUrl, ownerUrl } = inject('postgres');
  const database = { url: withDatabaseName(appUrl, name), ownerUrl: withDatabaseName(ownerUrl, name) };
  // What is pinned on the app role holds per database, and is not copied with it.
  await migrateDatabase({ ownerUrl: database.ownerUrl, appUrl: database.url });
  return { ...database, drop: () => asSuperuser(`drop database ${name} with (force)`) };
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { withDatabaseName } from '../embedded/embedded-database';
import { describeSchema } from './describe-schema';
import { startTestServer, TEMPLATE } from './start-test-server';

const server = await startTestServer();
const sql = postgres(withDatabaseName(server.ownerUrl, TEMPLATE), { max: 1 });
writeFileSync(join(import.meta.dirname, '../schema.sql'), await describeSchema(sql));
await sql.end();
await server.stop();

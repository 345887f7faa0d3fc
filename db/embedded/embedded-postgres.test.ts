import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres';
import { isRunning } from './embedded-process';

async function query(url: string, text: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, connect_timeout: 60 });
  try {
    const [row] = await sql.unsafe(text);
    return row?.answer;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  } finally {
    await sql.end();
  }
}

describe('the embedded server', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'airgate-embedded-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('keeps what was committed when it is killed, and starts again on the same port', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first.ownerUrl, 'create table kept (n integer)');
    await query(first.ownerUrl, 'insert into kept values (7)');
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const second = await startEmbeddedPostgres({ dataDir, port: first.port });
    expect(await query(second.ownerUrl, 'select n as answer from kept')).toBe(7);
    await second.stop();
    expect(isRunning(second.pid)).toBe(false);
  });

  test('waits for the last backend of a server that was killed', async () => {
    const killed = await startEmbeddedPostgres({ dataDir });
    const sql = postgres(killed.superuserUrl, { max: 1 });
    const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    // Too busy to notice that its server is gone.
    const work = `do $$ begin while clock_timestamp() < now() + interval '3 seconds' loop end loop; end $$`;
    const interrupted = sql.unsafe(work).then(
      () => 'done',
      () => 'interrupted',
    );
    await expect
      .poll(() => query(killed.superuserUrl, `select state as answer from pg_stat_activity where pid = ${backend?.pid}`))
      .toBe('active');
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;
    expect(isRunning(backend?.pid ?? 0)).toBe(true);
    const next = await startEmbeddedPostgres({ dataDir });
    expect(isRunning(backend?.pid ?? 0)).toBe(false);
    expect(await query(next.appUrl, 'select current_user as answer')).toBe('airgate_app');
    await interrupted;
    await sql.end({ timeout: 0 });
    await next.stop();
  });

  test('starts when the process id of a killed server is somebody else by now', async () => {
    const killed = await startEmbeddedPostgres({ dataDir });
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;
    const stranger = spawn('sleep', ['60']);
    const file = join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
    const next = await startEmbeddedPostgres({ dataDir });
    expect(isRunning(stranger.pid ?? 0)).toBe(true);
    stranger.kill();
    await next.stop();
  });

  test('stops a server that was left behind on its folder', async () => {
    const left = await startEmbeddedPostgres({ dataDir });
    const next = await startEmbeddedPostgres({ dataDir });
    expect(isRunning(left.pid)).toBe(false);
    expect(await query(next.appUrl, 'select current_user as answer')).toBe('airgate_app');
    await next.stop();
  });

  test('asks everybody for a password and keeps its own where only its user can read them', async () => {
    const server = await startEmbeddedPostgres({ dataDir });
    expect(await query(server.appUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1 as answer')).toContain(
      'password authentication failed',
    );
    expect(await query(server.appUrl, 'create table mine (n integer)')).toContain('permission denied');
    expect(statSync(join(dataDir, 'postgres-passwords.json')).mode & 0o077).toBe(0);
    await server.stop();
  });

  test('says where the database is whose passwords are gone, and touches nothing', async () => {
    const file = join(dataDir, 'postgres-passwords.json');
    const kept = readFileSync(file);
    rmSync(file);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/but a database in \/.+ Put the file back, or remove/);
    writeFileSync(file, kept, { mode: 0o600 });
    const { stop } = await startEmbeddedPostgres({ dataDir });
    await stop();
  });
});

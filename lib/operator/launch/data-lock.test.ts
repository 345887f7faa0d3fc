import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockHolder, takeLock } from './data-lock';
import { readRuntime, writeRuntime } from './runtime-file';

describe('the data folder', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'airgate-lock-'));
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  /** What a process leaves that was killed: an id that no process has, or that another one has got since. */
  function leaveLock(holder: { pid: number; startedAt: string | null }): void {
    writeFileSync(join(dataDir, 'lock'), JSON.stringify({ ...holder, purpose: 'portal' }));
  }

  test('belongs to the one who took it, until it is given back', () => {
    const release = takeLock(dataDir, 'portal');
    expect(release).not.toBeNull();
    expect(takeLock(dataDir, 'command')).toBeNull();
    expect(lockHolder(dataDir)).toMatchObject({ pid: process.pid, purpose: 'portal' });
    release?.();
    expect(lockHolder(dataDir)).toBeNull();
    expect(takeLock(dataDir, 'command')).not.toBeNull();
  });

  test('is free again when its holder was killed', () => {
    leaveLock({ pid: 2 ** 22 + 1, startedAt: '1' });
    expect(takeLock(dataDir, 'portal')).not.toBeNull();
    expect(readdirSync(dataDir)).toEqual(['lock']);
  });

  test.runIf(process.platform === 'linux')('is free again when another process has got the id of the one that was killed', () => {
    leaveLock({ pid: process.pid, startedAt: '1' });
    expect(takeLock(dataDir, 'portal')).not.toBeNull();
  });

  test('tells commands of the portal only while that one has it', () => {
    const addresses = { url: 'http://localhost:3000', ownerUrl: 'postgres://owner', appUrl: 'postgres://app' };
    const runtime = { pid: process.pid, ...addresses, prepare: true, isDemo: true };
    writeRuntime(dataDir, runtime);
    expect(readRuntime(dataDir)).toBeNull();
    const release = takeLock(dataDir, 'portal');
    expect(readRuntime(dataDir)).toEqual(runtime);
    release?.();
    expect(readRuntime(dataDir)).toBeNull();
  });
});

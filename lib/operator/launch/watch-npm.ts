import { readFileSync } from 'node:fs';

const CHECK_EVERY_MS = 500;

/** Reads the parent of a process and its program's name; null where there is no `/proc`. */
function parentOf(pid: number): { parent: number; name: string } | null {
  try {
    const [before = '', after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?!.*\) )/);
    return { parent: Number(after.split(' ')[1]), name: before.slice(before.indexOf('(') + 1) };
  } catch {
    return null;
  }
}

/** The processes between us and npm, npm included: us, perhaps the shell it starts scripts with, npm. */
function lineToNpm(): string {
  const above = parentOf(process.ppid);
  const viaShell = above !== null && /^(?:sh|bash|dash|zsh)$/.test(above.name);
  return viaShell ? `${process.ppid} ${above.parent}` : `${process.ppid}`;
}

/**
 * Calls back when the npm that started us has ended. It forwards signals only to the shell that runs the script, which ends without
 * forwarding them, and a killed npm forwards none.
 */
export function watchNpm(onGone: () => void): void {
  const line = lineToNpm();
  const timer = setInterval(() => {
    if (lineToNpm() === line) return;
    clearInterval(timer);
    onGone();
  }, CHECK_EVERY_MS);
  timer.unref();
}

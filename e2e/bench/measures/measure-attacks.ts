import type { AttackedPortal } from '../attacked-portal';
import type { Target } from '../attacks';
import { ATTACKS, endAttacks, OTHERS, openSilent } from '../attacks';

/** Each attack comes from so many clients at once, for so long. */
const CLIENTS = 4;
const ATTACK_MS = 8000;
const SILENT = 200;

/** How long everybody else waits while one attack runs: the 95th percentile, in milliseconds. */
export interface AttackWait {
  readonly attack: string;
  readonly othersMs: number;
  /** Requests of the attack that were answered. */
  readonly sent: number;
}

function percentile95(waits: readonly number[]): number {
  const sorted = waits.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

/** Asks as others do, one after the other, for as long as an attack lasts. */
async function measureOthers(target: Target, attack: { name: string; send: () => Promise<unknown> }): Promise<AttackWait> {
  const endsAt = performance.now() + ATTACK_MS;
  const isOver = () => performance.now() > endsAt;
  let sent = 0;
  const attacking = Array.from({ length: CLIENTS }, async () => {
    for (; !isOver(); sent += 1) await attack.send();
  });
  const waits: number[] = [];
  for (let turn = 0; !isOver(); turn += 1) {
    const startedAt = performance.now();
    await OTHERS[turn % OTHERS.length]?.(target);
    waits.push(performance.now() - startedAt);
  }
  await Promise.all(attacking);
  return { attack: attack.name, othersMs: percentile95(waits), sent };
}

/** Measures how long others wait for a page, a page of theirs and a call, in turns, without an attack and under each. */
export async function measureAttacks({ target }: AttackedPortal): Promise<AttackWait[]> {
  const pause = () => new Promise((settle) => setTimeout(settle, 100));
  await measureOthers(target, { name: 'warming up', send: pause });
  const waits = [await measureOthers(target, { name: 'nobody', send: pause })];
  for (const { name, send } of ATTACKS) waits.push(await measureOthers(target, { name, send: () => send(target) }));
  const sockets = await openSilent(target, '/sign-in', SILENT);
  waits.push(await measureOthers(target, { name: `${SILENT} bodies that do not come`, send: pause }));
  for (const socket of sockets) socket.destroy();
  endAttacks();
  return waits;
}

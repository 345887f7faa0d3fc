/** How long nothing is signed after something that others wait behind, as many times what it took. */
const RESTS = 2;

/** When the next may sign, and how many wait for that. */
let nextTurn: Promise<unknown> = Promise.resolve();
let waiting = 0;

function rest(milliseconds: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, milliseconds));
}

/**
 * Lets those who sign for milliseconds do so one after the other. While others wait there is a rest after each: a burst takes a third of one
 * processor, and leaves the remainder to whoever needs no such signature. Somebody who comes alone waits for nothing.
 */
export function inSigningTurn<Signed>(sign: () => Promise<Signed>): Promise<Signed> {
  waiting += 1;
  const signed = nextTurn.then(async () => {
    waiting -= 1;
    const startedAt = performance.now();
    const result = await sign();
    return { result, tookMs: performance.now() - startedAt };
  });
  nextTurn = signed.then(
    ({ tookMs }) => (waiting > 0 ? rest(RESTS * tookMs) : undefined),
    () => undefined,
  );
  return signed.then(({ result }) => result);
}

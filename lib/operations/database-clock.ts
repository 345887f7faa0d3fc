/** The database's clock, as it was when it was last told, and what has passed since. */
export interface DatabaseClock {
  now(): Date;
  set(now: Date): void;
  setAgoMs(): number;
}

export function startClock(startedAt: Date): DatabaseClock {
  let [told, setAt] = [startedAt, performance.now()];
  return {
    now: () => new Date(told.getTime() + performance.now() - setAt),
    set(now) {
      [told, setAt] = [now, performance.now()];
    },
    setAgoMs: () => performance.now() - setAt,
  };
}

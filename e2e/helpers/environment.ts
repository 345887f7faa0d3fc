/** What the set-up tells the tests, by environment variable since they run in other processes. */
export const VARIABLES = { url: 'AIRGATE_E2E_URL', dataDir: 'AIRGATE_E2E_DATA_DIR', mail: 'AIRGATE_E2E_MAIL' } as const;

/** @throws Error when the set-up did not run */
export function fromSetUp(name: keyof typeof VARIABLES): string {
  const value = process.env[VARIABLES[name]];
  if (value === undefined) throw new Error(`expected ${VARIABLES[name]} from the global set-up, found nothing`);
  return value;
}

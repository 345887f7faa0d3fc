/** What only the launcher needs. The web server answers strangers, so it is not given what owns the tables. */
const LAUNCHER_ONLY = ['MIGRATION_DATABASE_URL', 'DATA_DIR', 'AIRGATE_DEMO', 'HOST'];

/** The environment of the web server: ours and what is set for it, without what is the launcher's alone. */
export function webEnvironment(
  more: Readonly<Record<string, string>> = {},
  own: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const environment = { ...own, ...more };
  for (const name of LAUNCHER_ONLY) delete environment[name];
  // Stands in for the password that an address leaves out; where the portal's has one, it can only be the owner's.
  if (/^postgres(?:ql)?:\/\/[^@/]*:[^@/]+@/.test(environment.DATABASE_URL ?? '')) delete environment.PGPASSWORD;
  return environment;
}

/** Variables that only the launcher needs. The web server is exposed, so it does not receive the credentials of the tables' owner. */
const LAUNCHER_ONLY = ['MIGRATION_DATABASE_URL', 'DATA_DIR', 'AIRGATE_DEMO', 'HOST'];

/** Builds the environment of the web server: that of this process with `more`, without the variables of the launcher. */
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

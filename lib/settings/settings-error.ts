/** Settings that cannot be used. The message is for the person who set them: one line for each problem, with its fix, and never a secret. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

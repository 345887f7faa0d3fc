import { Field } from './field';

/** One field for a recovery code, in any case and with any dashes. */
export function RecoveryCodeField({ id = 'code' }: { readonly id?: string }) {
  return (
    <Field
      id={id}
      name="code"
      label="Recovery code"
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={40}
      placeholder="XXXXX-XXXXX"
      required
    />
  );
}

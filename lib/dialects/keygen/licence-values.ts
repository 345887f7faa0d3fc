import { reject } from '@/lib/licensing/refusals/rejection';
import { DialectError } from '../dialect';

/** The values of a licence when its key is made. */
export interface LicenceValues {
  readonly id: string;
  readonly productId: string;
  readonly policyId: string;
  /** How long a licence of its policy lasts, in seconds; null for ever. */
  readonly durationSeconds: number | null;
  readonly user: { readonly id: string; readonly email: string } | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

/** The dataset of a licence key or a proof: the format's own, or a text of the vendor's. */
export type Content =
  | { readonly kind: 'default' }
  /** May hold `{{account}} {{product}} {{policy}} {{user}} {{email}} {{created}} {{expiry}} {{duration}} {{id}}`. */
  | { readonly kind: 'template'; readonly text: string };

/** Formats an instant as keys and files carry it: UTC, three decimals. */
export function toInstant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

function valuesByName(account: string, values: LicenceValues): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({
      account,
      product: values.productId,
      policy: values.policyId,
      user: values.user?.id ?? '',
      email: values.user?.email ?? '',
      created: values.createdAt.toISOString(),
      expiry: toInstant(values.expiresAt) ?? '',
      duration: String(values.durationSeconds ?? ''),
      id: values.id,
    }),
  );
}

/** Fills the placeholders of a template; values that a licence lacks are left empty. @throws DialectError keygen-template-refused */
export function fillTemplate(text: string, account: string, values: LicenceValues): string {
  const known = valuesByName(account, values);
  return text.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => {
    const value = known.get(name.trim());
    if (value === undefined) throw new DialectError(reject('keygen-template-refused', { name: name.trim().slice(0, 40) }));
    return value;
  });
}

import { Field } from '@/components/forms/field';
import { SelectField } from '@/components/forms/select-field';
import { Disclosure } from '@/components/layout/disclosure';

interface FileOptionsProps {
  /** Defaults of the options. */
  readonly usual: {
    readonly algorithm: string;
    readonly encrypted: boolean;
    readonly ttlSeconds: number | null;
    readonly include: readonly string[];
  };
  /** Data that can be included. */
  readonly includes: readonly string[];
  /** Data that is always included. */
  readonly always: readonly string[];
}

const SIGNATURES = [
  { value: 'ed25519', label: 'Ed25519' },
  { value: 'rsa-pss-sha256', label: 'RSA-PSS, SHA-256' },
  { value: 'rsa-sha256', label: 'RSA, SHA-256' },
  { value: 'ecdsa-p256', label: 'ECDSA P-256' },
];

const ENCODINGS = [
  { value: 'aes-256-gcm', label: 'Yes (AES-256-GCM)' },
  { value: 'base64', label: 'No' },
];

/** Data that can be included. The format knows more kinds, which this portal does not have. */
const WORDS: Readonly<Record<string, string>> = {
  entitlements: 'Features',
  product: 'Product',
  policy: 'Policy',
  users: 'People who use it',
  license: 'Licence',
  'license.entitlements': 'Features',
  'license.product': 'Product',
  'license.policy': 'Policy',
  'license.users': 'People who use it',
};

/** Options of a file for experts, behind a disclosure; the defaults suffice. */
export function FileOptions({ usual, includes, always }: FileOptionsProps) {
  const offered = includes.filter((name) => Object.hasOwn(WORDS, name));
  return (
    <Disclosure label="Advanced: how the file is made">
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField id="signature" name="signature" label="Signed with" value={usual.algorithm} choices={SIGNATURES} />
        <SelectField
          id="encoding"
          name="encoding"
          label="Encrypted"
          value={usual.encrypted ? 'aes-256-gcm' : 'base64'}
          choices={ENCODINGS}
        />
        <Field
          id="ttl"
          name="ttl"
          label="Lasts, in seconds"
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          placeholder={usual.ttlSeconds === null ? 'as long as it may' : String(usual.ttlSeconds)}
          hint="An hour (3600) at least. It never lasts longer than the terms allow."
        />
        <fieldset className="grid content-start gap-1 sm:col-span-2">
          <legend className="mb-1.5 font-medium text-sm">Brings along</legend>
          <div className="grid gap-x-6 sm:grid-cols-2">
            {offered.map((name) => (
              <label key={name} className="flex min-h-9 items-center gap-3 text-sm pointer-coarse:min-h-11">
                <input
                  type="checkbox"
                  name="include"
                  value={name}
                  defaultChecked={usual.include.includes(name) || always.includes(name)}
                  disabled={always.includes(name)}
                  className="size-4 accent-accent"
                />
                {WORDS[name]}
                {always.includes(name) ? <span className="text-ink-3 text-xs">always</span> : null}
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    </Disclosure>
  );
}

/** The mail that notifies a person of a change to their second factor. The caller sends it after the change is written. */
export interface SecondFactorMail {
  readonly to: string;
  readonly name: string;
  readonly at: Date;
  readonly what: /** With the secret of the link that undoes it. */
    | { readonly kind: 'on'; readonly undo: { readonly secret: string; readonly endsAt: Date } }
    | { readonly kind: 'undone' }
    | { readonly kind: 'off' }
    | { readonly kind: 'codes-renewed' }
    | { readonly kind: 'reset'; readonly by: string }
    | { readonly kind: 'recovery-code-used'; readonly left: number };
}

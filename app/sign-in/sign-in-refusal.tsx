import { Note } from '@/components/feedback/note';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';

/** Explains above the form why the last attempt was refused. */
export function SignInRefusal({ rejection }: { readonly rejection: Rejection | null }) {
  if (rejection === null) return null;
  const { cause, fix } = rejection.code === 'input-refused' ? ADDRESS_REFUSED : explain(rejection);
  return (
    <div role="alert">
      <Note tone={rejection.code === 'too-many-attempts' ? 'soon' : 'stopped'}>
        <p className="font-medium">{cause}</p>
        <p>{fix}</p>
      </Note>
    </div>
  );
}

const ADDRESS_REFUSED = { cause: 'That is not an e-mail address.', fix: 'Type it in full, such as name@example.com.' };

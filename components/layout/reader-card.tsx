import { LogOut } from '@lucide/icons';
import { Button } from '../actions/button';
import type { Reader, SignOutAction } from './nav-item';

interface ReaderCardProps {
  readonly reader: Reader;
  readonly signOut: SignOutAction;
  /** Hidden fields of the sign-out form, such as a CSRF token. */
  readonly signOutFields?: Readonly<Record<string, string>> | undefined;
}

/** Shows the signed-in person, and the sign-out form. */
export function ReaderCard({ reader, signOut, signOutFields = {} }: ReaderCardProps) {
  return (
    <div className="grid gap-3">
      <div className="min-w-0 px-3 text-xs">
        <p className="truncate font-medium text-ink">{reader.name}</p>
        <p className="truncate text-ink-3">{reader.customer}</p>
        <p className="truncate text-ink-3">{reader.role}</p>
      </div>
      <form action={signOut} {...(typeof signOut === 'string' ? { method: 'post' } : {})} className="flex">
        {Object.entries(signOutFields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button kind="quiet" size="small" icon={LogOut}>
          Sign out
        </Button>
      </form>
    </div>
  );
}

import { CUSTOMER_ROLES, type CustomerRole } from '@/lib/operations/people/decide-person-change';
import { ROLES } from './role-words';

/** Chooses the role of a person. */
export function RoleField({ value, legend = 'shown' }: { readonly value: CustomerRole; readonly legend?: 'shown' | 'hidden' }) {
  return (
    <fieldset className="grid gap-1">
      <legend className={legend === 'hidden' ? 'sr-only' : 'mb-1 font-medium text-sm'}>Role</legend>
      {CUSTOMER_ROLES.map((role) => (
        <label key={role} className="flex min-h-11 items-center gap-3 text-sm">
          <input
            type="radio"
            name="role"
            value={role}
            defaultChecked={role === value}
            required
            className="size-4 shrink-0 accent-accent"
          />
          <span>
            {ROLES[role].word} <span className="text-ink-3">– {ROLES[role].may}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

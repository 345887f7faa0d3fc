import { SubmitButton } from '@/components/actions/submit-button';
import { Field } from '@/components/forms/field';
import { Card } from '@/components/layout/card';
import { Section } from '@/components/layout/section';
import { invite } from './actions';
import { RoleField } from './role-field';

/** Invites a person. */
export function InviteForm({ namesCustomer }: { readonly namesCustomer: boolean }) {
  return (
    <Section
      id="invite"
      title="Invite somebody"
      lead="They get a mail with the address of this portal. To sign in they ask for a code, as you do."
    >
      <Card>
        <form action={invite} className="grid gap-6">
          <div className="grid gap-5 sm:grid-cols-2">
            <Field
              id="invite-email"
              name="email"
              label="E-mail address"
              type="email"
              maxLength={254}
              autoComplete="off"
              required
            />
            <Field id="invite-name" name="name" label="Name" maxLength={100} autoComplete="off" required />
            {namesCustomer ? (
              <Field
                id="invite-customer"
                name="customer"
                label="Customer"
                hint="The customer’s short name."
                maxLength={64}
                required
              />
            ) : null}
          </div>
          <RoleField value="member" />
          <div>
            <SubmitButton busyText="Sending…">Send invitation</SubmitButton>
          </div>
        </form>
      </Card>
    </Section>
  );
}

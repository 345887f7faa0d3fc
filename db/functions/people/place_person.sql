-- Creates an account for an address at a customer, or reuses one that was removed or whose invitation ran out. With `joined_at` it is active at once,
-- and also replaces an open invitation; otherwise it waits for its person. A reused account keeps nothing of its earlier use. Returns its id; null
-- when there is one in use.
create or replace function place_person(p jsonb) returns uuid language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_id uuid;
begin
  insert into users (id, email, name, role, customer_id, created_at, joined_at, invited_at, invited_by)
  select x.id, x.email, x.name, x.role, x.customer_id, v_at, x.joined_at, x.invited_at, x.invited_by from jsonb_populate_record(null::users, p) x
  on conflict (customer_id, email) do update set name = excluded.name, role = excluded.role, joined_at = excluded.joined_at, disabled_at = null,
    invited_at = excluded.invited_at, invited_by = excluded.invited_by, invitation_mail = null, invitation_mail_at = null, invitation_answer = null
  where not users.active
    and (users.disabled_at is not null or excluded.joined_at is not null or invitation_ran_out(users.invited_at, v_at))
  returning id into v_id;
  if v_id is not null then
    perform take_away(v_id, v_at);
  end if;
  return v_id;
end
$$;

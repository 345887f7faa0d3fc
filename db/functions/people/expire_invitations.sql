-- Disables up to `p_limit` accounts whose invitation ran out, and removes their assignments. Returns how many. Rows that are locked by another
-- statement are left for the next run.
create or replace function expire_invitations(p_at timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
  v_count integer := 0;
  u users%rowtype;
begin
  for u in
    select * from users where joined_at is null and disabled_at is null and invitation_ran_out(invited_at, p_at)
    order by id limit p_limit for no key update skip locked
  loop
    update users set disabled_at = p_at where id = u.id;
    perform write_audit(jsonb_build_object('at', p_at, 'customer_id', u.customer_id, 'actor', 'portal', 'role', 'portal',
      'action', 'person.invitation-ran-out', 'detail', take_away(u.id, p_at) || jsonb_build_object('personId', u.id, 'email', u.email)));
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

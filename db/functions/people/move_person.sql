-- Moves somebody to another customer: the account here ends, and one there is active at once. What they did stays where they did it, under
-- the account that did it. An account that was not used yet is moved as well. Returns null when there is none to move, and raises a
-- unique violation when the customer has an active account for the address already.
create or replace function move_person(p jsonb) returns jsonb language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_to uuid := (p->>'customer_id')::uuid;
  v_id uuid;
  v_taken jsonb;
  u users%rowtype;
begin
  perform pg_advisory_xact_lock(hashtextextended('address ' || (p->>'email'), 0));
  select * into u from users where email = p->>'email' and customer_id <> v_to and disabled_at is null
  order by active desc, invited_at desc nulls last limit 1 for no key update;
  if not found then
    return null;
  end if;
  update users set disabled_at = v_at where id = u.id;
  v_taken := take_away(u.id, v_at);
  v_id := place_person(p || jsonb_build_object('name', u.name, 'role', coalesce(p->>'role', u.role), 'joined_at', p->'at'));
  if v_id is null then
    raise unique_violation using constraint = 'users_address';
  end if;
  perform write_audit(p->'audit' || jsonb_build_object('action', 'user.moved-away', 'customer_id', u.customer_id,
    'detail', v_taken || jsonb_build_object('personId', u.id, 'email', u.email)));
  perform write_audit(p->'audit' || jsonb_build_object('action', 'user.moved-here', 'customer_id', v_to,
    'detail', jsonb_build_object('personId', v_id, 'email', u.email, 'role', coalesce(p->>'role', u.role))));
  return jsonb_build_object('id', v_id, 'from', (select code from customers where id = u.customer_id),
    'isWithoutAdmin', not exists (select from users where customer_id = u.customer_id and role = 'customer_admin' and active));
end
$$;

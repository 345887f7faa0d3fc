-- Changes the role of a customer's person, or removes the person. Concurrent changes of people of the same customer wait for the customer's row,
-- so that the checks below run one at a time. Returns 'stale' when an assumption of the decision no longer holds.
create or replace function commit_person(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_detail jsonb := p->'audit'->'detail';
  u users%rowtype;
begin
  perform from customers where id = (p->>'customer_id')::uuid for no key update;
  if not exists (select from users where id = (p->>'actor_id')::uuid and role = p->'audit'->>'role' and active) then
    return 'stale';
  end if;
  select * into u from users where id = (p->>'user_id')::uuid and customer_id = (p->>'customer_id')::uuid for no key update;
  if not found or u.disabled_at is not null or u.role <> p->>'role' then
    return 'stale';
  end if;
  if u.active and u.role = 'customer_admin' and p->>'new_role' is distinct from 'customer_admin' and not exists (
    select from users where customer_id = u.customer_id and id <> u.id and role = 'customer_admin' and active
  ) then return 'stale'; end if; -- guard: never without an administrator

  if p->>'new_role' is not null then
    update users set role = p->>'new_role' where id = u.id;
  else
    update users set disabled_at = v_at where id = u.id;
    v_detail := v_detail || take_away(u.id, v_at);
  end if;
  perform write_audit(p->'audit' || jsonb_build_object('detail', v_detail));
  return 'done';
end
$$;

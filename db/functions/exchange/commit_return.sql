-- Deactivates with a proof, and stores the usage that the device reported last. With `held_until` the seat stays held until then, since more returns
-- came than the vendor allows in the period.
create or replace function commit_return(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_frees_seat boolean := (p->>'frees_seat')::boolean;
  v_is_held boolean := p->>'held_until' is not null;
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
begin
  if e.id is null then
    return 'stale';
  end if;
  if exists (select from exchanges where request_key = p->'exchange'->>'request_key' and outcome in ('granted', 'renewed', 'returned')) then
    return 'stale';
  end if;
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  -- If a lease was issued meanwhile, the proof may be older than the request for it.
  if not found or a.lease_sequence <> (p->>'lease_sequence')::integer
    or a.state not in ('active', 'lease_expired', 'releasing') or (a.state <> 'lease_expired') <> (v_frees_seat or v_is_held) then
    return 'stale';
  end if;
  if p->>'given_up' is not null and (p->>'given_up')::integer <> (
    select count(*) from activations where entitlement_id = e.id and dialect = a.dialect and state in ('releasing', 'released', 'revoked')
  ) then
    return 'stale';
  end if;
  if v_frees_seat and (p->'returns'->>'times')::integer <= ( -- guard: never one return too many
    select count(*) from activations
    where entitlement_id = e.id and release_kind = 'deactivated' and freed_at > (p->'returns'->>'since')::timestamptz
  ) then
    return 'stale';
  end if;
  if v_frees_seat then
    update entitlements set seats_held = seats_held - 1 where id = e.id;
  end if;
  update activations set state = case when v_is_held then 'releasing' else 'released' end, released_at = v_at,
    released_by = (p->'exchange'->>'user_id')::uuid, release_kind = 'deactivated', release_reason = p->>'reason',
    freed_at = case when v_frees_seat then v_at end, reply_to = coalesce(p->'reply_to', reply_to)
  where id = a.id;
  insert into entitlement_usage (customer_id, entitlement_id, feature, used)
  select e.customer_id, e.id, key, value::bigint from jsonb_each_text(p->'usage')
  on conflict (entitlement_id, feature) do update set used = least(entitlement_usage.used + excluded.used, 9007199254740991);
  if p->'usage' <> '{}' then
    update entitlements set revision = revision + 1 where id = e.id;
  end if;
  perform write_exchange(p->'exchange');
  perform write_audit(p->'audit');
  return 'done';
end
$$;

-- Releases without proof under the vendor's policy, and undoing them. Lock order as everywhere: entitlement, then activation.

-- Locks the entitlement that is written to, and settles what the clock has done to it. Answers it as it then is, or nulls when there is none.
create function lock_and_settle(p jsonb) returns entitlements language plpgsql as $$
declare
  e entitlements%rowtype;
begin
  perform from entitlements where id = (p->>'entitlement_id')::uuid and customer_id = (p->>'customer_id')::uuid for update;
  if not found then
    return null;
  end if;
  perform settle_leases((p->>'entitlement_id')::uuid, (p->>'at')::timestamptz);
  select * into e from entitlements where id = (p->>'entitlement_id')::uuid;
  return e;
end
$$;
--> statement-breakpoint
-- Commits a deactivation: the seat comes free at once, and once.
create or replace function commit_return(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
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
  if not found or a.state not in ('active', 'lease_expired', 'releasing') or (a.state <> 'lease_expired') <> (p->>'frees_seat')::boolean then
    return 'stale';
  end if;
  if a.state <> 'lease_expired' then
    update entitlements set seats_held = seats_held - 1 where id = e.id;
  end if;
  update activations set state = 'released', released_at = v_at, released_by = (p->'exchange'->>'user_id')::uuid,
    release_kind = 'deactivated', release_reason = p->>'reason'
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
--> statement-breakpoint
-- Commits a release without proof. The seat stays held until the last lease has run out, unless it is to be free at once.
create or replace function commit_release(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_frees_seat boolean := (p->>'frees_seat')::boolean;
  v_limit jsonb := p->'limit';
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
begin
  if e.id is null or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  if not found or a.lease_sequence <> (p->>'current_sequence')::integer or a.state not in ('active', 'lease_expired')
    or (a.state = 'lease_expired' and ((p->>'held_until') is not null or v_frees_seat)) then
    return 'stale';
  end if;
  if v_limit <> 'null' and (v_limit->>'releases')::integer <= ( -- guard: never one release too many
    select count(*) from activations
    where entitlement_id = e.id and release_kind = 'released' and released_at > v_at - (v_limit->>'days')::integer * interval '24 hours'
  ) then
    return 'stale';
  end if;
  if v_frees_seat then
    update entitlements set seats_held = seats_held - 1 where id = e.id;
  end if;
  update activations set state = case when p->>'held_until' is null then 'released' else 'releasing' end, released_at = v_at,
    released_by = (p->>'user_id')::uuid, release_kind = 'released', release_reason = p->>'reason'
  where id = a.id;
  perform write_audit(p->'audit');
  return 'done';
end
$$;
--> statement-breakpoint
-- Takes a release without proof back: the same activation goes on, with the seat still held for it or with one that is free.
create function undo_release(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_takes_seat boolean := (p->>'takes_seat')::boolean;
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
begin
  if e.id is null then
    return 'stale';
  end if;
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  if not found or a.state not in ('releasing', 'released') or a.release_kind <> 'released'
    or a.lease_sequence <> (p->>'current_sequence')::integer
    or date_trunc('milliseconds', a.released_at) <> (p->>'released_at')::timestamptz
    or v_takes_seat <> (a.state = 'released' and a.runs_out_at > v_at)
    or (p->>'state') <> (case when a.runs_out_at > v_at then 'active' else 'lease_expired' end) then
    return 'stale';
  end if;
  if exists (
    select from activations s where s.id <> a.id and s.state in ('active', 'lease_expired', 'releasing')
      and ((s.entitlement_id = a.entitlement_id and s.device_id = a.device_id) or (s.dialect = a.dialect and s.device_key = a.device_key))
  ) then
    return 'stale';
  end if;
  if a.state = 'released' and e.seats_held >= e.seats_cap then -- guard: never a seat that went to another
    return 'stale';
  end if;
  if v_takes_seat then
    update entitlements set seats_held = seats_held + 1 where id = e.id;
  end if;
  update activations set state = p->>'state', released_at = null, released_by = null, release_kind = null, release_reason = null,
    came_back_at = null
  where id = a.id;
  perform write_audit(p->'audit');
  return 'done';
end
$$;
--> statement-breakpoint
-- Only the role of the portal, which is granted them by name, performs the functions.
revoke execute on function lock_and_settle(jsonb), undo_release(jsonb) from public;

-- Grants or renews: activation, lease, device, exchange and audit row together, if everything the decision assumed still holds.
-- Answers 'stale' when it does not; raises AG001 when that is found out after something was written, so that the statement is undone.
-- Lock order: entitlement, activation.
create or replace function commit_issue(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_customer uuid := (p->>'customer_id')::uuid;
  v_device uuid := (p->>'device_id')::uuid;
  v_takes_seat boolean := (p->>'takes_seat')::boolean;
  v_lease jsonb := p->'lease';
  -- A seat is held until the last of all leases issued for it has run out, not only the newest.
  v_runs_out_at timestamptz := (v_lease->>'runs_out_at')::timestamptz;
  v_machine text;
  e entitlements%rowtype;
  a activations%rowtype;
begin
  select * into e from entitlements where id = (p->>'entitlement_id')::uuid and customer_id = v_customer for update;
  if not found or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  if exists (select from exchanges where request_key = p->'exchange'->>'request_key' and outcome in ('granted', 'renewed', 'returned')) then
    return 'stale';
  end if;
  perform settle_leases(e.id, v_at);

  if p->>'current_id' is not null then
    select * into a from activations where id = (p->>'current_id')::uuid and entitlement_id = e.id for update;
    if not found or a.lease_sequence <> (p->>'current_sequence')::integer
      or a.state not in ('active', 'lease_expired', 'releasing') or (a.state = 'lease_expired') <> v_takes_seat then
      return 'stale';
    end if;
    -- A seat that is being released can be taken over by a new activation, but its own goes on no longer.
    if a.state = 'releasing' and p->>'activation_id' = p->>'current_id' then
      return 'stale';
    end if;
  elsif exists (select from activations where entitlement_id = e.id and device_id = v_device and state in ('active', 'lease_expired', 'releasing')) then
    return 'stale';
  end if;

  -- A code may hold fewer seats than there are. The entitlement is locked, so nobody counts them at the same time.
  if exists (
    select from activation_codes k where k.id = coalesce((p->>'code_id')::uuid, a.code_id) and k.seats <= (
      select count(*) from activations h where h.entitlement_id = e.id and h.code_id = k.id and h.state in ('active', 'releasing')
        and h.id is distinct from (p->>'current_id')::uuid)
  ) then
    return 'stale';
  end if;

  if v_takes_seat then
    update entitlements set seats_held = seats_held + 1
    where id = e.id
      and seats_held < seats_cap; -- guard: never one seat too many
    if not found then
      return 'stale';
    end if;
  end if;
  if (p->>'starts_term')::boolean then
    update entitlements set starts_at = (p->'term'->>'starts_at')::timestamptz, term_ends_at = (p->'term'->>'ends_at')::timestamptz,
      revision = revision + 1
    where id = e.id;
  end if;
  if p->'device' <> 'null' and not write_device(p->'device', v_at) then
    raise exception 'the device was written down meanwhile' using errcode = 'AG001';
  end if;

  if v_takes_seat and coalesce(p->>'dialect', a.dialect) = 'keygen' then
    v_machine := coalesce(p->'fingerprint', a.fingerprint)->'components'->>'fingerprint';
    -- Whoever activates the same machine on another licence at this moment waits here.
    perform pg_advisory_xact_lock(hashtextextended('keygen machine ' || v_machine, 0));
    if keygen_machine_elsewhere(e.id, v_machine, v_at) then -- guard: once only, where the policy says so
      raise exception 'the machine was activated elsewhere meanwhile' using errcode = 'AG001';
    end if;
  end if;

  if p->>'activation_id' = p->>'current_id' then
    update activations set state = 'active', lease_sequence = (v_lease->>'sequence')::integer,
      lease_starts_at = (v_lease->>'starts_at')::timestamptz, lease_ends_at = (v_lease->>'ends_at')::timestamptz,
      grace_ends_at = (v_lease->>'grace_ends_at')::timestamptz, runs_out_at = greatest(runs_out_at, v_runs_out_at),
      reply_to = coalesce(p->'reply_to', reply_to), fingerprint = coalesce(p->'fingerprint', fingerprint),
      code_id = coalesce((p->>'code_id')::uuid, code_id)
    where id = a.id;
  else
    update activations set state = 'replaced', released_at = coalesce(released_at, v_at), replaced_by = (p->>'activation_id')::uuid
    where id = a.id;
    insert into activations (id, customer_id, entitlement_id, device_id, dialect, device_key, device_jwk, reply_to, fingerprint, code_id, state,
      lease_sequence, lease_starts_at, lease_ends_at, grace_ends_at, runs_out_at, activated_at, activated_by)
    values ((p->>'activation_id')::uuid, v_customer, e.id, v_device, p->>'dialect', p->>'device_key', p->'device_jwk', p->'reply_to', p->'fingerprint',
      (p->>'code_id')::uuid, 'active',
      (v_lease->>'sequence')::integer, (v_lease->>'starts_at')::timestamptz, (v_lease->>'ends_at')::timestamptz,
      (v_lease->>'grace_ends_at')::timestamptz, greatest(a.runs_out_at, v_runs_out_at), v_at, (p->'exchange'->>'user_id')::uuid);
  end if;
  insert into leases (customer_id, activation_id, sequence, starts_at, ends_at, grace_ends_at, exchange_id)
  values (v_customer, (p->>'activation_id')::uuid, (v_lease->>'sequence')::integer, (v_lease->>'starts_at')::timestamptz,
    (v_lease->>'ends_at')::timestamptz, (v_lease->>'grace_ends_at')::timestamptz, (p->'exchange'->>'id')::uuid);
  perform write_exchange(p->'exchange');
  perform write_audit(p->'audit');
  return 'done';
end
$$;

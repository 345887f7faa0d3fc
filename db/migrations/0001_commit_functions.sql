-- Every write to seats is one call of one of these functions, and so one statement: all of it or nothing.
-- Lock order: entitlement, then its activations, then the device. Each re-checks what the decision assumed and answers 'stale' when it no
-- longer holds; the caller then reads and decides again.

-- Settles what the clock has done to an entitlement: leases that ran out free their seats. The entitlement is locked by the caller.
create function settle_leases(p_entitlement_id uuid, p_at timestamptz) returns void language plpgsql as $$
declare
  freed integer;
begin
  with ended as (
    update activations
    set state = case state when 'active' then 'lease_expired' else 'released' end
    where entitlement_id = p_entitlement_id and state in ('active', 'releasing') and runs_out_at <= p_at
    returning id, customer_id, device_id, state, runs_out_at
  ), written as (
    insert into audit_entries (at, customer_id, actor, role, action, entitlement_id, device_id, activation_id, detail)
    select p_at, customer_id, 'portal', 'portal',
           case state when 'lease_expired' then 'lease.ran-out' else 'seat.came-free' end,
           p_entitlement_id, device_id, id, jsonb_build_object('ranOutAt', runs_out_at)
    from ended
  )
  select count(*) into freed from ended;
  if freed > 0 then
    update entitlements set seats_held = seats_held - freed where id = p_entitlement_id;
  end if;
end
$$;
--> statement-breakpoint
-- Writes an exchange row from its JSON form. Members that are missing become null or the column's default.
create function write_exchange(p jsonb) returns void language sql as $$
  insert into exchanges (id, at, customer_id, user_id, actor, via, kind, outcome, submission_id, answered_by, file_name, file_size,
    file_digest, content, dialect, request_key, payload_digest, product_code, device_name, entitlement_id, device_id, activation_id,
    code, facts, trouble_code, reply_name, reply)
  select id, at, customer_id, user_id, actor, via, kind, outcome, submission_id, answered_by, file_name, file_size,
    file_digest, decode(p->>'content', 'base64'), dialect, request_key, payload_digest, product_code, device_name, entitlement_id,
    device_id, activation_id, code, coalesce(facts, '{}'), trouble_code, reply_name, reply
  from jsonb_to_record(p) as x(id uuid, at timestamptz, customer_id uuid, user_id uuid, actor text, via text, kind text, outcome text,
    submission_id uuid, answered_by uuid, file_name text, file_size integer, file_digest text, dialect text, request_key text,
    payload_digest text, product_code text, device_name text, entitlement_id uuid, device_id uuid, activation_id uuid, code text,
    facts jsonb, trouble_code text, reply_name text, reply text)
$$;
--> statement-breakpoint
-- Writes an audit row from its JSON form.
create function write_audit(p jsonb) returns void language sql as $$
  insert into audit_entries (at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id, detail)
  select at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id, coalesce(detail, '{}')
  from jsonb_to_record(p) as x(at timestamptz, customer_id uuid, user_id uuid, actor text, role text, action text, code text,
    entitlement_id uuid, device_id uuid, activation_id uuid, exchange_id uuid, detail jsonb)
$$;
--> statement-breakpoint
-- Writes down a file that changed nothing: refused, previewed or repeated. Flags a released activation whose device came back.
create function record_attempt(p_exchange jsonb, p_audit jsonb, p_came_back uuid) returns void language plpgsql as $$
begin
  if p_came_back is not null then
    update activations set came_back_at = (p_exchange->>'at')::timestamptz
    where id = p_came_back and state in ('releasing', 'released', 'revoked');
  end if;
  perform write_exchange(p_exchange);
  perform write_audit(p_audit);
end
$$;
--> statement-breakpoint
-- Writes the device as it described itself. Answers false when another device of the customer already is this machine.
create function write_device(p jsonb, p_at timestamptz) returns boolean language plpgsql as $$
declare
  v_id uuid := (p->>'id')::uuid;
  v_customer uuid := (p->>'customer_id')::uuid;
  v_components jsonb := p->'components';
begin
  if (p->>'is_new')::boolean then
    -- The same machine may be written down on another entitlement at this moment: whoever shares a component with it waits here.
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', v_customer, name, digest), 0))
    from (select key as name, value as digest from jsonb_each_text(v_components) order by 1, 2) seen;
    if exists (
      select from device_components c
      where c.customer_id = v_customer and c.digest = any(array(select value from jsonb_each_text(v_components)))
        and c.digest = v_components->>c.name and c.gone_at is null and not (p->'compared') ? c.device_id::text
      group by c.device_id having count(*) >= (p->>'required')::integer
    ) then
      return false;
    end if;
    insert into devices (id, customer_id, name, platform, hostname, app_version, fingerprint_version, fingerprint_key,
      clock_skew_seconds, first_seen_at, last_seen_at)
    values (v_id, v_customer, p->>'name', p->>'platform', p->>'hostname', p->>'app_version', (p->>'fingerprint_version')::integer,
      p->>'fingerprint_key', (p->>'clock_skew_seconds')::integer, p_at, p_at)
    on conflict on constraint devices_fingerprint do nothing;
    if not found then
      return false;
    end if;
  else
    update devices set platform = p->>'platform', hostname = p->>'hostname', app_version = p->>'app_version',
      fingerprint_version = (p->>'fingerprint_version')::integer,
      fingerprint_key = case when exists (
        select from devices o where o.customer_id = v_customer and o.fingerprint_key = p->>'fingerprint_key' and o.id <> v_id
      ) then fingerprint_key else p->>'fingerprint_key' end,
      clock_skew_seconds = (p->>'clock_skew_seconds')::integer, last_seen_at = greatest(last_seen_at, p_at)
    where id = v_id and customer_id = v_customer;
    -- A component that this request does not name may be one that another product reads.
    update device_components c set gone_at = p_at
    where c.device_id = v_id and c.gone_at is null and v_components ? c.name and v_components->>c.name <> c.digest;
  end if;
  insert into device_components (customer_id, device_id, name, digest, seen_at)
  select v_customer, v_id, key, value, p_at from jsonb_each_text(v_components)
  on conflict (device_id, name, digest) do update set gone_at = null where device_components.gone_at is not null;
  return true;
end
$$;
--> statement-breakpoint
-- Commits a lease: grant or renewal, on request or as a refresh.
create function commit_issue(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_customer uuid := (p->>'customer_id')::uuid;
  v_device uuid := (p->>'device_id')::uuid;
  v_takes_seat boolean := (p->>'takes_seat')::boolean;
  v_lease jsonb := p->'lease';
  -- A seat is held until the last of all leases issued for it has run out, not only the newest.
  v_runs_out_at timestamptz := (v_lease->>'runs_out_at')::timestamptz;
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

  if p->>'activation_id' = p->>'current_id' then
    update activations set state = 'active', lease_sequence = (v_lease->>'sequence')::integer,
      lease_starts_at = (v_lease->>'starts_at')::timestamptz, lease_ends_at = (v_lease->>'ends_at')::timestamptz,
      grace_ends_at = (v_lease->>'grace_ends_at')::timestamptz, runs_out_at = greatest(runs_out_at, v_runs_out_at),
      reply_to = coalesce(p->'reply_to', reply_to), fingerprint = coalesce(p->'fingerprint', fingerprint)
    where id = a.id;
  else
    update activations set state = 'replaced', released_at = coalesce(released_at, v_at), replaced_by = (p->>'activation_id')::uuid
    where id = a.id;
    insert into activations (id, customer_id, entitlement_id, device_id, dialect, device_key, device_jwk, reply_to, fingerprint, state,
      lease_sequence, lease_starts_at, lease_ends_at, grace_ends_at, runs_out_at, activated_at, activated_by)
    values ((p->>'activation_id')::uuid, v_customer, e.id, v_device, p->>'dialect', p->>'device_key', p->'device_jwk', p->'reply_to', p->'fingerprint', 'active',
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
--> statement-breakpoint
-- Commits a deactivation: the seat comes free at once, and once.
create function commit_return(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  e entitlements%rowtype;
  a activations%rowtype;
begin
  select * into e from entitlements where id = (p->>'entitlement_id')::uuid and customer_id = (p->>'customer_id')::uuid for update;
  if not found then
    return 'stale';
  end if;
  if exists (select from exchanges where request_key = p->'exchange'->>'request_key' and outcome in ('granted', 'renewed', 'returned')) then
    return 'stale';
  end if;
  perform settle_leases(e.id, v_at);
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
create function commit_release(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_frees_seat boolean := (p->>'frees_seat')::boolean;
  e entitlements%rowtype;
  a activations%rowtype;
begin
  select * into e from entitlements where id = (p->>'entitlement_id')::uuid and customer_id = (p->>'customer_id')::uuid for update;
  if not found then
    return 'stale';
  end if;
  perform settle_leases(e.id, v_at);
  select * into a from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id for update;
  if not found or a.lease_sequence <> (p->>'current_sequence')::integer or a.state not in ('active', 'lease_expired')
    or (a.state = 'lease_expired' and ((p->>'held_until') is not null or v_frees_seat)) then
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

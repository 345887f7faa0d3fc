-- Grants or renews: activation, lease, device, exchange and audit row together, if everything the decision assumed still holds.
-- Returns 'stale' when it does not; raises AG001 if that is found after a write, so that the statement is rolled back.
-- Lock order: entitlement, activation.
--
-- `activation` is the row to write: members that it lacks stay as they are in an existing activation.
-- `current_id` is the activation that continues (then it is the id of `activation`), or that of the lookalike machine. `older_seat` says what happens
-- to the seat of the latter: 'lapsed', 'moves', 'stays' or 'held' (lib/licensing/seats/lookalike.ts).
create or replace function commit_issue(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  n activations%rowtype := jsonb_populate_record(null::activations, p->'activation');
  v_takes_seat boolean := (p->>'takes_seat')::boolean;
  v_older text := p->>'older_seat';
  v_reinstalls integer := (p->'reinstalls'->>'times')::integer;
  v_limit jsonb := p->'release_limit';
  v_fingerprint jsonb;
  v_guard text;
  v_audit jsonb := p->'audit';
  v_running integer;
  e entitlements%rowtype;
  a activations%rowtype;
begin
  select * into e from entitlements where id = n.entitlement_id and customer_id = n.customer_id for update;
  if not found or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  if exists (select from exchanges where request_key = p->'exchange'->>'request_key' and outcome in ('granted', 'renewed', 'returned')) then
    return 'stale';
  end if;
  perform settle_leases(e.id, v_at);

  if p->>'current_id' is not null then
    select * into a from activations where id = (p->>'current_id')::uuid and entitlement_id = e.id for update;
    if not found or a.lease_sequence <> (p->>'current_sequence')::integer then
      return 'stale';
    end if;
    if not (case coalesce(v_older, 'goes on')
      when 'goes on' then a.state in ('active', 'lease_expired') and (a.state = 'lease_expired') = v_takes_seat
      when 'lapsed' then a.state = 'lease_expired' and v_takes_seat
      when 'held' then a.state in ('active', 'releasing') and v_takes_seat
      else a.state in ('active', 'releasing') and not v_takes_seat
    end) then
      return 'stale';
    end if;
  elsif exists (select from activations where entitlement_id = e.id and device_id = n.device_id and state in ('active', 'lease_expired', 'releasing')) then
    return 'stale';
  end if;

  if v_older = 'moves' and reinstalls_used(e.id, (p->'reinstalls'->>'since')::timestamptz, v_at) >= v_reinstalls then -- guard: never one reinstall too many
    return 'stale';
  end if;
  if v_older in ('moves', 'held') and a.state = 'active' and v_limit <> 'null' and (v_limit->>'releases')::integer <= (
    select count(*) from activations
    where entitlement_id = e.id and release_kind = 'released' and released_at > v_at - (v_limit->>'days')::integer * interval '24 hours'
  ) then
    return 'stale';
  end if;
  if code_is_full(e.id, coalesce(n.code_id, a.code_id), case when v_older = 'held' then null else a.id end) then
    return 'stale';
  end if;
  if v_takes_seat and not take_seat(e.id, v_reinstalls, v_at) then
    raise exception 'no seat is free any more' using errcode = 'AG001';
  end if;
  if (p->>'starts_term')::boolean then
    update entitlements set starts_at = (p->'term'->>'starts_at')::timestamptz, term_ends_at = (p->'term'->>'ends_at')::timestamptz,
      revision = revision + 1
    where id = e.id;
  end if;
  if p->'device' <> 'null' and not write_device(p->'device') then
    raise exception 'the device was written down meanwhile' using errcode = 'AG001';
  end if;

  v_fingerprint := coalesce(n.fingerprint, a.fingerprint);
  v_guard := dialect_guard(coalesce(n.dialect, a.dialect), v_fingerprint);
  if v_takes_seat and v_guard is not null then
    -- Concurrent seats under the same name wait here.
    perform pg_advisory_xact_lock(hashtextextended(v_guard, 0));
    if dialect_refuses_seat(coalesce(n.dialect, a.dialect), e.id, v_fingerprint, v_at) then -- guard: what the dialect refuses
      raise exception 'the dialect refuses the seat meanwhile' using errcode = 'AG001';
    end if;
  end if;

  if n.id = a.id then
    update activations set state = n.state, lease_sequence = n.lease_sequence, lease_starts_at = n.lease_starts_at,
      lease_ends_at = n.lease_ends_at, grace_ends_at = n.grace_ends_at,
      -- A seat is held until the last of all leases issued for it has run out, not only the newest.
      runs_out_at = greatest(runs_out_at, n.runs_out_at),
      reply_to = coalesce(n.reply_to, reply_to), fingerprint = coalesce(n.fingerprint, fingerprint),
      earlier_fingerprints = coalesce(n.earlier_fingerprints, earlier_fingerprints), code_id = coalesce(n.code_id, code_id)
    where id = a.id;
  else
    if v_older in ('moves', 'held') then
      -- The seat of the older installation is given up without its proof: a release like any other.
      update activations set state = case v_older when 'held' then 'releasing' else 'replaced' end,
        released_at = coalesce(released_at, v_at), released_by = coalesce(released_by, n.activated_by),
        -- A seat that moves came free without a proof, also where a proof came that freed nothing.
        release_kind = case v_older when 'moves' then 'released' else coalesce(release_kind, 'released') end, release_reason = coalesce(release_reason, 'reinstalled'),
        freed_at = case v_older when 'moves' then v_at end, replaced_by = n.id
      where id = a.id;
    elsif a.id is not null then
      update activations set state = 'replaced', released_at = coalesce(released_at, v_at), replaced_by = n.id where id = a.id;
    end if;
    insert into activations select n.*;
  end if;
  insert into leases select * from jsonb_populate_record(null::leases, p->'lease');
  perform write_exchange(p->'exchange');
  if v_takes_seat or v_older is not null then
    v_running := possibly_running(e.id, v_at);
    if v_running > (select seats_held from entitlements where id = e.id) then
      v_audit := jsonb_set(v_audit, '{detail,possiblyRunning}', to_jsonb(v_running));
    end if;
  end if;
  perform write_audit(v_audit);
  return 'done';
end
$$;

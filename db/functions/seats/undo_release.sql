-- Undoes a release without proof: the same activation continues, with the seat still held for it or with a free one. A seat that is taken again
-- passes the same guards as any other.
create or replace function undo_release(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_takes_seat boolean := (p->>'takes_seat')::boolean;
  e entitlements%rowtype := lock_and_settle(p);
  a activations%rowtype;
  v_guard text;
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
  update activations set state = p->>'state', released_at = null, released_by = null, release_kind = null, release_reason = null,
    came_back_at = null, freed_at = null
  where id = a.id;
  if v_takes_seat and (code_is_full(e.id, a.code_id, a.id) or not take_seat(e.id, (p->'reinstalls'->>'times')::integer, v_at)) then
    raise exception 'the seat went to another meanwhile' using errcode = 'AG001';
  end if;
  v_guard := dialect_guard(a.dialect, a.fingerprint);
  if v_takes_seat and v_guard is not null then
    perform pg_advisory_xact_lock(hashtextextended(v_guard, 0));
    if dialect_refuses_seat(a.dialect, e.id, a.fingerprint, v_at) then -- guard: what the dialect refuses
      raise exception 'the dialect refuses the seat meanwhile' using errcode = 'AG001';
    end if;
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$$;

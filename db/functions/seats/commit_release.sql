-- Commits a release without proof, and approves its claim if there is one. The seat stays held until the last lease has run out, unless the policy
-- frees it at once.
create or replace function commit_release(p jsonb) returns text language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_frees_seat boolean := (p->>'frees_seat')::boolean;
  v_limit jsonb := p->'limit';
  v_claim jsonb := p->'claim';
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
  if v_frees_seat and reinstalls_used(e.id, (p->'reinstalls'->>'since')::timestamptz, v_at) >= (p->'reinstalls'->>'times')::integer then -- guard: never one free at once too many
    return 'stale';
  end if;
  if v_claim <> 'null' then
    update claims set state = 'approved', decided_at = v_at, decided_by = (p->>'user_id')::uuid, answer = v_claim->>'answer',
      ties = array(select jsonb_array_elements_text(v_claim->'ties'))
    where id = (v_claim->>'id')::uuid and activation_id = a.id
      and state = 'open'; -- guard: answered once
    if not found then
      return 'stale';
    end if;
    perform write_audit(v_claim->'audit');
    if v_claim->'told' <> 'null' then
      perform write_audit(v_claim->'told');
    end if;
  end if;
  if v_frees_seat then
    update entitlements set seats_held = seats_held - 1 where id = e.id;
  end if;
  update activations set state = case when p->>'held_until' is null then 'released' else 'releasing' end, released_at = v_at,
    released_by = (p->>'user_id')::uuid, release_kind = 'released', release_reason = p->>'reason',
    freed_at = case when v_frees_seat then v_at end
  where id = a.id;
  perform write_audit(p->'audit');
  return 'done';
end
$$;

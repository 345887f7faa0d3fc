-- Opens a claim. Lock order as everywhere: entitlement, then activation, then claim.
create or replace function open_claim(p jsonb) returns text language plpgsql as $$
declare
  e entitlements%rowtype := lock_and_settle(p);
begin
  if e.id is null or e.revision <> (p->>'revision')::integer then
    return 'stale';
  end if;
  perform from activations where id = (p->>'activation_id')::uuid and entitlement_id = e.id and state in ('active', 'lease_expired') for update;
  if not found then
    return 'stale';
  end if;
  insert into claims (id, customer_id, activation_id, claimant_id, reason, note, opened_at)
  select (p->>'claim_id')::uuid, e.customer_id, c.activation_id, c.claimant_id, c.reason, c.note, (p->>'at')::timestamptz
  from jsonb_populate_record(null::claims, p) c
  on conflict (activation_id) where state = 'open' do nothing;
  if not found then
    return 'stale';
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$$;

-- Locks an entitlement, settles its leases that ran out, and returns its row; nulls when there is none.
create or replace function lock_and_settle(p jsonb) returns entitlements language plpgsql as $$
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

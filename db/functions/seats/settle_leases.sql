-- Settles the leases of an entitlement that ran out, which frees their seats. The caller has locked the entitlement.
create or replace function settle_leases(p_entitlement_id uuid, p_at timestamptz) returns void language plpgsql as $$
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

-- Returns true when the policy of the entitlement allows a fingerprint to be activated only once and a machine with this fingerprint holds a seat
-- on another licence. Devices of other dialects never count, even if a component of theirs has the same name.
create or replace function machine_is_elsewhere(p_entitlement uuid, p_fingerprint text, p_at timestamptz) returns boolean language sql stable as $$
  select exists (
    select from entitlements e join offerings o on o.id = e.offering_id join keygen_policies kp on kp.offering_id = o.id
      join activations a on a.dialect = 'keygen' and a.fingerprint->'components'->>'fingerprint' = p_fingerprint
        and a.entitlement_id <> e.id and a.state in ('active', 'releasing') and a.runs_out_at > p_at
      join entitlements oe on oe.id = a.entitlement_id join offerings oo on oo.id = oe.offering_id
    where e.id = p_entitlement
      and (kp.fingerprint_unique_in = 'vendor' or (kp.fingerprint_unique_in = 'product' and oo.product_id = o.product_id)))
$$;

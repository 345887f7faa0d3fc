-- Writes an audit row from its JSON form. Members that are missing become null. The columns are named since the role of the portal may set
-- all except the id.
create or replace function write_audit(p jsonb) returns void language sql as $$
  insert into audit_entries (at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id,
    trouble_code, detail)
  select at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id, trouble_code, detail
  from jsonb_populate_record(null::audit_entries, '{"detail": {}}' || p)
$$;

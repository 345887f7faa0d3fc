-- Writes the device as it described itself. Its other columns stay. Returns false when another device of the customer already is this machine.
create or replace function write_device(p jsonb) returns boolean language plpgsql as $$
declare
  n devices%rowtype := jsonb_populate_record(null::devices, p);
  v_components jsonb := p->'components';
begin
  if (p->>'is_new')::boolean then
    -- The same machine may be written for another entitlement at this moment: statements that share a component wait for each other here.
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', n.customer_id, name, digest), 0))
    from (select key as name, value as digest from jsonb_each_text(p->'counted') order by 1, 2) seen;
    if is_device_known(p) then
      return false;
    end if;
    insert into devices select n.* on conflict on constraint devices_fingerprint do nothing;
    if not found then
      return false;
    end if;
  else
    update devices set platform = n.platform, hostname = n.hostname, app_version = n.app_version,
      fingerprint_version = n.fingerprint_version,
      fingerprint_key = case when exists (
        select from devices o where o.customer_id = n.customer_id and o.fingerprint_key = n.fingerprint_key and o.id <> n.id
      ) then fingerprint_key else n.fingerprint_key end,
      clock_skew_seconds = n.clock_skew_seconds, last_seen_at = greatest(last_seen_at, n.last_seen_at)
    where id = n.id and customer_id = n.customer_id;
    -- A component that this request does not name may be one that another product reads.
    update device_components c set gone_at = n.last_seen_at
    where c.device_id = n.id and c.gone_at is null and v_components ? c.name and v_components->>c.name <> c.digest;
  end if;
  insert into device_components (customer_id, device_id, name, digest, seen_at)
  select n.customer_id, n.id, key, value, n.last_seen_at from jsonb_each_text(v_components)
  on conflict (device_id, name, digest) do update set gone_at = null where device_components.gone_at is not null;
  return true;
end
$$;

-- Writes the device as it described itself. Answers false when another device of the customer already is this machine.
create or replace function write_device(p jsonb, p_at timestamptz) returns boolean language plpgsql as $$
declare
  v_id uuid := (p->>'id')::uuid;
  v_customer uuid := (p->>'customer_id')::uuid;
  v_components jsonb := p->'components';
begin
  if (p->>'is_new')::boolean then
    -- The same machine may be written down on another entitlement at this moment: whoever shares a component with it waits here.
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', v_customer, name, digest), 0))
    from (select key as name, value as digest from jsonb_each_text(p->'counted') order by 1, 2) seen;
    if is_device_known(p) then
      return false;
    end if;
    insert into devices (id, customer_id, dialect, name, platform, hostname, app_version, fingerprint_version, fingerprint_key,
      clock_skew_seconds, first_seen_at, last_seen_at)
    values (v_id, v_customer, p->>'dialect', p->>'name', p->>'platform', p->>'hostname', p->>'app_version',
      (p->>'fingerprint_version')::integer, p->>'fingerprint_key', (p->>'clock_skew_seconds')::integer, p_at, p_at)
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

-- Returns whether a device that the decision did not compare is this machine, by the same rules (lib/licensing/devices/fingerprint.ts): `required`,
-- `must`, and `own`, the components that distinguish machines with the same image.
create or replace function is_device_known(p jsonb) returns boolean language sql stable as $$
  select exists (
    select from device_components c join devices d on d.id = c.device_id and d.dialect = p->>'dialect'
    where c.customer_id = (p->>'customer_id')::uuid and c.digest = any(array(select value from jsonb_each_text(p->'counted')))
      and c.digest = p->'counted'->>c.name and c.gone_at is null and not (p->'compared') ? c.device_id::text
    group by c.device_id
    having count(*) >= (p->>'required')::integer
      and not exists (
        select from jsonb_array_elements_text(p->'must') m(name)
        left join device_components o on o.device_id = c.device_id and o.name = m.name and o.gone_at is null
        where o.digest is distinct from p->'counted'->>m.name)
      and (
        count(*) filter (where p->'own' ? c.name) > 0
        or 1 >= (select count(*) from device_components o
          where o.device_id = c.device_id and o.gone_at is null and p->'own' ? o.name and p->'counted' ? o.name)))
$$;

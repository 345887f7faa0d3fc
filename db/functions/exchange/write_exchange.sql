-- Writes an exchange row from its JSON form, bytes as hex. Members that are missing become null.
create or replace function write_exchange(p jsonb) returns void language sql as $$
  insert into exchanges select * from jsonb_populate_record(null::exchanges, '{"facts": {}}' || p)
$$;

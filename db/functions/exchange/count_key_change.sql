-- Counts every change to the tables of keys, so that one number shows whether keys read earlier are still current.
create or replace function count_key_change() returns trigger language plpgsql as $$
begin
  insert into key_revision as r (revision) values (1) on conflict (id) do update set revision = r.revision + 1;
  return null;
end
$$;

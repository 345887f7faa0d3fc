-- Counts every change to what keeps keys, so that whoever has read them can tell by one number that they are still the same.
create or replace function count_key_change() returns trigger language plpgsql as $$
begin
  insert into key_revision as r (revision) values (1) on conflict (id) do update set revision = r.revision + 1;
  return null;
end
$$;

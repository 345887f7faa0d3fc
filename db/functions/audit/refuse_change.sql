-- Rows of these tables are written once and never changed. The triggers also fire for replication roles and for the owner. One change is
-- allowed: the bytes of an incoming file are dropped, and everything else of its row stays.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name in ('exchanges', 'inspections') then
    if old.content is not null then
      old.content := null;
      if new is not distinct from old then
        return new;
      end if;
    end if;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;

-- Drops the bytes of incoming files of one customer, or of none, from before an instant: the oldest first, up to a limit. Their rows stay, with name,
-- size and digest. Writes one audit entry with the number, and returns it. The role of the portal has no other way to drop bytes.
create or replace function drop_files(p jsonb) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  -- Files of the last 24 hours may still be answered, so they stay for any arguments.
  v_before timestamptz := least((p->>'before')::timestamptz, clock_timestamp() - interval '1 day');
  v_customer uuid := (p->>'customer_id')::uuid;
  v_limit integer := (p->>'limit')::integer;
  v_ids uuid[];
  v_files integer;
  v_bytes bigint;
begin
  if v_customer is null then
    v_ids := array(select id from exchanges where customer_id is null and content is not null and at < v_before order by at limit v_limit);
  else
    v_ids := array(select id from exchanges where customer_id = v_customer and content is not null and at < v_before order by at limit v_limit);
  end if;
  with files as (
    update exchanges set content = null where id = any(v_ids) and content is not null returning file_size
  ), looked_into as (
    update inspections set content = null where v_customer is null and content is not null and id in (
      select id from inspections where content is not null and at < v_before order by at limit v_limit) returning file_size
  ), dropped as (select file_size from files union all select file_size from looked_into)
  select count(*), coalesce(sum(file_size), 0) into v_files, v_bytes from dropped;
  if v_files > 0 then
    perform write_audit(p->'audit' || jsonb_build_object('customer_id', v_customer, 'detail',
      jsonb_build_object('files', v_files, 'bytes', v_bytes, 'before', to_char(v_before at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))));
  end if;
  return v_files;
end
$$;

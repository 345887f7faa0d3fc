-- Drops the bytes of files of one person that could not be opened, except the newest twenty. Returns how many. Files that only wait for the choice
-- of their kind are not among them.
create or replace function drop_unreadable(p_user uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c_kept constant integer := 20;
  v_files integer;
begin
  with beyond as (
    select id from exchanges where user_id = p_user and kind = 'unknown' and code <> 'file-kind-unclear' and content is not null
    order by at desc, id desc offset c_kept
    for update skip locked
  )
  update exchanges x set content = null from beyond where x.id = beyond.id;
  get diagnostics v_files = row_count;
  return v_files;
end
$$;

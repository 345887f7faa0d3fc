-- Grants or renews several entitlements to one device: all of them, or nothing.
create or replace function commit_bundle(p jsonb) returns text language plpgsql as $$
declare
  v_line jsonb;
begin
  -- In a fixed order, so that two bundles that share entitlements cannot deadlock.
  perform from entitlements where id in (select (l->'activation'->>'entitlement_id')::uuid from jsonb_array_elements(p->'lines') l) order by id for update;
  for v_line in select value from jsonb_array_elements(p->'lines') loop
    if commit_issue(v_line) <> 'done' then
      raise exception 'a line of the bundle was decided on what no longer holds' using errcode = 'AG001';
    end if;
  end loop;
  return 'done';
end
$$;

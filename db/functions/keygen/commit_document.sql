-- Writes a file that goes out and gives no lease, if its entitlement is still what it was made of.
create or replace function commit_document(p jsonb) returns text language plpgsql as $$
begin
  perform from entitlements where id = (p->>'entitlement_id')::uuid and revision = (p->>'revision')::integer for share;
  if not found then
    return 'stale';
  end if;
  perform write_exchange(p->'exchange');
  perform write_audit(p->'audit');
  return 'done';
end
$$;

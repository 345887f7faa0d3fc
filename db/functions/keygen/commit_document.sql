-- Records an outgoing file that gives no lease, if the entitlement still has the revision that the file was made from.
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

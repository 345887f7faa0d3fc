-- Closes a claim without a release: refused or withdrawn.
create or replace function close_claim(p jsonb) returns text language plpgsql as $$
begin
  update claims set state = p->>'state', decided_at = (p->>'at')::timestamptz, decided_by = (p->>'user_id')::uuid, answer = p->>'answer'
  where id = (p->>'claim_id')::uuid and customer_id = (p->>'customer_id')::uuid and state = 'open';
  if not found then
    return 'stale';
  end if;
  perform write_audit(p->'audit');
  return 'done';
end
$$;

-- Writes down a file that changed nothing: refused, previewed or repeated. Flags a released activation whose device came back.
create or replace function record_attempt(p_exchange jsonb, p_audit jsonb, p_came_back uuid) returns void language plpgsql as $$
begin
  if p_came_back is not null then
    update activations set came_back_at = (p_exchange->>'at')::timestamptz
    where id = p_came_back and state in ('releasing', 'released', 'revoked');
  end if;
  perform write_exchange(p_exchange);
  perform write_audit(p_audit);
end
$$;

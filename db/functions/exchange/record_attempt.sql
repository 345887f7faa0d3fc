-- Records a file that changed nothing: refused, previewed or repeated. Flags a released activation whose device came back. Of the files of a person
-- that cannot be opened only the newest keep their bytes; the audit entry says how many older ones lost theirs.
create or replace function record_attempt(p_exchange jsonb, p_audit jsonb, p_came_back uuid) returns void language plpgsql as $$
declare
  v_dropped integer := 0;
begin
  if p_came_back is not null then
    update activations set came_back_at = (p_exchange->>'at')::timestamptz
    where id = p_came_back and state in ('releasing', 'released', 'revoked');
  end if;
  perform write_exchange(p_exchange);
  if p_exchange->>'kind' = 'unknown' and p_exchange->>'content' is not null and p_exchange->>'user_id' is not null then
    v_dropped := drop_unreadable((p_exchange->>'user_id')::uuid);
  end if;
  if v_dropped > 0 then
    p_audit := p_audit || jsonb_build_object('detail', coalesce(p_audit->'detail', '{}') || jsonb_build_object('filesDropped', v_dropped));
  end if;
  perform write_audit(p_audit);
end
$$;

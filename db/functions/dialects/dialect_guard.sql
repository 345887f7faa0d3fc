-- Returns the name of the lock that a dialect takes for an activation with this fingerprint, so that seats under the same name are taken one at a
-- time. Null if the dialect guards nothing.
create or replace function dialect_guard(p_dialect text, p_fingerprint jsonb) returns text language sql immutable as $$
  select case p_dialect
    when 'keygen' then 'machine ' || (p_fingerprint->'components'->>'fingerprint')
  end
$$;

-- Names what a dialect lets only one seat at a time be taken for, of an activation with this fingerprint: whoever takes a seat under the same
-- name waits. Null where the dialect guards nothing.
create or replace function dialect_guard(p_dialect text, p_fingerprint jsonb) returns text language sql immutable as $$
  select case p_dialect
    when 'keygen' then 'machine ' || (p_fingerprint->'components'->>'fingerprint')
  end
$$;

-- Returns whether a dialect refuses the seat of an activation with this fingerprint at this moment, even if the common rules allow it.
create or replace function dialect_refuses_seat(p_dialect text, p_entitlement uuid, p_fingerprint jsonb, p_at timestamptz) returns boolean language sql stable as $$
  select case p_dialect
    when 'keygen' then machine_is_elsewhere(p_entitlement, p_fingerprint->'components'->>'fingerprint', p_at)
    else false
  end
$$;

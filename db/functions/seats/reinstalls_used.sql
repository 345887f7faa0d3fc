-- Counts the seats that came free without a proof and count against the reinstalls: since an instant, and while their machine may still run.
create or replace function reinstalls_used(p_entitlement uuid, p_since timestamptz, p_at timestamptz) returns integer language sql stable as $$
  select count(*)::integer from activations f
  where f.entitlement_id = p_entitlement and f.release_kind = 'released' and f.freed_at is not null
    and (f.freed_at > p_since or f.runs_out_at > p_at)
$$;

-- Counts the machines that may run: those that hold a seat, and those whose seat came free without a proof before their lease ran out.
create or replace function possibly_running(p_entitlement uuid, p_at timestamptz) returns integer language sql stable as $$
  select e.seats_held + (
    select count(*)::integer from activations f
    where f.entitlement_id = e.id and f.release_kind = 'released' and f.freed_at is not null and f.runs_out_at > p_at)
  from entitlements e where e.id = p_entitlement
$$;

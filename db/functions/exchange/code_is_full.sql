-- Returns whether all seats of a code with its own limit are held. A commit
-- function locks the entitlement first, so that no other one counts at the same time; in a query the result is a snapshot.
create or replace function code_is_full(p_entitlement uuid, p_code uuid, p_except uuid) returns boolean language sql stable as $$
  select exists (
    select from activation_codes k where k.id = p_code and k.seats <= (
      select count(*) from activations h where h.entitlement_id = p_entitlement and h.code_id = k.id and h.state in ('active', 'releasing')
        and h.id is distinct from p_except)
  )
$$;

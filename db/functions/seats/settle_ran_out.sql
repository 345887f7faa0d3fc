-- Settles the leases that ran out on a limited number of entitlements, and returns how many. Entitlements locked by a commit are left out: that
-- commit settles them.
create or replace function settle_ran_out(p_at timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
  v_id uuid;
  settled integer := 0;
begin
  for v_id in
    select e.id from entitlements e
    where e.id in (
      select a.entitlement_id from activations a where a.state in ('active', 'releasing') and a.runs_out_at <= p_at
      order by a.runs_out_at limit p_limit
    )
    order by e.id
    for update skip locked
  loop
    perform settle_leases(v_id, p_at);
    settled := settled + 1;
  end loop;
  return settled;
end
$$;

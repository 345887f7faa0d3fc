-- Takes one more seat of an entitlement that the caller locked and settled. Returns false when none is free, or when more machines could run
-- than the seats and the reinstalls that the vendor allows.
create or replace function take_seat(p_entitlement uuid, p_reinstalls integer, p_at timestamptz) returns boolean language plpgsql as $$
begin
  update entitlements set seats_held = seats_held + 1
  where id = p_entitlement
    and seats_held < seats_cap; -- guard: never one seat too many
  if not found then
    return false;
  end if;
  return possibly_running(p_entitlement, p_at) <= (
    select seats_cap::bigint + p_reinstalls from entitlements where id = p_entitlement); -- guard: never one machine too many
end
$$;

-- A seat that was given up in any way needs no release: whoever asked for one is no longer waiting.
create or replace function close_claims_of_ended() returns trigger language plpgsql as $$
begin
  update claims set state = 'withdrawn', decided_at = new.released_at where activation_id = new.id and state = 'open';
  return null;
end
$$;

create or replace trigger activations_close_claims after update of state on activations
for each row when (old.released_at is null and new.released_at is not null) execute function close_claims_of_ended();

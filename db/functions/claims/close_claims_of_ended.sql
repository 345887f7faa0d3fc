-- Closes the open claim of an activation whose seat was given up: it needs no release any more.
create or replace function close_claims_of_ended() returns trigger language plpgsql as $$
begin
  update claims set state = 'withdrawn', decided_at = new.released_at where activation_id = new.id and state = 'open';
  return null;
end
$$;

create or replace trigger activations_close_claims after update of state on activations
for each row when (old.released_at is null and new.released_at is not null) execute function close_claims_of_ended();

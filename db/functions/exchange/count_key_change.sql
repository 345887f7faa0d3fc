-- Counts every change to what keeps keys, so that whoever has read them can tell by one number that they are still the same. The triggers also
-- fire for changes that are made by hand.
create or replace function count_key_change() returns trigger language plpgsql as $$
begin
  insert into key_revision as r (revision) values (1) on conflict (id) do update set revision = r.revision + 1;
  return null;
end
$$;
create or replace trigger vendor_counts after insert or update or delete or truncate on vendor
  for each statement execute function count_key_change();
create or replace trigger signing_keys_count after insert or update or delete or truncate on signing_keys
  for each statement execute function count_key_change();
create or replace trigger exchange_keys_count after insert or update or delete or truncate on exchange_keys
  for each statement execute function count_key_change();
create or replace trigger keygen_issuers_count after insert or update or delete or truncate on keygen_issuers
  for each statement execute function count_key_change();
create or replace trigger licensespring_issuer_counts after insert or update or delete or truncate on licensespring_issuer
  for each statement execute function count_key_change();
create or replace trigger licensespring_clients_count after insert or update or delete or truncate on licensespring_clients
  for each statement execute function count_key_change();
-- The lowest schema version of its requests is read with the keys.
create or replace trigger products_count after insert or update or delete or truncate on products
  for each statement execute function count_key_change();

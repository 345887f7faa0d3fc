-- The only way into audit_seals and audit_checkpoints, which the role of the portal may not write. An entry gets the next place in the chain
-- of its own customer, and none that was written before it is left out. Returns false when another worker sealed meanwhile, or an
-- earlier entry became visible; then nothing was written, and the caller reads again.
create or replace function seal_audit(p_seals jsonb, p_checkpoints jsonb) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  -- Far enough back to find an entry that becomes visible late, and near enough for a cheap search.
  c_distance constant bigint := 5000;
  v_floor bigint := coalesce((select sealed_up_to from audit_watermark), 0);
  v_last bigint := (select max((x->>'audit_id')::bigint) from jsonb_array_elements(p_seals) x);
  v_sealed integer;
  v_chains integer;
  v_vouched integer;
begin
  with given as materialized (
    select x.audit_id as id, x.sequence, x.hash, coalesce(a.customer_id::text, 'vendor') as chain
    from jsonb_populate_recordset(null::audit_seals, p_seals) x join audit_entries a on a.id = x.audit_id
  ), heads as materialized (
    select c.chain, coalesce(h.sequence, 0) as sequence
    from (select distinct chain from given) c
    left join lateral (select s.sequence from audit_seals s where s.chain = c.chain order by s.sequence desc limit 1) h on true
  ), placed as materialized (
    select g.*, h.sequence + row_number() over (partition by g.chain order by g.id) as place from given g join heads h using (chain)
  ), left_out as (
    select from audit_entries a
    where a.id > v_floor and a.id < v_last and not exists (select from given g where g.id = a.id)
      and not exists (select from audit_seals s where s.audit_id = a.id and s.audit_id > v_floor)
    limit 1
  ), sealed as (
    insert into audit_seals (chain, sequence, audit_id, hash)
    select chain, place, id, hash from placed
    where not exists (select from left_out) and not exists (select from placed where place <> sequence)
    returning chain, sequence, hash
  ), vouched as (
    insert into audit_checkpoints
    select k.* from jsonb_populate_recordset(null::audit_checkpoints, p_checkpoints) k join sealed using (chain, sequence, hash)
    returning chain
  )
  select (select count(*) from sealed), (select count(distinct chain) from sealed), (select count(distinct chain) from vouched)
  into v_sealed, v_chains, v_vouched;

  if v_sealed = 0 then
    return false;
  end if;
  if v_sealed <> jsonb_array_length(p_seals) or v_vouched <> v_chains then
    raise exception 'expected entries that exist and a checkpoint for each of their chains, found % of % entries and % of % checkpoints',
      v_sealed, jsonb_array_length(p_seals), v_vouched, v_chains using errcode = 'check_violation';
  end if;

  -- Every entry up to the last of these has an audit seal, so the next search starts there.
  if v_last > v_floor + 2 * c_distance then
    insert into audit_watermark (sealed_up_to) values (v_last - c_distance)
    on conflict (only_row) do update set sealed_up_to = greatest(audit_watermark.sealed_up_to, excluded.sealed_up_to);
  end if;
  return true;
end
$$;

-- Invites an address to a customer. The inviter must not learn whether the address has an account elsewhere, so that changes only `elsewhere`
-- in the result, which goes into the mail to the address alone. Support is informed in the vendor's audit. Returns null when the customer has an account or an invitation for the address.
create or replace function invite_person(p jsonb) returns jsonb language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_id uuid;
  v_others jsonb;
begin
  -- Of two concurrent invitations of one address, the second sees the first.
  perform pg_advisory_xact_lock(hashtextextended('address ' || (p->>'email'), 0));
  v_id := place_person(p || jsonb_build_object('invited_at', p->'at'));
  if v_id is null then
    return null;
  end if;
  perform write_audit(p->'audit' || jsonb_build_object('detail', p->'audit'->'detail' || jsonb_build_object('personId', v_id)));
  select jsonb_agg(coalesce(c.code, 'vendor') order by c.code nulls first) into v_others
  from users u left join customers c on c.id = u.customer_id
  where u.email = p->>'email' and u.id <> v_id and u.disabled_at is null and (u.active or not invitation_ran_out(u.invited_at, v_at));
  if v_others is not null then
    perform write_audit(p->'audit' || jsonb_build_object('action', 'person.address-shared', 'customer_id', null, 'detail', jsonb_build_object(
      'personId', v_id, 'email', p->>'email', 'customer', (select code from customers where id = (p->>'customer_id')::uuid), 'others', v_others)));
  end if;
  return jsonb_build_object('personId', v_id, 'elsewhere', account_elsewhere(v_id));
end
$$;

-- Deletes the people with an address: every account and invitation of it at every customer, its reminder setting, and all that signs in. The
-- row stays without its name, since claims, mails and reminders of that time point to it, and its id stands in the audit, which is not changed:
-- every entry keeps its place and its hash. Returns the codes of the customers; null when nobody has the address.
create or replace function delete_person(p jsonb) returns jsonb language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_taken jsonb;
  v_found jsonb := '[]';
  u users%rowtype;
begin
  perform pg_advisory_xact_lock(hashtextextended('address ' || (p->>'email'), 0));
  for u in select * from users where email = p->>'email' order by id for no key update loop
    v_taken := take_away(u.id, v_at);
    delete from sessions where user_id = u.id;
    update sessions set viewed_user_id = null where viewed_user_id = u.id;
    delete from reminder_settings where user_id = u.id;
    update users set email = 'deleted-' || id || '@invalid', name = 'Deleted person', disabled_at = coalesce(disabled_at, v_at),
      deleted_at = v_at, invitation_answer = null where id = u.id;
    perform write_audit(p->'audit' || jsonb_build_object('customer_id', u.customer_id,
      'detail', v_taken || jsonb_build_object('personId', u.id, 'email', p->>'email')));
    v_found := v_found || jsonb_build_object('customer', (select code from customers where id = u.customer_id), 'isWithoutAdmin',
      u.active and u.role = 'customer_admin' and not exists (
        select from users where customer_id = u.customer_id and role = 'customer_admin' and active));
  end loop;
  delete from sign_in_codes where email = p->>'email';
  return case when v_found = '[]' then null else v_found end;
end
$$;

-- Returns the name of the customer at which the address of an account has its active account, if that is another one; empty for the vendor.
create or replace function account_elsewhere(p_user_id uuid) returns text language sql stable as $$
  select coalesce(c.name, '') from users u join users o on o.email = u.email and o.id <> u.id and o.active left join customers c on c.id = o.customer_id
  where u.id = p_user_id
$$;

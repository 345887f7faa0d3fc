-- Only the role of the portal, which is granted them by name, performs the functions.
do $$
declare
  f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end
$$;

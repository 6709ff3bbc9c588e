-- What the application's role may do, said anew after each migration. The connection names the role
-- (inventory.entrance.OwnerLogin); without a second role there is nobody to give rights to.
do $$
declare
  application text := current_setting('chancery.application', true);
  name text;
begin
  if coalesce(application, '') in ('', current_user) then
    return;
  end if;
  -- Replicas that start together take turns: two grants on one table at once are an error.
  perform pg_advisory_xact_lock(hashtextextended('chancery/rights', 0));

  -- No truncate, no references, no trigger; and of the schema nothing but to look into it.
  execute format('grant usage on schema public to %I', application);
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      -- Rights that are there already are not given again: each start would rewrite the catalogue.
      and not has_table_privilege(application, c.oid, 'select')
  loop
    execute format('grant select, insert, update, delete on %I to %I', name, application);
  end loop;
  -- Views speak with their owner's rights: they are for reading.
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
      and not has_table_privilege(application, c.oid, 'select')
  loop
    execute format('grant select on %I to %I', name, application);
  end loop;
  for name in
    select p.oid::regprocedure::text from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not has_function_privilege(application, p.oid, 'execute')
  loop
    execute format('grant execute on function %s to %I', name, application);
  end loop;

  -- What is only ever added to, and what is never taken away again.
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and has_table_privilege(application, c.oid, 'update')
      and c.relname in ('flyway_schema_history', 'ledger_entry', 'ledger_leaf')
  loop
    execute format('revoke update, delete on %I from %I', name, application);
  end loop;
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and has_table_privilege(application, c.oid, 'insert')
      and c.relname in ('flyway_schema_history', 'ledger_entry')
  loop
    execute format('revoke insert on %I from %I', name, application);
  end loop;
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and has_table_privilege(application, c.oid, 'delete')
      and c.relname in (
        'alert', 'certificate', 'crl_series', 'enrolment_token', 'issuer', 'ledger_checkpoint',
        'ledger_tile', 'not_before_floor', 'organization', 'request_key', 'status_change')
  loop
    execute format('revoke delete on %I from %I', name, application);
  end loop;
end $$;

-- Who sees what, and what the application's role may do, said anew after each migration. The connection names the role
-- (inventory.entrance.OwnerLogin); without a second role there is nobody to give rights to.
do $$
declare
  application text := current_setting('chancery.application', true);
  name text;
begin
  -- Replicas that start together take turns: two changes of one table at once are an error.
  perform pg_advisory_xact_lock(hashtextextended('chancery/rights', 0));

  -- Tables of migrations after V14 whose rows say whose they are: the same policy.
  for name in
    select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization' and a.attnum > 0
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not a.attisdropped and not c.relrowsecurity
      and exists (select from pg_policy)
    order by 1
  loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy of_own_organization on %I using (
         (select current_setting(''chancery.organization'', true)) in (organization, ''*''))',
      name);
  end loop;

  if coalesce(application, '') in ('', current_user) then
    return;
  end if;
  -- No truncate, no references, no trigger; and of the schema nothing but to look into it.
  execute format('grant usage on schema public to %I', application);
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and pg_has_role(c.relowner, 'usage')
      -- Rights that are there already are not given again: each start would rewrite the catalogue.
      and not has_table_privilege(application, c.oid, 'select')
  loop
    execute format('grant select, insert, update, delete on %I to %I', name, application);
  end loop;
  -- Views speak with their owner's rights: they are for reading.
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
      and pg_has_role(c.relowner, 'usage')
      and not has_table_privilege(application, c.oid, 'select')
  loop
    execute format('grant select on %I to %I', name, application);
  end loop;
  for name in
    select p.oid::regprocedure::text from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      -- An extension's (pg_stat_statements) are its owner's to give.
      and pg_has_role(p.proowner, 'usage')
      and not has_function_privilege(application, p.oid, 'execute')
  loop
    execute format('grant execute on routine %s to %I', name, application);
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

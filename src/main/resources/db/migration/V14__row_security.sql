-- Under the application's checks: a row that has an owner is shown to whoever acts for that owner, so
-- that a forgotten "where" shows nothing. docs/adr/0009-row-security.md says why it is so.
--
-- chancery.organization holds whom the session acts for: an organization, '*' for all of them. Unset
-- or empty shows nothing. The tables' owner is not bound by this; the application's role owns none.

-- Where all is shown anyway, a search may use every index: under a policy neither "@>" nor "like" may
-- look into theirs before the policy has spoken. In any other scope this view is empty.
create view certificate_for_all as
  select * from certificate where (select current_setting('chancery.organization', true)) = '*';

-- Where a deed must look across organizations, a function of the owner answers one question.

-- Whether a certificate was ever made with this serial, for whomever.
create function serial_was_used(wanted text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from certificate where serial = wanted);
$$;

-- A certificate of whomever that was revoked because this key is known to others; null: none.
create function compromised_certificate(thumbprint text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select serial from certificate where key_thumbprint = thumbprint and reason = 1 limit 1;
$$;

-- Whom a credential stands for, in whichever organization: a login that missed a person would take the
-- credential for somebody else's.
create function identities_by(wanted text[]) returns setof identity
language sql stable security definer set search_path = public, pg_temp as $$
  select * from identity where value = any (wanted);
$$;

-- The only way onto the roll. What a deed puts there may be about another than whoever asked for it,
-- who does not see it then.
create function ledger_append(
  at timestamptz, kind text, actor text, organization text, subject text, body bytea, hash bytea
) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  insert into ledger_entry (at, kind, actor, organization, subject, body, hash)
    values ($1, $2, $3, $4, $5, $6, $7) returning id;
$$;

-- The same for many, in their order.
create procedure ledger_append_all(
  at timestamptz[], kind text[], actor text[], organization text[], subject text[], body bytea[],
  hash bytea[]
)
language sql security definer set search_path = public, pg_temp as $$
  insert into ledger_entry (at, kind, actor, organization, subject, body, hash)
    select e.at, e.kind, e.actor, e.organization, e.subject, e.body, e.hash
    from unnest($1, $2, $3, $4, $5, $6, $7)
      with ordinality as e (at, kind, actor, organization, subject, body, hash, place)
    order by e.place;
$$;

revoke execute on procedure ledger_append_all from public;
revoke execute on function serial_was_used, compromised_certificate, identities_by, ledger_append
  from public;

-- Read without its rows (V9): what the policy looks at must stand in the index as well.
drop index certificate_unexpired;
create index certificate_unexpired on certificate (issuer, not_after)
  include (not_before, serial, organization);

-- The setting is read once a statement, not once a row.
alter table organization enable row level security;
create policy of_own_organization on organization using (
  (select current_setting('chancery.organization', true)) in (id, '*')
);

-- Every table whose rows say whose they are.
do $$
declare
  owned text;
begin
  for owned in
    select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization' and a.attnum > 0
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not a.attisdropped
    order by 1
  loop
    execute format('alter table %I enable row level security', owned);
    execute format(
      'create policy of_own_organization on %I using (
         (select current_setting(''chancery.organization'', true)) in (organization, ''*''))',
      owned);
  end loop;
end $$;

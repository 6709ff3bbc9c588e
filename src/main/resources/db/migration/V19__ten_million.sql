-- Fewer and narrower indexes on what each issuance writes. Why each stays, and what it costs:
-- docs/adr/0016-what-ten-million-certificates-cost.md. On a large book this takes minutes.

-- A key is asked for as a whole; so few octets are enough. Whether one was compromised is asked at
-- each issuance, and there are few.
drop index certificate_key;
create index certificate_key on certificate using hash (key_thumbprint);
create index certificate_compromised on certificate (key_thumbprint) where reason = 1;

-- Two that are issued in the same microsecond are sorted when they are read.
drop index certificate_issued;
create index certificate_issued on certificate (issued_at);
drop index certificate_owner;
create index certificate_owner on certificate (organization, issued_at);

-- One for what ends, whosever it is; read without its rows by filters (V9, V14).
drop index certificate_expiry;
drop index certificate_unexpired;
create index certificate_expiry on certificate (not_after, issuer)
  include (not_before, serial, organization);

-- Most certificates have one name, and a name is asked for as a whole. Without a list of pending
-- entries: whoever fills it up would wait for all of it.
drop index certificate_names;
create index certificate_name on certificate (hashtextextended(names[1], 0));
create index certificate_names on certificate using gin (names) with (fastupdate = off)
  where cardinality(names) > 1;

-- Many pages of a book that only grows are visible to all, and its statistics go out of date slowly:
-- both sooner than after a fifth of it.
alter table certificate set (
  autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
analyze certificate;

-- What is revoked or held, in the order of answers: an issuance does not touch these.
create index certificate_changed on certificate (status, issued_at) where status <> 'good';
create index certificate_changed_of on certificate (organization, status, issued_at)
  where status <> 'good';

-- What one organization sees, for searches: its condition is an ordinary one, so that "@>" and "like"
-- may look into their indexes. Empty in the scope of all, as certificate_for_all is in any other.
-- "between" and not "=": of what is equal to a constant the planner reads any index, and with it all
-- that others have.
create view certificate_of_one as
  select * from certificate
  where organization between (select current_setting('chancery.organization', true))
    and (select current_setting('chancery.organization', true));

-- Whether at most so many subjects begin like this, whosever they are. The index of subjects does not say
-- whose each is: one organization's search would read the certificates of all others to find its own.
create function few_begin(low text, beyond text, most integer) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) <= most from (
    select from certificate where subject ~>=~ low and subject ~<~ beyond
    order by subject using ~<~ limit most + 1) few;
$$;
revoke execute on function few_begin from public;

-- An organization stays. The table says so by itself; a reservation, which lives for some
-- milliseconds and becomes a certificate, need not ask for it once more.
create function organizations_stay() returns trigger language plpgsql as $$
begin
  raise exception 'an organization stays';
end $$;
create trigger organization_no_delete before delete on organization
  for each row execute function organizations_stay();
create trigger organization_no_rename before update of id on organization
  for each row when (new.id <> old.id) execute function organizations_stay();
create trigger organization_no_truncate before truncate on organization
  for each statement execute function organizations_stay();
alter table reservation drop constraint reservation_organization_fkey;

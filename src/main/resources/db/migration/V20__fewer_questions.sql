-- What each issuance asks is asked for many at once, or in a form that the planner sees through.

-- These serials with which a certificate was ever made, for whomever.
create function serials_used(wanted text[]) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select serial from certificate where serial = any (wanted);
$$;

-- These keys that nobody may have: blocked, or of a certificate of whomever that was revoked because
-- others know the key.
create function keys_known(wanted text[]) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select spki from blocked_key where spki = any (wanted)
  union
  select key_thumbprint from certificate where key_thumbprint = any (wanted) and reason = 1;
$$;

revoke execute on function serials_used, keys_known from public;
-- What asked for one at a time (V14) stays: replicas of the version before may still be running.

-- What goes through these tables stays for a moment. A table that a vacuum has cut back to nothing is
-- read whole by every statement that is planned then, however many dead rows come after; and who cuts
-- it keeps all others out meanwhile.
alter table reservation set (vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000);
alter table undelivered set (vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000);
alter table ledger_queue set (vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000);

-- Changes of status, as readers follow them on every replica.

-- The transaction that made the change. Identities are given before a commit and may become visible
-- out of order; who reads on from the oldest transaction that was open sees each change.
alter table status_change add column xact xid8 not null default pg_current_xact_id();
create index status_change_xact on status_change (xact);

-- Wakes whoever listens, when the change commits. Readers look by themselves as well.
create function status_has_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('chancery_status', '');
  return null;
end $$;

create trigger status_has_changed after insert on status_change
  for each statement execute function status_has_changed();

-- Which part of its issuer's CRL lists a certificate: it stands in its CDP. Null: the whole CRL.
alter table certificate add column crl_shard smallint;

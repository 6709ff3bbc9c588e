-- The tree over the roll (RFC 6962): an entry waits in the queue until the sequencer gives it its
-- leaf, a checkpoint is written down before it is signed.

-- A subject is compared as octets, as the serials it mostly names.
alter table ledger_entry alter column subject type text collate "C";

-- C2SP tlog-tiles s2.2: an entry's length stands in 16 bits. Old entries are far below.
alter table ledger_entry add constraint ledger_body_fits check (octet_length(body) <= 65535);

-- Entries that wait for their leaf. The trigger makes waiting a part of being written.
create table ledger_queue (
  entry bigint primary key
);

create function ledger_await_leaf() returns trigger language plpgsql as $$
begin
  insert into ledger_queue values (new.id);
  return null;
end $$;

create trigger ledger_await_leaf after insert on ledger_entry
  for each row execute function ledger_await_leaf();

insert into ledger_queue select id from ledger_entry;

-- The order of the roll. Only ever added to.
create table ledger_leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  entry      bigint not null unique
);

create trigger ledger_leaf_no_change before update or delete on ledger_leaf
  for each row execute function ledger_is_append_only();
create trigger ledger_leaf_no_truncate before truncate on ledger_leaf
  for each statement execute function ledger_is_append_only();

-- Hash tiles of height 8 (C2SP tlog-tiles): the tile at the right edge of a level grows in place.
create table ledger_tile (
  level  smallint not null check (level between 0 and 7),
  n      bigint   not null check (n >= 0),
  hashes bytea    not null check (octet_length(hashes) % 32 = 0 and octet_length(hashes) between 32 and 8192),
  primary key (level, n)
);

-- Checkpoints: size and root are written down with the leaves; note is the signed text, once it is
-- signed; published_at says since when the copy outside the database holds it.
create table ledger_checkpoint (
  size         bigint      primary key check (size >= 0),
  root         bytea       not null check (octet_length(root) = 32),
  at           timestamptz not null,
  note         text,
  published_at timestamptz
);
create index ledger_checkpoint_published on ledger_checkpoint (size) where published_at is not null;

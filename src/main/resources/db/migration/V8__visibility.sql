-- Who can see a change of status by now, and where.

-- As readers follow changes; as people ask about one certificate; as the watch looks back.
drop index status_change_xact;
create index status_change_order on status_change (xact, id);
create index status_change_serial on status_change (serial, version);
create index status_change_at on status_change (at);

-- The replicas that serve. All times are the database's.
create table replica (
  id         text        primary key,
  name       text        not null,
  role       text        not null,
  started_at timestamptz not null,
  -- Changes of older transactions stood in the book when it began to read it.
  from_xact  xid8        not null,
  beat_at    timestamptz not null,
  -- Every change that had committed by then is known there.
  feed_at    timestamptz not null,
  -- By when each of its jobs should have run well again, in seconds since 1970.
  jobs       jsonb       not null
);

-- The first time that a channel showed a certificate's status of this version, or a newer one:
-- ocsp/<replica>, full, delta, shard/<n>.
create table status_seen (
  serial     text collate "C" not null,
  version    integer     not null,
  channel    text        not null,
  crl_number bigint,
  at         timestamptz not null,
  primary key (serial, channel, version)
);
create index status_seen_age on status_seen (at);

-- Which shards are in use is looked for from one to the next.
create index certificate_shard on certificate (issuer, crl_shard, not_after)
  where crl_shard is not null;

-- What the canary found last at each public address; trouble is empty where all went well.
create table canary_run (
  address     text        primary key,
  at          timestamptz not null,
  trouble     text        not null,
  ocsp_millis bigint      not null,
  crl_millis  bigint      not null
);

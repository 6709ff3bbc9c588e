-- CRLs of a million entries: what they list in a narrow table of its own, several scopes and deltas,
-- octets in pieces.

-- What CRLs list: every certificate that is on hold or revoked, changed together with it. A row of
-- one that has expired leaves once a CRL issued after the expiry has shown it, in every scope.
create table revoked (
  issuer          text        not null,
  serial          text collate "C" not null,
  -- As certificate.crl_shard.
  shard           smallint,
  -- RFC 5280's number; 6, certificateHold, while it is on hold.
  reason          smallint    not null,
  since           timestamptz not null,
  invalidity_date timestamptz,
  not_after       timestamptz not null,
  -- The transaction that wrote it last: whether a CRL, whose snapshot is known, has shown it.
  xact            xid8        not null default pg_current_xact_id(),
  -- With all that an entry says, so that a CRL is read from the index alone, in its order.
  primary key (issuer, serial) include (reason, since, invalidity_date)
);

-- Expired ones leave now where the last CRL was issued after their end.
insert into revoked (issuer, serial, shard, reason, since, invalidity_date, not_after)
  select c.issuer, c.serial, c.crl_shard,
    case c.status when 'held' then 6 else c.reason end, c.status_since, c.invalidity_date, c.not_after
  from certificate c
  where c.status <> 'good'
    and (c.not_after >= coalesce((select max(this_update) from crl where crl.issuer = c.issuer), '-infinity')
      or c.status_since >= coalesce((select max(this_update) from crl where crl.issuer = c.issuer), '-infinity')
      or exists (select from status_change s where s.serial = c.serial and s.crl_number is null));
create index revoked_shard on revoked (issuer, shard, serial)
  include (reason, since, invalidity_date) where shard is not null;
create index revoked_expiry on revoked (issuer, not_after);

-- One series of numbers for each scope of an issuer: '' all of it, '0', '1', ... its shards. Complete
-- and delta CRLs of a scope share it (RFC 5280 s5.2.3).
alter table crl_series add column scope text collate "C" not null default '';
alter table crl_series drop constraint crl_series_pkey;
alter table crl_series add primary key (issuer, scope);

alter table crl
  add column scope      text collate "C" not null default '',
  -- The number of the complete CRL that a delta builds on; null: it is complete itself.
  add column base       bigint,
  add column octets     bigint not null default 0,
  add column thumbprint text collate "C" not null default '',
  -- What the CRL has seen: changes that are not visible in it came later. Null: not known.
  add column snapshot   pg_snapshot;
update crl set octets = octet_length(der), thumbprint = encode(sha256(der), 'hex');
alter table crl alter column octets drop default, alter column thumbprint drop default;
alter table crl drop constraint crl_pkey;
alter table crl add primary key (issuer, scope, number);

-- The octets, in pieces of at most 1 MB; only the newest few CRLs have theirs still.
create table crl_part (
  issuer text     not null,
  scope  text collate "C" not null,
  number bigint   not null,
  part   integer  not null,
  octets bytea    not null,
  primary key (issuer, scope, number, part),
  foreign key (issuer, scope, number) references crl on delete cascade
);
alter table crl_part alter column octets set storage external;
insert into crl_part
  select issuer, scope, number, part, substring(der from part * 1048576 + 1 for 1048576)
  from crl, generate_series(0, (octet_length(der) - 1) / 1048576) as part;
alter table crl drop column der;

-- Many certificates revoked in one step, and keys that are known to others.

-- A list of certificates that somebody wants revoked. The list's octets are what is approved.
create table bulk_revocation (
  id              uuid        primary key,
  -- Of whoever listed them; who may see it follows from that.
  organization    text        not null references organization,
  listed_by       text        not null,
  listed_at       timestamptz not null,
  selection       text        not null,
  -- The exact list, in its canonical text; empty where a replay of the roll knows only its hash.
  list            text        not null,
  list_hash       text collate "C" not null,
  size            integer     not null check (size > 0),
  reason          smallint    not null,
  invalidity_date timestamptz,
  -- Who has a successor by then is revoked then; the rest at the deadline. Null: all in one step.
  replace_until   timestamptz,
  deadline        timestamptz,
  state           text        not null check (state in ('listed', 'replacing', 'done', 'refused')),
  -- Why it was refused, or does not go on.
  why             text        not null default '',
  approved_at     timestamptz,
  done_at         timestamptz,
  revoked         integer     not null default 0,
  list_millis     integer     not null default 0,
  step_millis     integer     not null default 0,
  check ((replace_until is null) = (deadline is null)),
  check ((state = 'done') = (done_at is not null))
);
create index bulk_revocation_listed on bulk_revocation (listed_at, id);
create index bulk_revocation_replacing on bulk_revocation (replace_until) where state = 'replacing';

-- What a step did not revoke, and why: 'revoked-before', 'expired', 'no-successor'; and 'not-listed'
-- for those that the selection finds now and the list does not have.
create table bulk_revocation_left (
  bulk   uuid not null references bulk_revocation,
  serial text collate "C" not null,
  why    text not null,
  primary key (bulk, serial)
);

-- Keys that are known to others than their holders, by the SHA-256 of their SubjectPublicKeyInfo. No
-- organization gets a certificate for one again.
create table blocked_key (
  spki            text collate "C" primary key check (spki ~ '^[0-9a-f]{64}$'),
  at              timestamptz not null,
  blocked_by      text        not null,
  -- How it was shown: 'private-key', 'request' (signed by it), or 'none' on an operator's word.
  proof           text        not null check (proof in ('private-key', 'request', 'none')),
  invalidity_date timestamptz
);

create function keys_stay_blocked() returns trigger language plpgsql as $$
begin
  raise exception 'a blocked key stays blocked';
end $$;

create trigger blocked_key_no_change before update or delete on blocked_key
  for each row execute function keys_stay_blocked();
create trigger blocked_key_no_truncate before truncate on blocked_key
  for each statement execute function keys_stay_blocked();

-- The ledger: append-only. Each entry is written in the transaction of its deed.

create table ledger_entry (
  id           bigint generated always as identity primary key,
  at           timestamptz not null,
  kind         text        not null,
  actor        text        not null,
  organization text        not null,
  -- What it is about: a serial, an issuer, an organization; empty where there is nothing.
  subject      text        not null,
  -- The canonical body (RFC 8785) and its SHA-256.
  body         bytea       not null,
  hash         bytea       not null check (octet_length(hash) = 32)
);
create index ledger_subject on ledger_entry (subject, id);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only';
end $$;

create trigger ledger_no_change before update or delete on ledger_entry
  for each row execute function ledger_is_append_only();
create trigger ledger_no_truncate before truncate on ledger_entry
  for each statement execute function ledger_is_append_only();

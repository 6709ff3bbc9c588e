-- The book: every serial, the intended and the issued certificate, its status and its owner.
-- A serial is lower-case hex of an even length, compared as octets (collation C).

create table organization (
  id           text        primary key,
  display_name text        not null,
  contact      text        not null,
  -- Profiles the organization may use; empty means every profile for organizations.
  profiles     text[]      not null,
  -- Name patterns it may hold, as profile.NamePattern reads them.
  names        text[]      not null,
  suspended_at timestamptz,
  created_at   timestamptz not null
);

-- The authority itself owns the certificates of its own services. It may hold no names by policy:
-- what it asks for comes from its configuration.
insert into organization values ('chancery', 'The authority itself', '', '{}', '{}', null, now());

-- Roles beyond SERVICE that a certificate's holder has, by one of its names.
create table role_grant (
  organization text        not null references organization,
  name         text        not null,
  role         text        not null check (role in ('SERVICE', 'OPERATOR', 'AUDITOR', 'ADMIN')),
  granted_at   timestamptz not null,
  primary key (organization, name, role)
);

-- Enrolment tokens: only the hash of the secret is kept.
create table enrolment_token (
  hash         text        primary key,
  label        text        not null unique,
  organization text        not null references organization,
  -- Both narrow what the organization may do; empty means no narrowing.
  profiles     text[]      not null,
  names        text[]      not null,
  -- Null means any number of times.
  uses_left    integer     check (uses_left >= 0),
  expires_at   timestamptz not null,
  created_by   text        not null,
  created_at   timestamptz not null,
  revoked_at   timestamptz
);

-- The intention, written down before the HSM is asked. It leaves when the certificate is recorded.
create table reservation (
  serial         text collate "C" primary key,
  issuer         text        not null,
  profile        text        not null,
  organization   text        not null references organization,
  requester      text        not null,
  contact        text        not null,
  replaces       text collate "C",
  tbs            bytea       not null,
  reserved_at    timestamptz not null,
  -- Set when the tidy job gave it up: the serial stays on record and is never used again.
  abandoned_at   timestamptz
);
create index reservation_age on reservation (reserved_at);

create table certificate (
  serial          text collate "C" primary key,
  issuer          text        not null,
  profile         text        not null,
  organization    text        not null references organization,
  requester       text        not null,
  contact         text        not null,
  replaces        text collate "C",
  subject         text        not null,
  names           text[]      not null,
  key_thumbprint  text collate "C" not null,
  key_algorithm   text        not null,
  not_before      timestamptz not null,
  not_after       timestamptz not null,
  issued_at       timestamptz not null,
  der             bytea       not null,
  status          text        not null default 'good' check (status in ('good', 'held', 'revoked')),
  -- Grows by one with every change of status.
  status_version  integer     not null default 0,
  status_since    timestamptz,
  reason          smallint,
  invalidity_date timestamptz,
  check ((status = 'good') = (status_since is null)),
  check ((status = 'revoked') = (reason is not null))
);
create index certificate_issued on certificate (issued_at, serial);
create index certificate_owner on certificate (organization, issued_at, serial);
create index certificate_expiry on certificate (not_after);
create index certificate_key on certificate (key_thumbprint);
create index certificate_subject on certificate (subject text_pattern_ops);
create index certificate_names on certificate using gin (names);
create index certificate_revoked on certificate (issuer, serial) where status <> 'good';

-- One deed for one (caller, key): the same key with the same request gives the same certificate.
create table request_key (
  caller       text        not null,
  key          text        not null,
  request_hash text        not null,
  serial       text collate "C" not null,
  at           timestamptz not null,
  primary key (caller, key)
);

-- Whose book this is: an issuer's name and the SHA-256 of its certificate.
create table issuer (
  name        text        primary key,
  certificate text        not null,
  known_since timestamptz not null
);

-- Every change of a status, in the transaction that makes it. crl_number says which CRL was the
-- first to show it; null means that none does yet.
create table status_change (
  id         bigint generated always as identity primary key,
  issuer     text        not null,
  serial     text collate "C" not null,
  version    integer     not null,
  at         timestamptz not null,
  crl_number bigint
);
create index status_change_unshown on status_change (issuer, id) where crl_number is null;

-- The series of CRLs of an issuer: the last number given and its thisUpdate. Neither goes back.
create table crl_series (
  issuer      text        primary key,
  number      bigint      not null,
  this_update timestamptz not null
);

-- CRLs as they were signed.
create table crl (
  issuer      text        not null,
  number      bigint      not null,
  this_update timestamptz not null,
  next_update timestamptz not null,
  entries     integer     not null,
  der         bytea       not null,
  primary key (issuer, number)
);

-- OCSP responder certificates live in the book like any other; this says which one is in use.
create table responder (
  issuer     text        primary key,
  serial     text collate "C" not null references certificate,
  since      timestamptz not null
);

-- Between replicas: who does a job, until when, and a fencing token that grows with each holder.
create table lease (
  name       text        primary key,
  holder     text        not null,
  token      bigint      not null,
  expires_at timestamptz not null
);

create table alert (
  id           uuid        primary key,
  -- What is found, once: the same finding about the same thing at the same threshold.
  finding      text        not null unique,
  kind         text        not null,
  severity     text        not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
  organization text        not null,
  serial       text collate "C",
  text         text        not null,
  due          timestamptz,
  raised_at    timestamptz not null,
  closed_at    timestamptz
);
create index alert_raised on alert (raised_at, id);

-- Exactly once: who asks the same again, who asks too often, and what was signed and may not have
-- arrived.

-- Why the tidy job gave a reservation up.
alter table reservation add column why text not null default '';

-- The newest certificate of a request, for clients that send it again without an Idempotency-Key.
-- Rows older than chancery.duplicates.window mean nothing and are tidied away.
create table recent_request (
  hash    text collate "C" primary key,
  serial  text collate "C" not null,
  at      timestamptz not null,
  repeats integer     not null
);
create index recent_request_age on recent_request (at);

-- How often one client (an owner, a profile and a set of names, by their hash) asked in the period
-- that began at since: asked counts all, taken what was answered, let_at is the last of those.
create table brake (
  client text collate "C" primary key,
  since  timestamptz not null,
  taken  integer     not null,
  asked  integer     not null,
  let_at timestamptz not null
);
create index brake_age on brake (since);

-- Clients that get nothing more until an operator says so. Without names: the whole profile.
create table pause (
  id           uuid        primary key,
  client       text collate "C" not null unique,
  organization text        not null references organization,
  profile      text        not null,
  names        text[]      not null,
  asked        integer     not null,
  since        timestamptz not null
);

-- How much an organization may ask of a profile, where it is not what the configuration says.
create table profile_limit (
  organization text    not null references organization,
  profile      text    not null,
  per_minute   integer not null check (per_minute >= 0),
  primary key (organization, profile)
);

-- Certificates whose answer is not known to have gone out. Written with the certificate, removed
-- once the answer is out; why is empty until something is known to have gone wrong.
create table undelivered (
  serial text collate "C" primary key,
  since  timestamptz not null,
  why    text        not null
);

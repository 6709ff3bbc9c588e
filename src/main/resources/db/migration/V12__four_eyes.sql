-- Four eyes: what waits for other people's word, what they signed, and the switch that halts signing.

-- The state says where to go on; whether it may is worked out from the signatures each time.
create table proposal (
  id           uuid        primary key,
  deed         text        not null,
  subject      text        not null,
  organization text        not null references organization,
  proposed_by  text        not null,
  -- The person; a person's proposals are not for this person to approve.
  proposer     text        not null,
  -- What is approved, to the bit. Empty where a replay of the roll had its hash only.
  exact        bytea       not null,
  sha256       text collate "C" not null,
  summary      text        not null,
  comment      text        not null,
  need         integer     not null check (need >= 0),
  proposed_at  timestamptz not null,
  expires_at   timestamptz not null,
  state        text        not null check (state in ('PENDING', 'APPROVED', 'CARRIED_OUT', 'FAILED',
                                                     'REJECTED', 'WITHDRAWN', 'EXPIRED')),
  closed_at    timestamptz,
  outcome      text        not null default '',
  check ((state in ('PENDING', 'APPROVED')) = (closed_at is null))
);
create index proposal_order on proposal (proposed_at, id);
create index proposal_owner on proposal (organization, proposed_at, id);
create index proposal_open on proposal (expires_at) where closed_at is null;
create index proposal_subject on proposal (deed, subject);

-- One word of each kind from one person.
create table endorsement (
  proposal uuid        not null references proposal,
  person   text        not null,
  verdict  text        not null check (verdict in ('APPROVE', 'BREAK_GLASS', 'REVIEW')),
  comment  text        not null,
  jws      text        not null,
  at       timestamptz not null,
  primary key (proposal, person, verdict)
);

-- What one person did alone. The index leaves room for one that nobody has looked at.
create table broken_glass (
  proposal    uuid        primary key references proposal,
  person      text        not null,
  reason      text        not null,
  at          timestamptz not null,
  reviewed_by text,
  reviewed_at timestamptz,
  check ((reviewed_by is null) = (reviewed_at is null)),
  check (reviewed_by <> person)
);
create unique index broken_glass_unreviewed on broken_glass ((true)) where reviewed_at is null;

-- While a row is open, no certificate is signed.
create table signing_halt (
  id         uuid        primary key,
  reason     text        not null,
  halted_by  text        not null,
  halted_at  timestamptz not null,
  resumed_at timestamptz
);
create unique index signing_halt_open on signing_halt ((true)) where resumed_at is null;

-- How many persons must have approved these octets before they are signed.
alter table reservation add column approvals integer not null default 0 check (approvals >= 0);

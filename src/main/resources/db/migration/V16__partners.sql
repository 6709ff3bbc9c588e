-- Partners from their invitation to the proof that nothing of theirs is valid any more.
create table partner (
  organization    text        primary key references organization,
  state           text        not null
    check (state in ('INVITED', 'REQUESTED', 'ADMITTED', 'LEAVING', 'LEFT')),
  -- What it may use before it is admitted, and what besides from then on.
  sandbox_profile text        not null,
  profiles        text[]      not null,
  -- SHA-256 of the certification request that was shown to those who admit it.
  request         text        not null,
  proposal        text        not null,
  -- The list that revokes what is left; empty where nothing was.
  revocation      text        not null,
  changed_at      timestamptz not null
);

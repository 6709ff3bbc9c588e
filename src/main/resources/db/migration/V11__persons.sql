-- Who may act: people, and programs that show no certificate of their own organization's services.
create table person (
  -- p- and 32 hex digits: not to be guessed, and no name that somebody else could take.
  id           text        primary key,
  organization text        not null references organization,
  display_name text        not null,
  contact      text        not null,
  -- Programs never approve anything.
  human        boolean     not null,
  roles        text[]      not null
    check (roles <@ '{SERVICE,REQUESTER,APPROVER,OPERATOR,AUDITOR,ADMIN}'),
  -- Whether the roles hold in every organization.
  acts_for_all boolean     not null,
  -- Both narrow what the organization may do; empty means no narrowing.
  profiles     text[]      not null,
  names        text[]      not null,
  disabled_at  timestamptz,
  created_at   timestamptz not null
);
create index person_organization on person (organization, id);

-- What a person is known by.
create table identity (
  -- Empty: a certificate of this authority. Else the configured foreign authority's name, or the
  -- configured token issuer's.
  issuer       text        not null,
  kind         text        not null check (kind in ('name', 'certificate', 'token')),
  -- A name as kind:value, a certificate's SHA-256 in hex, or the claim that the issuer is known by.
  value        text        not null,
  person       text        not null references person,
  -- The person's: a name counts only in a certificate that this organization owns.
  organization text        not null references organization,
  primary key (value, kind, issuer, organization)
);
-- A foreign credential names no organization of ours: it can stand for one person only.
create unique index identity_alone on identity (value, kind, issuer)
  where kind <> 'name' or issuer <> '';
create index identity_person on identity (person);

-- A token that is of use only beside this client certificate (RFC 8705 s3): its SHA-256 in hex.
alter table enrolment_token add column bound_to text not null default '';

-- OCSP answers made ahead: the facts and the signature; all else is laid out again when one is sent.
create table ocsp_answer (
  serial      text collate "C" primary key,
  issuer      text        not null,
  -- The status that it states: that of this version; good where since is null.
  version     integer     not null,
  since       timestamptz,
  reason      smallint,
  -- The serial of the responder's certificate; empty where the issuer signs itself.
  responder   text collate "C" not null,
  this_update timestamptz not null,
  next_update timestamptz not null,
  -- The certificate's end.
  not_after   timestamptz not null,
  -- When it is to be made again, well before half its life.
  due         timestamptz not null,
  signature   bytea       not null,
  -- Which transaction wrote it: replicas read on from there, as they do with status_change.
  xact        xid8        not null default pg_current_xact_id(),
  check ((since is null) = (reason is null))
);
create index ocsp_answer_due on ocsp_answer (due);
create index ocsp_answer_xact on ocsp_answer (xact);

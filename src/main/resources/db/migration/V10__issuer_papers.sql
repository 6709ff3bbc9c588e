-- What a status node must know of an issuer: its certificate and the chain above, as PEM. Entered by
-- the next start of the service.
alter table issuer add column papers text not null default '';

-- Whether a certificate was renewed is asked of each one that ends soon.
create index certificate_replaces on certificate (replaces) where replaces is not null;

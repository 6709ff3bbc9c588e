-- What a status node must know of an issuer: its certificate and the chain above, as PEM. Entered by
-- the next start of the service.
alter table issuer add column papers text not null default '';

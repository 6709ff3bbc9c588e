-- The compact filter of revoked certificates, and what makes its coverage certain.

-- Certificates of an issuer that have not ended, read without their rows: neither column changes.
create index certificate_unexpired on certificate (issuer, not_after) include (not_before, serial);

-- No certificate of the issuer is reserved any more that begins before this. Never goes back.
create table not_before_floor (
  issuer text        primary key,
  at     timestamptz not null
);

-- Whether a certificate that begins then may be reserved. The lock is held until the reservation has
-- committed, and whoever raises the floor waits for it: so every reservation has either committed
-- before the floor was raised, or sees it raised.
create function not_before_is_allowed(of_issuer text, not_before timestamptz) returns boolean
language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('chancery/not-before/' || of_issuer, 0));
  return not exists (select from not_before_floor where issuer = of_issuer and at > not_before);
end $$;

create function raise_not_before_floor(of_issuer text, to_at timestamptz) returns timestamptz
language plpgsql as $$
declare
  raised timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('chancery/not-before/' || of_issuer, 0));
  insert into not_before_floor as floor values (of_issuer, to_at)
    on conflict (issuer) do update set at = greatest(floor.at, excluded.at)
    returning at into raised;
  return raised;
end $$;

-- The newest filter of each issuer, as it was signed. Its number never goes back.
create table revocation_filter (
  issuer      text        primary key,
  number      bigint      not null,
  this_update timestamptz not null,
  next_update timestamptz not null,
  file        bytea       not null
);

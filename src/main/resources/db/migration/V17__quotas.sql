-- How many certificates of a profile an organization may have in force; null for any number.
alter table profile_limit add column in_force integer check (in_force >= 0);

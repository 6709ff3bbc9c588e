-- Most certificates have their names beside an empty subject, so there seem to be few subjects, and
-- each seems to be that of very many. Whether one without names has a successor, which has the same
-- subject, was then asked by reading the whole book, every ten seconds. A subject that is not empty
-- is that of few.
alter table certificate alter column subject set (n_distinct = -0.5);
analyze certificate;

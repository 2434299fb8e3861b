-- What an office was set up like when all its issues were last routed: when it is set up differently,
-- they are routed anew, and cards follow.

alter table office add column routed_by text check (length(routed_by) between 1 and 60);

-- What belongs to one record is looked for by that record: with the other end first, SQLite reads what
-- belongs to all records of the office for each of them.

create index issue_category_of on issue_category (office_id, issue_id, category_id);

create index notice_scope_of on notice_scope (office_id, notice_id, scope);

create index project_association_of on project_association (office_id, project_id, association_id);

create index session_association_of on session_association (office_id, session_id, association_id);

create index record_target_of on record_target (office_id, record_id, target_id);

-- A measure that was begun is looked back on, even when its issue was put aside in between: so the
-- issue remembers that it waits for a review, until it is done.

alter table issue add column measure_open boolean not null default false check (measure_open in (false, true));

update issue set measure_open = true
    where status in ('acting', 'review')
    or (status <> 'done' and exists (
        select 1 from history_entry as step
        where step.office_id = issue.office_id and step.subject_kind = 'issue'
        and step.subject_id = issue.id
        and (step.after_state like '%"status":"acting"%' or step.after_state like '%"status":"review"%')
        and not exists (
            select 1 from history_entry as later
            where later.office_id = step.office_id and later.subject_kind = 'issue'
            and later.subject_id = step.subject_id and later.id > step.id
            and later.after_state like '%"status":"done"%'
        )
    ));

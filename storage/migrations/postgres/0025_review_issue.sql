-- What a review brought to light: the issues that were written down from it, shown beside what was looked
-- back on.

create table review_issue (
    office_id bigint not null,
    issue_id bigint not null,
    review_id bigint not null,
    primary key (office_id, issue_id),
    foreign key (office_id, issue_id) references issue (office_id, id) on delete cascade,
    foreign key (office_id, review_id) references review (office_id, id) on delete cascade
);

create index review_issue_by_review on review_issue (office_id, review_id, issue_id);

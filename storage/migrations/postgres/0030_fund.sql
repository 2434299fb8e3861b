-- Funds (基金メニュー): the lines of the catalogues by which a prefecture tells what its fund pays for, a
-- catalogue per fiscal year, and which project was paid from which line in which year. And the rules (基準) of
-- standards that an office has switched on for its associations; what the rules say is shipped in packs.

create table fund (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    -- The fiscal year of the catalogue, by the western year in which it starts, and the place in it.
    fiscal_year bigint not null,
    position bigint not null check (position >= 0),
    -- What stands in the line, as written: headings, number, letter, name, what is paid for, department, since
    -- when, words without a place, and codes of what is doubtful; one JSON value, because it is read and
    -- replaced as one.
    entry text not null,
    -- A later sheet of the same year does not have it any more, or the import was taken back.
    withdrawn boolean not null default false,
    added_by bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (office_id, id)
);

create index fund_by_year on fund (office_id, fiscal_year, position);

create table fund_use (
    office_id bigint not null,
    fund_id bigint not null,
    project_id bigint not null,
    -- The fiscal year of the money, and how much of it in yen; for the desk only.
    fiscal_year bigint not null,
    yen bigint check (yen between 0 and 9999999999),
    linked_by bigint not null,
    linked_at bigint not null,
    primary key (office_id, fund_id, project_id, fiscal_year),
    foreign key (office_id, fund_id) references fund (office_id, id),
    foreign key (office_id, project_id) references project (office_id, id)
);

create index fund_use_by_year on fund_use (office_id, fiscal_year, project_id);

create table rule_association (
    office_id bigint not null references office (id),
    id bigint not null check (id >= 1),
    revision bigint not null check (revision >= 1),
    -- The codes of a pack and of a rule in it.
    pack text not null check (length(pack) between 1 and 40),
    rule text not null check (length(rule) between 1 and 40),
    association_id bigint not null,
    active boolean not null,
    set_by bigint not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (office_id, id),
    unique (office_id, pack, rule, association_id),
    foreign key (office_id, association_id) references association (office_id, id) on delete cascade
);

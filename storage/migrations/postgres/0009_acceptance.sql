-- Whom the desk accepts by name to see every channel: the owner of the server, roles of
-- administrators, other bots. Anybody else of that kind keeps the office from sending.

create table acceptance (
    office_id bigint not null references office (id),
    -- Discord's id of the person, the role or the bot.
    discord_id bigint not null,
    -- What it was when it was accepted; missing where the configuration file gave the id alone.
    kind text check (kind in ('owner', 'role', 'bot')),
    fixed boolean not null,
    -- Missing for the configuration file.
    accepted_by bigint,
    accepted_at bigint not null,
    primary key (office_id, discord_id),
    check (fixed or accepted_by is not null)
);

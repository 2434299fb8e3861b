-- What the history says stays as it was written.

-- As with the audit: when keeping times are carried out, their migration lets go of these triggers for
-- one marked deletion.
create function history_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the history is append-only';
end;
$$;

create trigger history_entry_is_not_changed before update on history_entry
    for each row execute function history_is_append_only();

create trigger history_entry_is_not_deleted before delete on history_entry
    for each row execute function history_is_append_only();

create trigger history_entry_is_not_emptied before truncate on history_entry
    for each statement execute function history_is_append_only();

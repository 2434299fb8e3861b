-- What the history says stays as it was written.

-- As with the audit: when keeping times are carried out, their migration lets go of these triggers for
-- one marked deletion.
create trigger history_entry_is_not_changed before update on history_entry
begin
    select raise(abort, 'the history is append-only');
end;

create trigger history_entry_is_not_deleted before delete on history_entry
begin
    select raise(abort, 'the history is append-only');
end;

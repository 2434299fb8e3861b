# Plan tables (計画表): taken in from the city's own table, and out as it.

command-target-import = import
command-target-import-description = Take in a city's plan table (Excel or CSV) at once
command-target-import-file = file
command-target-import-file-description = The file of the plan table (.xlsx or .csv)
command-target-import-year = year
command-target-import-year-description = The fiscal year of headings that name none (for example 2026)
command-target-export = export
command-target-export-description = Get targets and progress as a plan table (Excel)
command-target-export-year = year
command-target-export-year-description = The fiscal year whose progress it tells (left out: this one)
command-target-export-date = date
command-target-export-date-description = As of which day (left out: today)

act-target-import = plan table taken in
act-target-import-undo = plan table taken back
act-target-export = plan table taken out
audit-detail-targets = { $value } new targets
audit-detail-items = { $value } items changed
audit-detail-goals = { $value } goals of a year
audit-detail-records = { $value } entries of progress
audit-detail-corrected = { $value } entries corrected
audit-detail-exported = { $value } items


plan-preview-title = Preview of the plan table
plan-preview = Nothing is recorded yet. Please check what was read, then record it.
plan-preview-nothing = This plan table says what is recorded already. There is nothing to record.
field-plan-areas = Items by area
field-plan-columns = Columns that were read
plan-area = { $area }: { $count }
plan-more = { $count } more
plan-separator = {" "}/{" "}
plan-goals-of = Goals: { $years }
plan-column-planned = Plan: { $year }
plan-column-done = Progress: { $year }
plan-column-done-as-of = Progress: { $year } (as of { $date })
plan-doubt-headings = ⚠ Pages have different headings: "{ $other }" was read as "{ $taken }" too.
plan-doubt-year = ⚠ "{ $heading }" names no year and was read as { $year }. If that is wrong, press "Discard" and begin again with the year.
plan-doubt-sheet = No plan was found in this sheet, and it was not read: "{ $name }"
plan-counts = items read { $rows } (with something guessed { $guessed }), not readable { $unread }
    { $new } new, { $changed } changed, { $same } unchanged, { $gone } not in the table (kept)

plan-group-unread = Not understood ({ $count }); this is not taken in.
plan-group-guessed = Items with something guessed ({ $count }). If a guess is wrong, mend the file and begin again.
plan-group-changed = Items that change ({ $count })
plan-group-new = New items ({ $count })
plan-group-gone = Not in the table ({ $count }); this is kept, not deleted.
button-plan-unread = Not read { $count }
button-plan-guessed = Guessed { $count }
button-plan-changed = Changed { $count }
button-plan-new = New { $count }
button-plan-gone = Not in table { $count }
button-plan-store = Record it
button-plan-discard = Discard
button-plan-undo = Take the table back (within { $minutes } minutes)

plan-line-unread = { $place }: { $why } "{ $words }"
plan-line-left = { $place }: { $label }, { $what }: { $why }
plan-line-guessed = { $place }: { $label } "{ $item }": { $guesses }
plan-line-new = { $place }: { $label } "{ $item }" (goals { $goals }, plans { $plans }, progress { $records })
plan-line-changed = { $place }: { $label }: { $changes }
plan-change = { $what } "{ $from }" → "{ $to }"
plan-change-new = { $what } new "{ $to }"
plan-change-moved = its place in the table
plan-change-shared = entry { $record } belongs here too
plan-gone-target = #{ $number } { $label }
plan-gone-part = #{ $number } { $label }, { $what } "{ $words }"
plan-gone-record = { $label }, progress of { $date } "{ $words }"
plan-what-row = the whole item
plan-what-item = item
plan-what-goal = goal of { $year }
plan-what-plan = plan for { $year }
plan-what-done = progress

plan-unread-no-number = There is no number. Please add one (such as 1-①).
plan-unread-no-item = The item is empty. Please write it.
plan-unread-twice = It has the area and number of { $place }. Please mend one of the numbers.
plan-unread-before-heading = It stands above the headings. Please move the headings (area, number, item) above it.
plan-unread-faulty = Its number or item shows an error of calculation. Please write it as text.
plan-unread-beyond = At most { $limit } items are read at once. Please split the table.
plan-left-too-long = It is too long. Please shorten it to { $limit } characters.
plan-left-personal-data = It seems to hold personal data or one person's illness. Please remove it.
plan-left-full = There is no room for more. Please take back targets that are not used.

plan-guess-area-spaced = area "{ $written }" is "{ $area }"
plan-guess-area-garbled = area "{ $written }" is garbled and taken for "{ $area }"
plan-guess-area-early = area "{ $written }" begins with the next row; this one is "{ $area }"
plan-guess-area-missing = there is no area: "{ $area }"
plan-guess-shifted-left = stood { $columns } columns too far left and was put right
plan-guess-shifted-right = stood { $columns } columns too far right and was put right
plan-guess-maybe-shared = neither progress nor plan; if the cell above is meant for both, join the cells
plan-guess-continued = row { $row } goes on with it
plan-guess-again-without-first = what it lists again was not found
plan-guess-again = lists again "{ $first }"
plan-guess-figure = figure of { $year } from the plan: { $amount } { $unit } a year
plan-guess-figure-each = figure of { $year } from the plan: { $amount } { $unit } a year each
plan-guess-figures-open = several figures in the goal of { $year }, none was taken
plan-guess-faulty = a cell with an error ({ $written }) was not read
plan-guess-formula = the result of a formula was read

plan-changed-meanwhile = ⚠ The records have changed since the preview. Please look again, then press "Record it".
plan-nothing-to-store = There is nothing to record. When the table has changed, use /target import again.
plan-stored = The plan table is recorded: { $targets } new targets, { $items } items changed, { $goals } goals and plans of a year, { $records } new entries of progress, { $corrected } corrected.
plan-stored-left = Not taken in: { $count }. Mend the file and use /target import again; nothing is stored twice.
plan-discarded = The plan table was discarded. Nothing was recorded.
plan-undone = The plan table was taken back. Everything is as before.

plan-no-heading = No plan table was found. It needs headings for the number and the item; please add them and try again.
plan-too-long = There are too many rows. Please split the table into { $rows } rows at most and try again.
plan-empty = There is no item below the headings. Please check the file and try again.
plan-no-year = The heading of the goals names no year. Please give it in the option "year" of /target import, such as 2026.
refused-plan-year = The year could not be read. Please write it as 2026 or 令和8年度.
refused-plan-date = The date could not be read. Please write it as 2026-11-20 or 令和8年11月20日.
refused-plan-date-outside = That day is not in { $year }. Please let year and date agree.
refused-plan-gone = This preview is over. Please choose the file again with /target import; nothing is stored twice.
refused-plan-undo-gone = This table cannot be taken back any more.
refused-plan-undo-late = It was taken in more than { $minutes } minutes ago and cannot be taken back at once. Take in the table from before, or mend the targets one by one.
refused-plan-undo-changed = Something of it has changed since, so it cannot be taken back at once. Please mend the targets one by one.

plan-export-empty = There are no targets of { $year } yet. Please take a plan table in with /target import.
plan-exported = The plan table of { $year } ({ $count } items, as of { $date }). Change it and hand it to /target import: only what differs is recorded.
plan-export-description = Plan table of { $year } (as of { $date })
plan-title = Targets, progress and plan { $year }
plan-as-of = as of { $date }
plan-sheet = Plan
plan-column-area = Area
plan-column-number = No.
plan-column-item = Item
plan-column-goals = Goals
plan-heading-done = { $year } progress (as of { $day })
plan-heading-planned = { $year } plan

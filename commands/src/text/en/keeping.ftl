# Keeping and letting go: keeping time, archive, deletion, departure, petitions.

subject-retention = records kept long enough ({ $number })
subject-petition = request of a person { $number }
subject-departure = removal and return { $number }
subject-deletion = wish to delete the office { $number }
word-matter-retention-propose = look at the keeping time

act-office-left = the bot was removed from the server
act-office-return = the bot came back to the server
act-office-export = whole office written out
act-office-delete-ask = wish to delete the office
act-office-delete-withdraw = wish to delete the office taken back
act-retention-decide = decision to delete what was kept long enough
act-retention-delete = deletion after the keeping time
act-retention-keep = kept longer
act-retention-reopen = no longer kept longer
act-petition-ask = request of a person
act-petition-done = request of a person done
act-petition-decline = request of a person not possible
act-petition-remove-name = name removed

command-office-retention = retention
command-office-retention-description = What was kept long enough: delete it, or keep it longer
command-office-retention-of = of
command-office-retention-of-description = From when this record may be deleted (issue:12, session:3)
command-office-export = export
command-office-export-description = Everything the office has, as one file
command-office-delete = delete
command-office-delete-description = Delete everything the office has (first you see what goes)
command-office-delete-confirm = confirm
command-office-delete-confirm-description = Only to delete it alone: the phrase that is shown, as it is

retention-kind-issue = issues and ideas
retention-kind-session = sessions
retention-kind-review = reviews
retention-kind-project = projects
retention-kind-target = targets
retention-kind-record = entries of progress
retention-kind-memo = memos
retention-kind-feedback = feedback
retention-kind-import = notes of imports
retention-kind-reminder = reminders that were sent
retention-kind-month = months
retention-kind-yearly = years
retention-count = ・{ $noun }: { $count }

retention-title = Records kept long enough ({ $year })
retention-proposed =
    { $count } records were kept for { $years } years from the end of their fiscal year.
    { $counts }

    Look at the list, then delete them or keep them longer. Nothing goes before you decide.
retention-footer = What goes on, and what it leans on, is not among them, however old
retention-kept-card = { $who } decided to keep { $count } records until { $year }. Nothing is said of them before.
retention-deleting-card = By the word of { $who }, { $count } records are being deleted.
retention-deleted-card = By the word of { $who }, { $count } records were deleted. Posts of the bot go as well. Copies in backups remain until those are thrown away.
retention-list-title = Records kept long enough: { $total }
retention-list-line = ・{ $name }, last touched { $last }
retention-list-next = Nothing goes before you decide
retention-nothing = Nothing may be deleted now. Records are kept for { $years } years from the end of the fiscal year in which they were last touched. The next look is on { $day }.
retention-single-due = { $name } was kept long enough. It may be deleted from the list, with the others.
retention-ask =
    {""}**{ $count } records will be deleted. This cannot be taken back.**
    { $counts }

    What goes: records, their history, shared wordings, search notes, plans, posts of the bot.
    What stays: who deleted which number when, without content; what people wrote in threads.
    Copies in backups remain until those are thrown away (see the administrator's guide).
    You may keep everything as a file first.
retention-changed = The number changed since you saw it. Please look again.
retention-deleting = { $count } records are being deleted. The card at the desk says when it is done.
retention-longer = Until when shall they be kept? Nothing is said of the same records before.
retention-kept = { $count } records are kept until { $year } begins.
retention-reopened = They are no longer kept longer. The card at the desk asks again.
button-retention-list = Show the list
button-retention-ask = Delete…
button-retention-longer = Keep longer
button-retention-delete = Delete (cannot be taken back)
button-retention-until = { $years } more (until { $year })
button-retention-reopen = No longer keep longer
refused-retention-of = Please write the kind and the number: issue:12, session:3, project:2, review:4, target:5, record:6.
refused-retention-nothing = { $name } is not found. Please check the number.
refused-retention-lives = { $name } still goes on and cannot be deleted. Its keeping time begins when it ends.
refused-retention-lives-by = { $name } belongs to { $by }, which still goes on, and cannot be deleted. The keeping time begins when { $by } ends.
refused-retention-until = { $name } is within its keeping time. It may be deleted from { $day }.
refused-retention-until-by = { $name } is kept as long as { $by }. It may be deleted from { $day }.
refused-retention-meanwhile = Somebody else has decided, or something changed. Please look at /office retention.

archive-noun-office = settings, associations, memos, key persons
archive-noun-issue = issues, ideas and what was shared
archive-noun-notice = notices
archive-noun-feedback = feedback
archive-noun-fund = funds
archive-noun-rule = rules
archive-noun-session = sessions
archive-noun-review = reviews
archive-noun-project = support projects
archive-noun-target = targets and progress
archive-noun-trace = history and audit
archive-names = Names of speakers and key persons are in it. Do not hand it to anybody but coordinators.
archive-no-names = Names of speakers and key persons are not in it. A coordinator gets them by /office export.
archive-read-me =
    Records of Renkei, { $date }
    
    Everything the office has is in this file ({ $tables } tables, { $rows } rows).
    { $names }
    Lock it away, and delete it when it is no longer needed.
    
    For Excel
    { $files }
    
    For programs
    schema.json  tables and columns (version { $version } of the form)
    json/TABLE.json  what is in each table
    
    What is not in it
    - notes of what was sent and what is planned (the posts are in Discord)
    - what people are in the midst of typing (gone within 24 hours)
    - indexes and other things made of the tables
    - what people wrote in channels and threads of Discord
    
    Times are UTC. What the columns mean stands in archive.md of the guide.
archive-beyond = { $count } more rows are in the JSON
archive-progress = Writing… { $done } of { $total } tables
archive-description = everything the office has ({ $date })
archive-made =
    Everything the office has was written out ({ $tables } tables, { $rows } rows). Only you see this.
    ・{""}**Names of speakers and everything confidential are in it.** Lock it away and do not hand it on.
    ・Not in it: notes of sending and plans, what is being typed, what people wrote in Discord. README.txt says more.
refused-archive-too-large = There is too much (some { $size } MiB) for the { $limit } MiB that Discord takes. Ask the bot's administrator to run renkei export DIRECTORY (without names). Lists with names come by /issue export.
button-office-export = Export everything

deletion-phrase = delete all records of this office
deletion-title = Wish to delete everything of the office
deletion-shown =
    {""}**Nothing is deleted yet.** If you go on, all of this goes and nothing brings it back.
    { $counts }
    With settings, associations, history and audit it is { $rows } rows.

    What stays: posts of the bot and what people wrote (delete the channels), copies in backups (until those are thrown away), who deleted it and when.
    Records within their keeping time go as well. Please keep everything as a file first.

    There are two ways.
    ・Another coordinator confirms (a card at the desk, for { $hours } hours)
    ・You type “{ $phrase }”
button-deletion-second = Ask another coordinator
button-deletion-phrase = Type the phrase…
button-deletion-confirm = Delete everything (no way back)
button-deletion-withdraw = Take back
form-deletion = Delete everything of the office
form-deletion-phrase = Type this phrase as it is
deletion-begun = Everything of the office is being deleted; within minutes nothing is left. Posts of the bot stay in their channels: delete the channels. To go on, set the office up from the beginning.
deletion-asked = A card is at the desk. Everything is deleted when another coordinator confirms by { $until }.
deletion-withdrawn = The wish was taken back. Nothing was deleted.
deletion-card =
    { $who } wants everything of this office to be deleted.
    When another coordinator confirms by { $until }, all records go and nothing brings them back. If nobody knows of it, take it back.
deletion-card-withdrawn = The wish of { $who } was taken back by { $by }. Nothing was deleted.
deletion-card-expired = The wish of { $who } was not confirmed in time. Nothing was deleted.
refused-deletion-phrase = The phrase differs, so nothing was deleted. Please type “{ $phrase }” as it is.
refused-deletion-waits = Such a wish is at the desk already. Confirm it there, or take it back.
refused-deletion-no-desk = There is no desk channel, so nobody else can be asked. Bind one by /office channel, or type the phrase.
refused-deletion-over = This wish is over. If need be, use /office delete again.
refused-deletion-same = Whoever asked cannot confirm. Ask another coordinator, or type the phrase by /office delete.

departure-title = Back in the server
departure-words =
    The bot was removed from this server on { $left } and came back on { $back }.
    Otherwise everything of this office would have been deleted on { $end }. Now nothing is deleted.
    What was due meanwhile comes late. You may keep everything as a file.

word-petition-disclosure = to be told what is kept
word-petition-removal = to have the name removed
button-petition-ask-disclosure = Ask what is kept
button-petition-ask-removal = Ask to remove my name
button-petition-done = Done
button-petition-remove-name = Remove the name…
button-petition-decline = Not possible…
button-petition-remove = Remove the name (no way back)
button-petition-again = Another spelling
petition-state-open = You asked { $kind } on { $day }. The coordinators have not answered yet.
petition-state-done = What you asked on { $day } ({ $kind }) was done on { $decided }.
petition-state-declined = What you asked on { $day } ({ $kind }) was not possible ({ $decided }). Reason: { $reason }
petition-laid = Your request ({ $kind }) is at the desk. A coordinator will speak to you. Open /help privacy again to see how it stands.
petition-card =
    { $who } asks { $kind }
    { $day }
petition-help-disclosure = Look up what is kept, tell the person yourself, then press “Done”
petition-help-removal = Type the name as it was written down: it goes from speakers and key persons, opinions stay
petition-card-done = { $who } has done it.
petition-card-declined = { $who } answered that it is not possible. The person sees the reason.
field-petition-answer = Answer
petition-done-said = Noted. { $who } sees it by /help privacy.
petition-declined-said = Noted. { $who } sees it with the reason by /help privacy.
form-petition-decline = Why it is not possible
form-petition-reason = Reason (the person sees it)
form-petition-reason-hint = Within its keeping time; possible from 2032-04-01.
form-petition-name = Remove a name
form-petition-name-field = The name as it was written down
form-petition-name-hint = As it stands as the speaker
petition-name-found =
    “{ $name }” is the speaker of { $issues } issues and { $persons } key persons.
    The speaker's field is emptied and the key person's note goes. Opinions stay. This cannot be taken back.
    With none, it may have been written otherwise. Where a wording holds the name, use /issue edit.
petition-name-removed = The name was removed in { $count } places, and the request is done. Copies in backups remain until those are thrown away.
refused-petition-waits = The same request is at the desk already. Please wait for the answer.
refused-petition-full = Too many requests wait. Please speak to a coordinator.
refused-petition-no-desk = There is no desk channel yet. Please speak to a coordinator.
refused-petition-over = This request was answered already.

# Columns of the workbooks of an archive.
archive-column-id = id
archive-column-kind = kind
archive-column-state = state
archive-column-revision = revision
archive-column-wording = wording
archive-column-note = note
archive-column-origin = origin
archive-column-tier = tier
archive-column-tier_by = tier by
archive-column-status = status
archive-column-later_year = later year
archive-column-profession_id = profession
archive-column-association_id = association
archive-column-issue_id = issue
archive-column-session_id = session
archive-column-project_id = project
archive-column-review_id = review
archive-column-target_id = target
archive-column-record_id = record
archive-column-category_id = category
archive-column-speaker = speaker
archive-column-person = person
archive-column-reporter = reporter
archive-column-created_at = created at
archive-column-changed_at = changed at
archive-column-position = position
archive-column-name = name
archive-column-title = title
archive-column-held_on = held on
archive-column-due_on = due on
archive-column-done_on = done on
archive-column-reason = reason
archive-column-place = place
archive-column-method = method
archive-column-purpose = purpose
archive-column-minutes = minutes
archive-column-words = words
archive-column-times = times
archive-column-people = people
archive-column-amount = amount
archive-column-unit = unit
archive-column-mark = mark
archive-column-area = area
archive-column-number = number
archive-column-item = item
archive-column-fiscal_year = fiscal year
archive-column-plan = plan
archive-column-day = day
archive-column-version = version
archive-column-audience = audience
archive-column-destination = destination
archive-column-proposed_by = proposed by
archive-column-proposed_at = proposed at
archive-column-decided_by = decided by
archive-column-decided_at = decided at
archive-column-retracted = retracted
archive-column-office_id = office
archive-column-who = who
archive-column-at = at
archive-column-act = act
archive-column-subject_kind = subject kind
archive-column-subject_id = subject id
archive-column-details = details
archive-column-before_state = before state
archive-column-after_state = after state
archive-column-budget_yen = budget yen
archive-column-budget_source = budget source
archive-column-fund = fund
archive-column-survey = survey
archive-column-key = key
archive-column-value = value
archive-column-passed_on = passed on
archive-column-measure_open = measure open
archive-column-kept_private = kept private

# Answers about issues.

what-text = the wording
what-note = the note
what-speaker = the speaker
what-reason = the reason
what-name = the name
what-value = the value
what-scope = the service scope

form-issue-title = Record an issue or idea
form-edit-title = Correct #{ $number }
form-issue-text = What was said
form-issue-text-hint = Please no patient's name or condition
form-issue-note = Note (who could solve it together)
form-issue-note-hint = Such as: hospital, care manager
form-issue-speaker = Speaker (only the desk sees it)
form-issue-speaker-hint = May be left empty
form-issue-why = Why it is no personal data (if so)
form-issue-why-hint = Such as: the date of a meeting

field-tier = Tier
field-destination = Where it goes
field-status = Status
field-origin = Where it was said
field-source = Profession, association
field-about = About
field-note = Note
field-speaker = Speaker
field-reporter = Written down by
field-steps = So far

issue-added = #{ $number } recorded as { $kind }
issue-added-next = Follow it with /issue show { $number }. If the tier is wrong, use /issue tier.
tier-by-person = { $tier } (as you chose)
tier-by-rest = { $tier } (no word decided otherwise)
tier-by-words = { $tier } (decided by { $words })
arrival = { $place } ({ $why })
arrival-unbound = ⚠ This channel is not set up yet. The record is kept and arrives once a coordinator binds it with /office channel.
arrival-stopped = ⚠ This channel cannot be sent to now. The record is kept. It arrives when a coordinator has mended it.

step = { $date } – { $act } ({ $status })
step-reason = {" "}– reason: { $reason }

list-empty = Nothing here yet. /issue add writes something down.
list-title = Issues and ideas: { $total }
list-page = page { $page } of { $pages }
list-line = **#{ $number }** { $tier } [{ $status }] { $wording }
suggested-issue = #{ $number } [{ $status }] { $wording }

edited = #{ $number } is corrected.
edited-other-tier = The words could also mean { $tier }. Use /issue tier to change it.
edit-nothing-changed = Nothing was different, so it stays as it is.
tier-changed = #{ $number } is now { $tier }.
status-changed = #{ $number } went from “{ $from }” to “{ $to }”.
passed-on = #{ $number } was passed on to { $place }.

button-reword = Reword
button-details = Details
button-pass-on = Pass on to the association
button-previous = Back
button-next = Next

button-undo = Undo (within { $minutes } minutes)
undone = “{ $act }” of #{ $number } is undone.
undone-add = #{ $number } is taken back. Its number will not be used again.
undone-read = Before that it stood in { $places }. Somebody may have read it there meanwhile.
undone-again = To do it again, please use the same command.
undone-again-add = To record it again, use /issue add.
undone-again-edit = To correct it after all, use /issue edit { $number }.
undone-again-tier = To change it after all, use /issue tier { $number }.
undone-again-status = To change it after all, use /issue status { $number }.
undone-again-pass-on = To pass it on after all, press “Pass on to the association” on the desk's card.

button-history = All steps
history-title = Steps of #{ $number }: { $total }
history-empty = Nothing has happened since.
step-undone = “{ $act }” undone
step-text = {" "}– wording: “{ $before }” → “{ $after }”
step-note = {" "}– note: “{ $before }” → “{ $after }”
step-nothing = (none)

# Reviews (反省会).

command-review = review
command-review-description = Looking back on what was done
command-review-plan = plan
command-review-plan-description = Settle the day of a review
command-review-plan-of = of
command-review-plan-of-description = What to look back on (an issue, a session, a project)
command-review-plan-date = date
command-review-plan-date-description = The day of the review, such as 2026-12-04 or 12/4
command-review-plan-note = note
command-review-plan-note-description = What to talk about, for instance
command-review-plan-start = start
command-review-plan-start-description = When it begins, such as 18:30
command-review-plan-place = place
command-review-plan-place-description = Where
command-review-done = done
command-review-done-description = Write down what came of a review
command-review-done-number = number
command-review-done-number-description = The number of the review
command-review-done-outcome = outcome
command-review-done-outcome-description = What was done; left out, a form opens
command-review-done-next = next
command-review-done-next-description = What comes next
command-review-done-year = year
command-review-done-year-description = The fiscal year of "later", such as 2027
command-review-move = move
command-review-move-description = Move a review to another day
command-review-move-number = number
command-review-move-number-description = The number of the review
command-review-move-date = date
command-review-move-date-description = The new day, such as 2026-12-04 or 12/4
command-review-move-start = start
command-review-move-start-description = When it begins, such as 18:30
command-review-move-reason = reason
command-review-move-reason-description = Why it is moved
command-review-list = list
command-review-list-description = List the reviews
command-review-list-state = state
command-review-list-state-description = Only those of this state

word-review-state-proposed = proposed
word-review-state-planned = planned
word-review-state-held = held
word-review-state-dropped = dropped
word-review-next-done = Done
word-review-next-continue = Continue
word-review-next-new-issue = New issue
word-review-next-later = A later year

what-review-done = what was done
what-review-worked = what worked

review-name = Review { $number } ({ $of })
review-planned = { $name } is planned for { $date }. Reminders will come before it.
review-moved = { $name } was moved from { $from } to { $to }. Its reminders move with it.
review-dropped = { $name } was dropped. If it is needed after all, plan it with /review plan.
review-offered = { $name } is proposed. The suggested day is { $date }.
review-snooze-ask = When would you like to be reminded of { $name } again?
review-snoozed = You will be reminded of { $name } again on { $date }. The day of the review does not change.
review-done-ask = Please choose what comes next for { $name }. Then write down what was done.
review-done = The outcome of { $name } has been recorded.
review-done-issues = { $numbers } is now “{ $status }”.
review-done-again = { $name } is proposed next. The suggested day is { $date }.
review-done-new-issue = Please record the issue that came to light. It will be tied to { $of }.
review-undone = “{ $act }” of { $name } was taken back.
review-overdue = overdue
review-rhythm = { $days ->
    [1] every day
   *[other] every { $days } days
}
review-rhythm-none = never
review-list-title = Reviews: { $total }
review-list-line = {""}**{ $number }** { $date }　{ $of }　{ $state }
review-list-next = Use the number at the head of a line with /review done (record the outcome) or /review move (another day).
review-list-empty = There are no reviews for you to see yet.
review-list-empty-state = There are no reviews in this state. Leave the state out to see all of them.
review-list-empty-desk = There are no reviews yet. Plan one with /review plan; setting an issue to “waiting for review” proposes one.
review-next-planned = Review { $number }: record the outcome with /review done; choose another day with /review move.
review-next-proposed = You can also settle the day with /review plan (of: { $of }).
review-next-over = /review list shows the other reviews.
suggested-review = Review { $number } ({ $of }) { $date }

field-review = Review
review-told = Review { $number }　{ $date }　{ $state }
field-review-of = Looks back on
field-review-held = Held on
field-review-next = Next
field-review-done = What was done
field-review-worked = What worked and what did not
field-review-brought = Issues its reviews brought to light
field-review-brought-by = Came of
field-review-moved = Why it was moved

button-review-held = Review { $number }: held
button-review-move = Review { $number }: move
button-review-snooze = Review { $number }: later
button-review-accept = Review { $number }: plan for this day
button-review-settle = Review { $number }: choose a day
button-review-drop = Review { $number }: not needed
button-review-days = { $days ->
    [1] In 1 day
   *[other] In { $days } days
}
select-review = Choose one to see its details
button-review-new-issue = Record the issue
reminder-button-review = Show review { $number }

form-review-done-title = Review { $number } ({ $next })
form-review-done = What was done
form-review-done-hint = For example: tried the discharge sheet for three months
form-review-worked = What worked and what did not
form-review-worked-hint = For example: notice came earlier; holidays remain open
form-review-year = Put off to which fiscal year?
form-review-year-hint = For example: 2027
form-review-move-title = Move review { $number }
form-review-settle-title = Settle the day of review { $number }
form-review-date = Day
form-review-date-hint = For example: 2026-12-04 or 12/4
form-review-start = Begins at
form-review-start-hint = For example: 18:30
form-review-reason = Reason
form-review-reason-hint = For example: the room was not free

reminder-review-ahead = Review { $number } ({ $of }) is on { $date }. If the day does not suit you, press “move”. These reminders stop once its outcome is recorded or it is moved.
reminder-review-today = Review { $number } ({ $of }) is today, { $date }. Afterwards, please press “held” and record its outcome.
reminder-review-overdue = Review { $number } ({ $of }) was due on { $date }, but no outcome has been recorded. Please press “held” or “move”. Until then this reminder comes again ({ $rhythm }; /office setting changes that).
reminder-review-proposed = Review { $number } ({ $of }) is proposed. The suggested day is { $date }. These reminders stop once you press “plan for this day”, “choose a day” or “not needed”.
word-matter-review-before = reminder before it
word-matter-review-overdue = overdue reminder
word-matter-review-snooze = requested reminder
word-matter-review-proposed = proposed review

act-review-plan = review planned
act-review-propose = review proposed
act-review-move = review moved
act-review-done = outcome of a review
act-review-drop = review dropped
act-review-snooze = reminder of a review put off
act-review-undo = review taken back
act-issue-review = status changed by a review
audit-detail-of = of { $value }
audit-detail-next = next: { $value }
audit-detail-review = review { $value }
undo-late-review = Please check number { $number } in /review list and correct it with /review move or another command.

refused-no-such-review = There is no review of that number, or you cannot see it. Please check the number with /review list.
refused-no-such-of = There is no such issue, session or project, or you cannot see it. Please choose from the suggestions or check the number.
refused-not-an-of = Please choose from the suggestions, or write issue:12, session:3 or project:2.
refused-not-a-review = Please choose from the suggestions, or write a number such as 3.
refused-not-own-review = Only coordinators and the officers and contacts of the associations concerned can record or move a review. Please ask one of them.
refused-review-passed = { $date } has passed. Please choose a day to come. If the review was already held, plan it for today and then use /review done.
refused-review-too-far = { $date } is too far ahead. Please choose a day within three years, and check the year.
refused-review-same-day = It is already on { $date }. Please choose another day.
refused-review-planned-already = { $name } is already planned for { $date }. To move it, use /review move with { $number }.
refused-review-planned = { $name } is planned for { $date }. To move it, use /review move with { $number }.
refused-review-held = { $name } was held on { $date }. Choose { $number } in /review list to see its outcome.
refused-review-dropped = { $name } was dropped. To hold it after all, plan it with /review plan.
refused-review-moved = Since this post, { $name } has been moved to { $date }. Please continue from /review list or wait for the next reminder.
refused-review-not-settled = { $name } is only proposed. Please settle its day with /review plan first.
refused-review-next-missing = Please also choose what comes next (next). With the number alone you will be asked step by step.
refused-review-year-missing = For a later year, please also give the fiscal year (year), such as 2027.
refused-review-snooze-past = { $name } is on { $date }. A reminder cannot come before that. To change the day, press “move”.
refused-review-no-new-issue = The outcome of { $name } is not “New issue”. You can record issues with /issue add.
refused-review-changed-meanwhile = Somebody else changed it in the meantime. Please check /review list and try again.
refused-review-second = A review of the same thing was planned in the meantime. Please check /review list.
refused-review-undo-changed = Something has changed since, so this cannot be undone. Please check /review list.

# Memos (登録したリマインダー).

subject-memo = Reminder { $number }
what-memo-words = The text

field-memo-next = Next
field-memo-when = When
field-memo-place = Goes to
field-memo-by = Set up by
memo-once = once
memo-state-waiting = to come
memo-state-over = over
memo-state-stopped = stopped
memo-state-dropped = ended, because its channel no longer exists
memo-place-gone = a channel that no longer exists
memo-day-off = { $date } is a day off.

when-coming = · { $moment }
when-examples-separator = ”, “
memo-previewed =
    Not set up yet. This is how it was understood:
    When: { $cadence }
    Goes to: { $place }
    { $words }
    The first three times:
memo-previewed-next = If this is right, press “Set up”. If not, please write it in another way and try again.
button-memo-keep = Set up
memo-kept =
    Reminder { $number } is set up.
    Next: { $next }
    Goes to: { $place }
    { $words }
memo-kept-repeated = Repeated: { $cadence }
memo-kept-next = To stop it: /reminder cancel { $number }.
memo-stopped = Reminder { $number } was stopped. It will not come again.
memo-undone-added = Reminder { $number } is no longer set up.
memo-undone-stopped = Reminder { $number } continues. Next: { $next }.

memo-list-title = Reminders: { $total }
memo-list-line = { $number }　{ $next } ({ $cadence })　{ $place }　{ $words }
memo-list-next = To stop one, use the number at the head of its line with /reminder cancel.
memo-list-empty = There are no reminders to come. Set one up with /reminder add.

memo-card-title = Reminder　{ $date }
memo-card-once = Reminder { $number }, set up with /reminder add. It comes only once.
memo-card-repeated = Reminder { $number } ({ $cadence }), set up with /reminder add. Next: { $next }. To stop it, press “Stop”.
memo-card-last = Reminder { $number }, set up with /reminder add. This is the last time.
button-memo-stop = Stop
button-memo-show = Details
reminder-memo-dropped = Reminder { $number }　It was ended, because its channel ({ $place }) no longer exists. To continue, please set it up again with /reminder add.
reminder-button-memo = Show reminder { $number }

act-memo-add = Setting up a reminder
act-memo-stop = Stopping a reminder
act-memo-undo = Taking back a change of a reminder
act-memo-drop = Ending a reminder whose channel no longer exists

refused-no-such-memo = There is no reminder of that number, or you cannot see it. Please check the number with /reminder list.
refused-not-a-memo = Please choose a reminder from the suggestions, or write a number such as 3.
refused-memo-at-all = Only coordinators, and officers and contacts of associations, can set up reminders. Please tell one of them what people should be reminded of.
refused-memo-channel = You cannot set up reminders for that channel. If you leave “channel” out, it goes to your association's channel; to send it elsewhere, please ask a coordinator.
refused-memo-unbound-channel = That channel has no use yet. Please choose one that was set with /office channel, or leave it out, and try again.
refused-memo-no-channel = There is no channel for { $place } yet. Please ask a coordinator to set one.
refused-memo-too-many = One person can have at most { $limit } reminders to come. Please stop some that are not needed (/reminder list) and try again.
refused-memo-too-many-of-office = The whole office can have at most { $limit } reminders to come. Please ask a coordinator to stop some that are not needed.
refused-memo-over = Reminder { $number } is already over. To have it again, please set it up with /reminder add.
refused-memo-stopped = Reminder { $number } is already stopped. To start it again, please set it up with /reminder add.
refused-memo-dropped = Reminder { $number } was already ended, because its channel no longer exists. To have it elsewhere, please set it up with /reminder add.
refused-memo-waiting = Reminder { $number } is still to come. Please try again.
refused-memo-changed-meanwhile = That reminder was just sent, or somebody stopped it. Please check with /reminder list and try again.
refused-memo-undo-gone = This cannot be undone from here. Please check with /reminder list.
refused-memo-undo-late = More than { $minutes } minutes have passed, so this cannot be undone. Please check reminder { $number } with /reminder list.
refused-memo-undo-changed = Reminder { $number } has been sent or changed since, so this cannot be undone. Please check with /reminder list.
refused-memo-undo-passed = The time of reminder { $number } has passed, so this cannot be undone. Please set it up again with /reminder add.

refused-when = “{ $part }” cannot be read. Please write it like “{ $examples }”.
refused-when-too-long = Please say when in at most { $limit } characters.
refused-when-past = { $moment } has passed. Please choose a time to come and try again.
refused-when-too-far = That is more than { $years } years ahead. Please check the year and try again.
refused-when-several-times = There are several times. Please set up one reminder for each.
refused-when-several-days = There are several days. Please set up one reminder for each.
refused-when-no-place = “{ $part }” does not exist in any month. Please use the 1st to 5th weekday, the 1st to 31st day, or the 1st to { $limit }th business day.
refused-when-not-that-month = That month has no such day. Please write it like “月末” (end of the month) and try again.
refused-when-month-step = Every { $months } months would fall on different months each year. Please use every 1, 2, 3, 4 or 6 months, or name the months (毎年4月・9月の1日).
refused-expression-fields = The expression has { $count } fields. Please write five, minute, hour, day, month, weekday (0 9 * * 1), or a phrase such as 毎週月曜 9時.
refused-expression-part = “{ $part }” in the expression cannot be read. Please write it like “0 9 * * 1” or “0 9 1 * * shift=next”, or a phrase such as 毎週月曜 9時.
refused-expression-range = { $value } cannot be used there in the expression. Please use a number from { $least } to { $most }.
refused-expression = The parts of the expression cannot be used together. Please write a phrase such as 毎週月曜 9時 or 毎月第1営業日.
refused-too-often = That is too often. Please leave at least { $minutes } minutes between two reminders.
refused-never-due = That would never come. Please check the day and the month and try again.

command-reminder = reminder
command-reminder-description = Reminders to a channel, on the days you choose
command-reminder-add = add
command-reminder-add-description = Set up a reminder (one that repeats is shown before it counts)
command-reminder-add-text = text
command-reminder-add-text-description = What to remind of (nothing about patients, please)
command-reminder-add-when = when
command-reminder-add-when-description = When (12/1 14:00, 来週金曜, 毎月第2火曜 14時, 0 9 * * 1)
command-reminder-add-channel = channel
command-reminder-add-channel-description = Where it goes (left out: your association's channel, or the desk)
command-reminder-list = list
command-reminder-list-description = The reminders to come
command-reminder-cancel = cancel
command-reminder-cancel-description = Stop a reminder
command-reminder-cancel-number = number
command-reminder-cancel-number-description = Number (such as 3)

word-matter-memo-due = reminder
word-matter-memo-dropped = reminder that was ended

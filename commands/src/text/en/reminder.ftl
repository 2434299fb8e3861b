# Reminders.

reminder-title = Reminder　{ $date }
reminder-proposal = #{ $number }　The proposal of { $date } to share this is not decided yet. Please approve or decline it on the card at the desk. Once it is decided, these reminders stop.
reminder-more = { $count } more: { $numbers }
reminder-button-show = Show #{ $number }
reminder-passed = Reminders that were not sent, because their time passed while the bot was stopped: { $count }. { $things }
reminder-passed-thing = { $subject } ({ $matter })
word-matter-issue-proposal = proposal to share
word-matter-issue-return = return of the new year
word-matter-issue-thread = closed thread
subject-review = review { $number }
subject-project = project { $number }
subject-task = task { $number }

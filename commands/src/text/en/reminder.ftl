# Reminders.

reminder-title = Reminder　{ $date }
reminder-proposal = #{ $number }　The proposal of { $date } to share this is not decided yet. Please approve or decline it on the card at the desk. Once it is decided, these reminders stop.
reminder-more = { $count } more: { $numbers }
reminder-button-show = Show #{ $number }

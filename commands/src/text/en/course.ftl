# What becomes of an issue: threads, returns, tallies.

button-discuss = Talk in a thread
discussion-name = #{ $number } { $kind }
discuss-coming = The thread of #{ $number } opens in a moment, below this card.
discuss-coming-already = The thread of #{ $number } is about to open below this card.
discuss-there = The thread is here: { $thread }
    If it is not there (because somebody deleted it), another one opens in a moment.
discuss-failed-full = Last time it could not be opened, because the server has too many open threads. Please archive threads that are not needed any more.
discuss-failed-permission = Last time the bot had no permission to open it. A coordinator can see with /office check what to mend.
discuss-failed = Last time Discord did not take it ({ $code }). If it goes on, please tell whoever runs the server this number.
refused-discuss-permission = In { $place } the bot may not create public threads, so it cannot open one. Please ask an administrator of the server for this:
    { $mend }
refused-discuss-in-post = This is a thread already. Please write here.
word-permission-create-public-threads = Create Public Threads
act-issue-discuss = thread opened
act-issue-return = back to sorted at the beginning of the year
audit-by-calendar = the office's calendar
reminder-returned = { $count } issues that were put off are back as "sorted", because their year has begun: { $numbers }
    Please decide how to go on. /issue status can put one off again.
reminder-button-returned = List of these issues
returned-title = Issues that came back: { $total }
reminder-thread = #{ $number }　Its card moved or was taken back, so the thread below it was closed: { $threads }. What people wrote is still there. If nobody needs it after reading, please delete it in Discord.
stoppage-reason-tag-required = The forum asks for a tag, and has none for a status (received, planning …).
stoppage-remedy-tag-required =
    Please do one of these:
    1. Make tags for the statuses in the forum's settings: received, sorted, planning, in work, awaiting review, done, a later year, dropped.
    2. Allow the bot's role "Manage Channel" in that forum; then the bot makes them.
stoppage-reason-threads-full = The server has as many open threads as Discord allows.
stoppage-remedy-threads-full = Please close (archive) threads and posts that are not needed any more. It is tried again every 15 minutes.
stoppage-reason-thread-locked = The post is locked, and the bot may not open it.
stoppage-remedy-thread-locked = Please unlock the post, or allow the bot's role "Manage Threads" in that forum.

field-ending = What became of it
ending = { $date } { $status }
ending-reason = { $date } { $status }: { $reason }
tally-mine = Of { $total } you raised: { $counts }
tally-association = Of { $total } of { $association }: { $counts }
tally-office = Of { $total } of the office: { $counts }
tally-seen = Of { $total } you may see: { $counts }
tally-associations = By association: { $counts }
tally-tiers = By tier: { $counts }
tally-categories = By category: { $counts }
tally-others = others
tally-count = { $name } { $count }
tally-separator = ,{" "}
check-extra = {""}**・{ $place }** { $channel }
check-tags = Tags for these statuses are missing, or the bot may not apply them: { $names }. Posts come without a tag (and not at all where the forum requires one).
check-tags-mend = Please make these tags in the forum's settings. If the bot's role may "Manage Channel" there, the bot makes them. Tags for moderators only need "Manage Threads".
check-tags-mend-full = A forum has 20 tags at most. Please delete those that are not used in the forum's settings, then make these.
check-threads = The button "Talk in a thread" of the cards does not work here.

# Feeds: what is watched for new notices, and the drafts they bring.

command-notice-watch = watch
command-notice-watch-description = Watch a news feed (RSS, Atom); new notices come to the desk as drafts.
command-notice-watch-url = url
command-notice-watch-url-description = Address of the RSS or Atom feed (https://…). Leave it out to see what is watched.
command-notice-watch-scope = scope
command-notice-watch-scope-description = Services its notices are for; several separated by 、, such as 居宅介護支援、訪問系

subject-feed = Feed { $number }
what-feed-url = the address of the feed
what-feed-scope = the services

act-feed-watch = Began to watch a feed
act-feed-stop = Stopped watching a feed
act-feed-resume = Watched a feed again
act-feed-draft = Draft from a feed
act-feed-take = Took a draft in
act-feed-dismiss = Dismissed a draft
act-feed-back = Made it a draft again

feed-begun =
    Feed { $number } is watched now: { $title }
    For: { $scopes }
feed-begun-empty = There is nothing new in it at present.
feed-begun-taken = Drafts brought to the desk: { $taken }.
feed-begun-passed = The newest { $taken } were brought to the desk as drafts; { $over } older ones were not. Use /notice add for those you need.
feed-begun-next = It is read next at { $next }.
feed-stopped = { $title } is watched no longer. The notices it brought stay.
feed-resumed = { $title } is watched again, and read shortly.

feed-list-empty = No feed is watched. Give /notice watch an address and the services it is for to begin.
feed-list-title = Feeds ({ $total })
feed-list-next = Press a number to stop watching it.
feed-list-line =
    Feed { $number }: { $title } ({ $host })
    　For: { $scopes }
    　{ $stands } Next: { $next }
feed-stands-well = Last read: { $read }
feed-stands-badly = ⚠ Failed { $failures } times in a row: { $why }

button-feed-list = Feeds
button-feed-stop = Stop watching
button-feed-stop-number = Stop { $number }
button-feed-resume = Watch again
button-feed-take = Take in
button-feed-dismiss = Dismiss
button-feed-back = Make it a draft again

feed-card-title = Draft of a notice { $number }
feed-card-no-date = No date
feed-card-no-link = No link
feed-card-never = Never yet
feed-card-next = Taken in, it joins the notices. Dismissed, this draft goes. Both can be taken back.
feed-card-trouble =
    { $title } could not be read { $failures } times in a row.
    Why: { $why }
feed-card-trouble-next = This goes when it can be read again. If its address has changed, stop watching it and use /notice watch with the new one.
field-feed-date = Date
field-feed-scopes = For
field-feed-from = From
field-feed-link = Link
field-feed-read = Last read
field-feed-next = Next try

feed-taken = Taken in as notice { $number }: { $title }
feed-dismissed = Dismissed: { $title }
feed-back = It is a draft again: { $title }

feed-fault-address = The address does not begin with http:// or https://, or holds a name, a password or a port.
feed-fault-inside = It leads to a place that is not on the public internet.
feed-fault-unreachable = It cannot be reached. Check the address in a browser.
feed-fault-slow = It could not be read in time.
feed-fault-redirects = It is redirected again and again.
feed-fault-refused = Its server refuses.
feed-fault-gone = There is nothing at that address.
feed-fault-busy = Its server is busy.
feed-fault-large = It is too large.
feed-fault-packed = It comes compressed, which is not read.
feed-fault-encoding = Its letters cannot be read.
feed-fault-form = It is neither RSS nor Atom. Use the address of the feed, not of a page.

refused-feed = It cannot be watched. { $why }
refused-feed-scope = Name the services in scope, such as 居宅介護支援、訪問系; 全サービス共通 is for everybody.
refused-feed-known = That address is watched already. Look at the list.
refused-feed-too-many = { $limit } feeds can be watched. Stop one you do not need, then try again.
refused-feed-watched = It is watched already: { $title }
refused-feed-stopped = It is watched no longer: { $title }
refused-no-such-feed = There is no feed of that number. Use /notice watch for the list.
refused-no-such-draft = There is no draft of that number. Use /notice list.
refused-feed-taken = It has been taken in already. See /notice show { $number }.
refused-feed-dismissed = It has been dismissed already. Use /notice add if you need it.
refused-feed-back = It has changed since, so this cannot be taken back. See /notice show { $number }.

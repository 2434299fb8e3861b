# Searching, similar issues, and merging what says the same.

search-title = Issues and ideas found: { $total }
search-empty = Nothing was found. Use fewer or shorter words and try again. /issue list shows everything.
search-cut = Many match, so only the newest { $limit } were searched. Add a word to narrow it down.
search-note = {" "}Note: { $note }
search-merged = {" "}({ $stands })
refused-search-empty = Please give words to look for (such as: discharge contact).
refused-search-too-long = Words to look for may have { $limit } characters at most. Please make them shorter and try again.
refused-search-too-many = You may look for { $limit } words at most. Please use fewer and try again.
refused-search-too-short = “{ $word }” is too short. Please try again with words of two or more letters. For a number, write “#12”.
refused-search-only-left-out = Words to leave out (with “-”) are not enough. Please give at least one word to look for (such as: discharge -night).

field-similar = Similar opinions
similar-line = #{ $number } [{ $status }] { $wording } ({ $likeness }{ $shared })
similar-words = : “{ $words }”
word-likeness-same = nearly the same
word-likeness-near = very similar
word-likeness-alike = similar

button-merge-same = Same as #{ $number }
button-merge-as-same = Merge as the same opinion as #{ $number }
button-merge-again = Merge with #{ $number } again
button-merge-apart = Take apart again
field-merged = Same opinion
merged = #{ $number } was merged with #{ $into } as the same opinion. #{ $into } now holds { $weight } opinions. The card of #{ $number } goes away. Its words and history stay in /issue show { $number }, and its status follows #{ $into }.
merged-into = Merged with #{ $into } as the same opinion
merged-somewhere = Dealt with together with another opinion
merged-weight = { $weight } opinions with this one ({ $numbers })
merged-apart = #{ $number } stands for itself again. Its status stays as it is.
list-weight = {" "}({ $weight } opinions)
card-merged-weight = { $weight } opinions with this one

refused-merge-together = #{ $number } and #{ $into } are one opinion already. See /issue show { $number }.
refused-merge-elsewhere = #{ $number } is merged with another opinion. To merge it with this one, ask a coordinator to press “Take apart again” in /issue show { $number } first.
refused-merge-ended = #{ $into } has ended. If the same has happened again, leave #{ $number } as it is, or ask a coordinator to take #{ $into } up again with /issue status { $into } first.
refused-merge-waiting = A proposal to share #{ $number } waits for an answer. Please approve or decline it first, then try again.
refused-merge-full = #{ $into } may hold { $limit } merged opinions at most. Please leave this one as it is, or tell a coordinator.
refused-merge-for-the-desk = You may only merge what you wrote down yourself, with opinions of your own association. To have others merged, please tell a coordinator.
refused-merge-too-late = You may merge what you wrote down only within { $minutes } minutes, and only until somebody takes it up. To have it merged now, please tell a coordinator.
refused-not-merged = #{ $number } is not merged with another opinion. See /issue show { $number }.
refused-merged-status = The status of #{ $number } follows #{ $into }. Change it with /issue status { $into }, or press “Take apart again” in /issue show { $number } first.
refused-merged-share = It is merged with another opinion, so it cannot be shared from here. Share the issue that stands for it, or tell a coordinator.

undo-late-merge = To take it apart, ask a coordinator to press “Take apart again” in /issue show { $number }.
undone-again-merge = To merge it after all, press the button again.

act-issue-merge = merged as the same opinion
act-issue-gather = merged another opinion into it
act-issue-apart = taken apart again
act-issue-release = a merged opinion left it
act-issue-follow = changed with the issue it is merged into

command-issue-search = search
command-issue-search-description = Find issues by their words
command-issue-search-query = query
command-issue-search-query-description = Such as: discharge contact, -night to leave out, 【a phrase】, #12

# Feedback (フィードバック).

subject-feedback = Feedback { $number }
feedback-name = feedback { $number } ({ $association })
suggested-feedback = { $number } { $association }, { $state }
word-feedback-state-draft = Draft
word-feedback-state-sent = Sent
word-feedback-state-withdrawn = Withdrawn
word-feedback-state-dropped = Not sent
word-feedback-corrected = Sent (corrected)
what-feedback-opening = Opening words
what-feedback-closing = Closing words

feedback-title = Feedback { $number }: { $association }
feedback-title-corrected = { "" }[Corrected] Feedback { $number }: { $association }
feedback-corrected = Corrected on { $date }.
feedback-after-session = A summary after { $name } ({ $when }). Thank you for taking part.
feedback-window = What was raised from { $since } to { $until }, and what became of it.
feedback-window-first = What was raised until { $until }, and what became of it.
feedback-quiet = Nothing new happened in this time. The issues you have raised are still being worked on.
feedback-quiet-empty = No issue has been raised yet. If you notice something, please tell us with /issue add.
feedback-counted = { $count } more are not quoted here because of who reads this channel. /issue list shows them.
feedback-gone = { $count } more are not shown at present, for example because a share was withdrawn.
feedback-raised = Issues and ideas you raised ({ $count })
feedback-raised-line = #{ $number } { $wording }
feedback-moved = Issues that moved on ({ $count })
feedback-moved-line = #{ $number } { $from } → { $to } { $wording }
feedback-answers = Shared by other associations ({ $count })
feedback-answer-line = #{ $number } { $wording }
feedback-answer-source = { " " }({ $source })
feedback-answer-ties = { " " }[related to { $numbers }]
feedback-ahead = What comes next
feedback-session-line = { $when } { $name }
feedback-session-cancelled = { "" }[Cancelled] { $when } { $name }
feedback-review-line = { $when } { $name }
feedback-tally = Issues and ideas so far
feedback-tally-line = { $total } in all: { $counts }
feedback-closing = From the liaison office
feedback-footer = Details: /issue list and /issue show.
feedback-more = { $count } more: see /issue list.
feedback-more-answers = { $count } more: see /issue list.
feedback-more-ahead = { $count } more: see /session list and /review list.
feedback-withdrawn = This feedback was withdrawn. If you have a question, please ask the liaison office’s desk.

button-feedback-show = Details
button-feedback-open = See the list of feedback
button-feedback-number = See { $number }
button-feedback-send = Approve and send
button-feedback-edit = Edit
button-feedback-renew = Take in what came since
button-feedback-drop = Do not send
button-feedback-correct = Correct
button-feedback-withdraw = Withdraw
button-feedback-send-correction = Send the correction

feedback-drafted = Drafted ({ $count }): { $names }
feedback-drafted-after-session = { $count } drafts of feedback are ready for the associations that took part. Look at them before you send them.
feedback-renewed = What came since is taken in.
feedback-edited = The draft is changed.
feedback-corrected-sent = Corrected. The post is edited and says so.
feedback-undone = Feedback { $number } is as it was before.
feedback-is-draft = A draft: { $name }. What follows goes to { $channel }. If it is right, press “Approve and send”.
feedback-is-draft-unbound = A draft: { $name }. { $association } has no feedback channel yet, so it cannot be sent. Set one with the option “feedback” of /office association.
feedback-is-sent = Sent: { $name }. What follows stands in { $channel }.
feedback-is-withdrawn = Withdrawn: { $name }. Only that it was withdrawn stands in the channel. The next draft tells of this time again.
feedback-is-dropped = Not sent: { $name }. /feedback draft makes another when you need one.
feedback-stale = Something new came after this was drafted. “Take in what came since” adds it.
feedback-left-out = Left out: { $numbers }
feedback-sent = Sent: { $name }. It goes to { $channel }.
feedback-dropped = It will not be sent: { $name }.
feedback-was-withdrawn = Withdrawn: { $name }. The post becomes a sentence that says so.
feedback-correction = Nothing is corrected yet. This is how { $name } will look. If it is right, press “Send the correction”.

feedback-list-title = Feedback, { $total } in all
feedback-list-line = { $number } { $association }, { $state }, { $date }
feedback-list-next = The buttons show each.
feedback-list-empty = There is no feedback yet. /feedback draft makes a draft.
feedback-list-empty-own = You have not got any feedback yet. The liaison office sends it after sessions and once a month.

feedback-drafts-title = Drafts of feedback, { $date }
feedback-drafts = Drafts of feedback that wait: { $count }. Open the list, look at each, and decide whether it is sent.
feedback-drafts-line = { $number } { $association }
feedback-drafts-line-quiet = { $number } { $association } (nothing new: a short word)
feedback-more-drafts = { $count } more: see /feedback list.

form-feedback = Edit feedback { $number }
form-feedback-opening = Opening words
form-feedback-opening-hint = Words before the issues (may stay empty)
form-feedback-closing = Closing words
form-feedback-closing-hint = Words at the end (may stay empty)
form-feedback-left-out = Numbers of issues to leave out
form-feedback-left-out-hint = For example 12, 15 (leave empty to tell all)

word-schedule-feedback = Drafts of feedback
word-setting-feedback = When the drafts of feedback come (set with /office schedule)
word-matter-feedback-month = Drafts of feedback
schedule-off-feedback = “{ $what }” are not made by themselves any more. /feedback draft still makes them.
refused-schedule-feedback = The drafts of feedback come once a month at most. Write something like `0 9 B1 * *` (the first business day) or `0 9 10 * *`. On a day off they come on the next business day.

act-feedback-draft = Drafting feedback
act-feedback-renew = Taking into feedback what came since
act-feedback-edit = Editing feedback
act-feedback-send = Sending feedback
act-feedback-correct = Correcting feedback
act-feedback-withdraw = Withdrawing feedback
act-feedback-drop = Not sending feedback
act-feedback-undo = Taking back a change of feedback

refused-no-such-feedback = There is no feedback of that number, or you may not see it. Check the number with /feedback list.
refused-not-a-feedback = Choose a feedback from the suggestions, or write its number like “3”.
refused-feedback-list = Coordinators see the list of feedback, and officers and contacts see their own association’s. Please ask them.
refused-feedback-both = Please give either a session or a month.
refused-feedback-not-held = { $name } is not held yet. Record it first with /session record { $number }.
refused-feedback-nobody = No association took part in { $name }, so nothing can be drafted. Name an association and leave the session empty.
refused-feedback-no-news = There is nothing new to tell any association. Name one to draft a short word for it.
refused-feedback-unbound = { $association } has no feedback channel, so this cannot be sent. Set one with /office association: its name, and the channel under “feedback”. Then try /feedback send { $number } again.
refused-feedback-changed = Feedback { $number } has changed since you saw it. Look at it as it is now with /feedback send { $number }.
refused-feedback-changed-words =
    Feedback { $number } has changed since you saw it, so nothing is edited yet. Look at it as it is now with /feedback send { $number }, then try again. What you wrote:
    { $words }
refused-feedback-second = This association has another draft already, so feedback { $number } cannot become one again. Use that draft: /feedback list shows it.
refused-feedback-unchanged = Nothing is different in feedback { $number }. Write what should change.
refused-feedback-not-told = #{ $issue } is not in feedback { $number }. Write a number that is.
refused-feedback-undo-late = More than { $minutes } minutes have passed, so it cannot be taken back. Edit it as it is now with /feedback send { $number }.
refused-personal-data-in-feedback = There seem to be personal data in it, so nothing is changed yet. Reword that part and try again: { $masked }

command-feedback = feedback
command-feedback-description = Tell associations what became of the issues they raised
command-feedback-draft = draft
command-feedback-draft-description = Draft feedback; you look at it before it is sent
command-feedback-draft-association = association
command-feedback-draft-association-description = The association (empty: every association with something new)
command-feedback-draft-session = session
command-feedback-draft-session-description = A summary after this session (for example 3)
command-feedback-draft-month = month
command-feedback-draft-month-description = Of this month only (for example 2026-11; empty: since the last feedback)
command-feedback-send = send
command-feedback-send-description = Look at it as the association will see it, and send, correct or withdraw it
command-feedback-send-number = number
command-feedback-send-number-description = The number of the feedback (for example 3)
command-feedback-list = list
command-feedback-list-description = The list of feedback (for associations: what they got)

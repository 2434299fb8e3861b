# Notices (行政通知) and bulletins (通知ダイジェスト).

subject-notice = Notice #{ $number }
subject-bulletin = Bulletin { $number }

what-notice-title = The title
what-notice-wording = The text
what-notice-topic = The topic
what-notice-part = The part

word-notice-state-draft = Draft
word-notice-state-standing = In force
word-notice-state-partly = Amended in part
word-notice-state-replaced = Replaced
word-notice-state-abolished = Abolished

form-notice-title-of = Add a notice
form-notice-title = Title
form-notice-title-hint = e.g. 感染対策の手引き（第2版）について
form-notice-issued = Number and issuer
form-notice-issued-hint = e.g. 事務連絡 厚生労働省老健局
form-notice-date = Date
form-notice-date-hint = e.g. 令和3年3月9日, R3.3.9, 2021-03-09
form-notice-scopes = Scopes
form-notice-scopes-hint = e.g. 訪問系、通所系 (left empty, no association gets it)
form-notice-words = Text or link
form-notice-words-hint = The text, or an address that begins with https://
form-notice-topic-of = Topic
form-notice-topic = Topic
form-notice-topic-hint = e.g. 感染対策の手引き等について
form-notice-part-of = Amended in part
form-notice-part = Which part
form-notice-part-hint = e.g. 問1～3
select-notice-topic = Choose a topic

field-notice-date = Date
field-notice-issued = Number and issuer
field-notice-state = State
field-notice-topic = Topic
field-notice-scopes = Scopes
field-notice-changes = What became of it
field-notice-link = Link
field-notice-took = What it changed
field-bulletin-confirmed = Confirmed

notice-no-date = no date
notice-no-scope = no scope (no association gets it)
notice-line = #{ $number } { $date } { $issued } { $title }{ $state }
notice-line-state = {" "}[{ $state }]
notice-change = { $what }{ $from }{ $by }{ $part }
notice-change-by = {" "}by #{ $number }
notice-change-from = {" "}from { $date }
notice-change-part = : “{ $part }”
notice-took = #{ $number } ({ $what })
notice-wording-version = (Version { $version } of the text, put in { $moment })
notice-history-title = Notices of this topic: { $total } ({ $standing } in force)
button-notice-successor = Show #{ $number }, which came after it

notice-previewed = Nothing is stored yet. This is how it was read. Press “Store” if it is right.
notice-previewed-no-scope = It names no scope: no association will get it like this.
notice-previewed-unknown-scope = “{ $scope }” is no listed scope: only associations that use the same word get it.
button-notice-keep = Store
button-notice-topic = Write a topic
button-notice-reword = Correct
notice-kept = Notice #{ $number } is stored. Use /notice digest to tell the associations.
notice-undone = { $count } notices were taken back to what they were.

notice-list-title = Notices: { $total }
notice-list-next = Use /notice show with a number for details.
notice-list-none = No notice fits. Try another scope or state.
notice-list-empty = There are no notices yet. They can be read here once there are.
notice-list-empty-desk = There are no notices yet. Add them with /notice add or /notice import.
notice-search-title = Notices found: { $total }
notice-search-empty = Nothing was found. Try fewer words, or look at /notice list.

notice-replace-previewed = Nothing is recorded yet. This is what it will be. Press a button if it is right.
notice-replace-arrow = ↓ { $change }
notice-replace-older = The new one is dated before the old one. Make sure the numbers are not the wrong way round.
notice-replaced =
    Recorded: { $change }
    { $line }
button-notice-replaced = Replace all of it
button-notice-abolished = Abolish it
button-notice-partly = Only a part

notice-import-title = Import of notices
notice-import-previewed = Nothing is stored yet. Look at it and press “Store”. Correct refused rows in the table and import it again.
notice-import-nothing = There is nothing new to store. Correct refused rows in the table and import it again.
notice-import-counts = To store: { $taken } ({ $guessed } with guesses), there already: { $there }, refused: { $refused }
notice-import-line = Row { $row }: { $date } { $title } [{ $scopes }]{ $guesses }
notice-import-guesses = {" "}guessed: { $guesses }
notice-import-there = Row { $row }: there already (#{ $number }) { $title }
notice-import-refused = Row { $row }: refused: { $reason } { $title }
notice-import-discarded = The import was put away. Nothing was stored.
notice-imported = { $count } notices are stored. Use /notice digest to tell the associations.
button-notice-store = Store
button-notice-discard = Put away
notice-guess-above = taken from the row above
notice-guess-title = title taken from the topic
notice-guess-no-scope = no scope
notice-guess-unknown-scope = “{ $scope }” is no listed scope
notice-guess-days = one of { $days } days in one cell
notice-guess-year = year taken from the day before it
notice-guess-era = era read as the one of that day
notice-guess-no-link = left out what is no link
notice-guess-formula = result of a formula taken
notice-refused-no-title = it has neither title nor topic
notice-refused-no-date = it has no date
notice-refused-not-a-date = “{ $written }” is no date
notice-refused-wrong-day = there is no day “{ $written }”, or its weekday is another
notice-refused-too-long = too long ({ $limit } letters at most)
notice-refused-personal-data = it holds personal data
notice-refused-faulty = a cell shows an error
notice-refused-repeated = the same as row { $row }
notice-refused-beyond = at most { $limit } are imported at once

bulletin-preview-title = Bulletins to be posted
digest-previewed = Nothing is posted yet. Press the name of an association to see exactly what it will get.
digest-line = ・{ $association }: { $count } [{ $scopes }]
digest-line-nothing = ・{ $association }: nothing [{ $scopes }]
digest-line-no-channel = ・{ $association }: { $count }, but it has no channel. Set one with /office association.
digest-untagged = { $count } notices name no scope, so no association gets them.
bulletin-preview-next = Press “Post” if it is right.
digest-look-title = For { $association }: { $count } notices
digest-posted = Posting to { $count } associations: { $associations }
button-digest-post = Post
button-digest-back = Back to the list

bulletin-title = Notices { $date } { $association }
bulletin-title-wide = Notices { $date }
bulletin-topic = {""}**{ $topic }** [{ $scopes }]
bulletin-no-topic = Others
bulletin-entry = ・{ $title } { $issued } ({ $days }){ $state }
bulletin-day = { $date } #{ $number }
bulletin-more = Read { $count } more topics with “Show all”.
bulletin-ask = When you have read it, one officer or contact presses “Confirmed”.
bulletin-confirmed = { $who } confirmed it { $moment }
bulletin-confirmed-now = Your confirmation was taken down. Thank you.
bulletin-confirmed-already = It has been confirmed already. Thank you.
bulletin-confirmed-by-you = You have confirmed it already. Thank you.
bulletin-confirmed-by = It has been confirmed already: { $line }
button-bulletin-confirm = Confirmed
button-bulletin-all = Show all
reminder-bulletin = Notices of { $date } ({ $count }): press “Confirmed” when you have read them. These reminders then stop.
reminder-button-bulletin-confirm = { $date }: confirmed
reminder-button-bulletin = { $date }: show all

pending-title = Confirmations: { $waiting } of { $total } are missing
pending-line = ・{ $date } { $association }: { $count } notices, { $state }
pending-not-yet = not yet
pending-empty = Nothing was posted yet. Post bulletins with /notice digest.

act-notice-add = Notice added
act-notice-import = Notices imported
act-notice-replace = Notice replaced or abolished
act-notice-undo = Change of notices taken back
act-notice-digest = Bulletins posted
act-notice-confirm = Bulletin confirmed

refused-no-such-notice = There is no notice of that number, or you may not see it. Find numbers with /notice list.
refused-no-such-bulletin = There is no such bulletin, or you may not see it. Read notices with /notice list.
refused-no-such-topic = That topic was not found. Use “Write a topic”.
refused-bulletin-confirm = Officers and contacts of this association confirm. Please tell them when you have read it.
refused-personal-data-in-notice = This looks like personal data: { $masked } Take it out and try again. (Telephone numbers and addresses of public offices may stay.)
refused-notice-there = A notice with the same title, number and date is there already as #{ $number }.
refused-notice-full = There may be { $notices } notices and { $topics } topics. Please ask whoever runs the office.
refused-notice-draft = A draft cannot be replaced or abolished. Store it first.
refused-notice-itself = Both numbers are the same notice. Name another one as its successor.
refused-notice-over = This notice has come to an end already: { $change } Use the number of the one that came after it.
refused-notice-successor-over = The successor has come to an end itself. Use #{ $number }, which is in force.
refused-notice-successor-gone = The successor was abolished. Use the number of a notice in force.
refused-notice-circle = The notices would replace each other in a circle: { $way } Make sure the numbers are not the wrong way round.
refused-notice-same = The same change is recorded already. Look at /notice show.
refused-notice-changes-full = A notice may change { $limit } times. Add what follows as a new notice.
refused-notice-nothing = Name the notice that replaces it in “by”.
refused-notice-undo-gone = This can no longer be taken back. Look at /notice show for how it is now.
refused-notice-undo-late = Changes can be taken back within { $minutes } minutes. Use /notice replace to change it.
refused-notice-undo-changed = It was changed or posted since and cannot be taken back. Look at /notice show.
refused-notice-import-no-heading = No row of headings was found. The table needs the headings 件名 (or 話題) and 発出日.
refused-digest-nothing = There is nothing new to tell. Compare the scopes of associations (/office association) and of notices (/notice list).
word-matter-bulletin-unconfirmed = bulletin that was not confirmed

# Sharing: a wording for a stated audience.

what-share = the shared wording

form-share-title = Share #{ $number }
form-share-wording = What { $audience } will read
form-share-wording-hint = Leave out names, patients, and whatever tells whose words these are
form-share-decline-title = Turn down a proposal for #{ $number }
form-share-decline-reason = Reason (the proposer sees it)
form-share-decline-hint = May be left empty

field-share = Sharing
field-share-audience = For whom
field-share-wording = Wording
field-share-decisions = Decided
field-share-posted = Where it stands

audience-region = the whole region (tier 3)
audience-circle = tier 2 ({ $associations })
audience-association = everybody of { $association }
audience-narrowest = tier 2 (the narrowest that holds all concerned)
audience-gone = an audience that is gone

word-disclosure-proposed = waiting for the desk
word-disclosure-approved = approved
word-disclosure-declined = turned down
word-disclosure-withdrawn = taken back
word-disclosure-replaced = replaced by a newer version

shared = #{ $number } is shared with “{ $audience }”.
share-place = Where: { $place }
share-place-counted = Where: { $place } ({ $count } associations read it)
share-by-command = It can be read with /issue show { $number }. Nobody without a channel of their own is notified.
share-names-source = ⚠ The wording names the profession or association that said it. Please make sure that it does not show whose words these are.
share-read-as = They read:
share-proposed = Your proposal to share #{ $number } with “{ $audience }” is at the desk, which decides. You can see the answer with /issue show { $number }. Once approved, they read:
share-declined = Proposal { $version } for #{ $number } is turned down. { $who } can see the answer with /issue show { $number }.
share-withdrawn = #{ $number } is no longer shared with “{ $audience }”. Where a post stood, it now says that it was taken back. Some may have read it already.
share-screen = #{ $number } will be shared as written with “{ $audience }”. They will read what follows. Please press “Share” only when whoever said it has agreed.
share-narrow = #{ $number } can now be read by “{ $audience }”. Choose a narrower audience; the post moves there.
share-narrow-hint = Narrower audience
share-stands = #{ $number } is still shared with { $audiences }, in the same words. To change that, press “Review sharing” on the card.
share-line = { $audience }: { $state } ({ $date })
kept-private = #{ $number } stays private. The card says so.
taken-up = Sharing #{ $number } is open again. The card has its buttons back.
issue-added-share = To propose a wording for other professions, use /issue share.
issue-added-share-desk = To share it with other professions, press “Write shared wording” on the card.

share-log-title = #{ $number } – sharing, version { $version } of { $total }
share-log-written = written for sharing
share-log-as-written = as it was written
share-log-source-named = named
share-log-proposed = proposed
share-log-decision = { $act }: { $who } { $when }
share-log-not-posted = { $place } (not posted yet)
share-log-posted = { $place } { $when }
    { $link }

card-share-footer = Shared with the approval of the desk
card-withdrawn-title = #{ $number }
card-withdrawn = This was taken back.
card-kept-private = stays private (decided by the desk)
card-share-waiting = Proposal { $version } → { $audience }
card-share-standing = Shared (version { $version }) → { $audience }
card-share-by = proposed by { $who }
card-share-source = names the profession and association
card-share-as-written = (as it was written)

button-share-write = Write shared wording
button-share-as-written = Share as written
button-share-keep-private = Keep private
button-share-take-up = Think about sharing again
button-share-log = Record of sharing
button-share-review = Review sharing
button-share-agreed = Whoever said it agreed
button-share-source = Name the profession
button-share-send = Share
button-share-approve = Approve ({ $version })
button-share-correct = Correct and approve ({ $version })
button-share-decline = Turn down ({ $version })
button-share-withdraw = Take back
button-share-narrow = Narrow
button-share-rewrite = Reword
button-share-older = Earlier version
button-share-newer = Later version

refused-share-at-all = Only coordinators and people of an association can propose to share. Please tell a coordinator.
refused-share-not-own = You can propose to share what you wrote down, or, as an officer or contact, what your association raised. Please tell a coordinator.
refused-share-of-shared = You read only what was shared of this issue. To share it further, please tell a coordinator.
refused-unknown-audience = There is no audience “{ $written }”. Please choose from the suggestions: { $names }
refused-audience-gone = This audience is not there any more. Please choose another one with /issue share.
refused-share-no-circle = No audience holds all concerned. Choose one with “audience” of /issue share, or make a tier 2 channel with /office channel.
refused-share-known = “{ $audience }” can read #{ $number } in the original words already. Please choose another audience.
refused-share-original = The original may hold personal data, so it cannot be shared as it is. Please write other words with “Write shared wording”.
refused-share-quotes = The original stands in it word for word. Please reword it. To share it as it is, put in the original alone (whoever said it has to agree).
refused-share-names-speaker = Nothing was shared, because the wording names the speaker. Please take the name out and try again.
refused-share-not-agreed = Nothing was shared, because “Whoever said it agreed” is not ticked. Please ask first, then tick it.
refused-share-decided = { $who } decided on version { $version } of #{ $number } at { $when } ({ $state }). Please look at “Record of sharing” on the card.
refused-share-not-so = Version { $version } of #{ $number } is now “{ $state }”. Please look at “Record of sharing” on the card.
refused-share-waiting = { $limit } proposals for #{ $number } are waiting for the desk already. Please wait for its answer and try again.
refused-share-full = #{ $number } has { $limit } versions, as many as there may be. Please write it down as a new issue with /issue add.
refused-share-narrowest = There is no narrower audience. To end sharing, press “Take back”.
refused-share-not-narrower = Please choose a narrower audience from the list.
refused-share-stands = It is still shared. Take that back with “Review sharing” first.
refused-share-no-log = Nothing of #{ $number } was shared yet. Use /issue share.
refused-kept-private-already = #{ $number } stays private already. “Think about sharing again” on the card opens it.
refused-not-kept-private = Sharing #{ $number } is open again already. Please use the buttons of the card.
refused-personal-data-in-share = Nothing was shared, because this looks like personal data.
    Please reword what is masked.
    > { $masked }
refused-personal-data-doubtful-in-share = Nothing was shared, because this may be personal data.
    Please reword what is masked; if it is none, press “Reword” and give the reason.
    > { $masked }

act-issue-share = shared
act-issue-share-propose = sharing proposed
act-issue-share-approve = sharing approved
act-issue-share-correct = shared in other words
act-issue-share-decline = proposal turned down
act-issue-share-withdraw = sharing taken back
act-issue-share-narrow = sharing narrowed
act-issue-keep-private = kept private
act-issue-take-up = sharing opened again

command-issue-share = share
command-issue-share-description = Share an issue with an audience (associations propose, the desk decides)
command-issue-share-number = number
command-issue-share-number-description = Number (such as 12)
command-issue-share-audience = audience
command-issue-share-audience-description = Whom to tell
command-issue-share-wording = wording
command-issue-share-wording-description = The words (leave empty for a form)
command-issue-share-name-source = name_source
command-issue-share-name-source-description = Also say which profession or association it comes from (usually not)

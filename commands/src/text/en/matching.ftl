# Matching, links between issues, key persons.

subject-matching = proposal { $number }
subject-key_person = key person { $number }

command-match = match
command-match-description = Find issues whose needs meet, and propose a gathering
command-match-find = find
command-match-find-description = Look for pairs of issues whose needs meet (coordinators only)
command-match-find-issue = issue
command-match-find-issue-description = Only what fits this issue (e.g. 12)
command-match-find-association = association
command-match-find-association-description = Only what fits issues of this association
command-match-accept = accept
command-match-accept-description = Accept a proposal and draft a session for it
command-match-accept-number = number
command-match-accept-number-description = Number of the proposal (e.g. 3)
command-match-accept-date = date
command-match-accept-date-description = A likely day (e.g. 12/1; may be left out)
command-match-dismiss = dismiss
command-match-dismiss-description = Dismiss a proposal (it does not come back until its words change)
command-match-dismiss-number = number
command-match-dismiss-number-description = Number of the proposal (e.g. 3)
command-match-dismiss-reason = reason
command-match-dismiss-reason-description = Why, so that it is known later
command-issue-link = link
command-issue-link-description = Link two issues that belong together
command-issue-link-number = number
command-issue-link-number-description = Number (e.g. 12)
command-issue-link-other = other
command-issue-link-other-description = Number of the other issue (e.g. 15)
command-office-person = person
command-office-person-description = Notes on key persons (seen by coordinators only)
command-office-person-name = name
command-office-person-name-description = The name (left out: a list)
command-office-person-association = association
command-office-person-association-description = Their association (in a list: only those of it)
command-office-person-note = note
command-office-person-note-description = What they are like, how to reach them (no telephone numbers)
command-office-person-remove = remove
command-office-person-remove-description = Take the person off the list

act-match-find = search for matches
act-match-accept = acceptance of a match
act-match-dismiss = dismissal of a match
act-match-undo = decision about a match taken back
act-issue-link = link between issues
act-issue-unlink = link taken away
act-office-person = notes on key persons

audit-matches = pairs: { $count }
audit-person-added = added
audit-person-corrected = corrected
audit-person-removed = removed
audit-person-undone = taken back

match-title = Matches: { $total }
match-note = For the desk only; nothing is sent to anybody else
match-footer-separator = {" · "}
match-more = Only the best { $count } are shown
match-empty = No two issues whose needs meet were found ({ $count } open issues were looked at).
    Naming the other profession under “about” makes them easier to find (/issue add). A dismissed pair does not come back until its words change.
match-gone = Proposal { $number } is gone: one of its issues was taken back.
match-line = **Proposal { $number }**: { $first } ↔ { $second } (fit { $score } / 100)
match-said = > #{ $number } { $wording }
match-accepted-as = ✅ Accepted: session { $session }
match-dismissed-for = Dismissed: { $reason }
match-changed = The words have changed; they no longer meet.
match-reason-mutual = · Each speaks of the other: #{ $first } says “{ $there }”, #{ $second } says “{ $back }”
match-reason-one-sided = · #{ $number } speaks of “{ $there }” (the other one does not speak of them)
match-reason-theme = · The same matter, { $theme }: “{ $ours }” and “{ $theirs }”
match-reason-friction = · Both are troubled: “{ $ours }” and “{ $theirs }”
match-reason-nearest = · Neither fits anything else better
match-proposal = → **{ $kind }**: { $method } (the office’s part: { $role }; { $why })
match-key-persons = · Key persons: { $names }
match-kind-exchange = exchange of information
match-kind-training = joint training
match-kind-visit = visit received
match-method-exchange = a few chosen people tell each other how things stand
match-method-training = whoever wants takes part, in a lecture and group work
match-method-visit = one person of each association presents what it does
match-role-exchange = host
match-role-training = support
match-role-visit = host
match-why-words = because of “{ $words }”
match-why-theme = because the matter is { $theme }
match-why-rest = so that each first learns how things stand with the other
match-session-title = { $first } and { $second }: { $kind }
match-no-day = not yet set
match-accepted = Proposal { $number } is accepted, and session { $session } is drafted.
    > **{ $title }**
    > Method: { $method }
    > The office’s part: { $role }. Day: { $day }
    > To talk about: #{ $first }, #{ $second }
    Only coordinators see the draft (/session show { $session }). Ask both associations, and plan it with /session plan once the day is set.
match-dismissed = Proposal { $number } is dismissed. It does not come back until the words of its issues change.
match-planned = { $numbers } are now being planned.
match-undone = The decision about proposal { $number } is taken back. /match find shows it again.
match-undo-late = What was dismissed can be accepted with /match accept { $number }. Nobody sees a drafted session until it is planned.

button-match-accept = Accept { $number }
button-match-dismiss = Dismiss
button-match-issue = #{ $number }
button-match-plan = Set #{ $first } and #{ $second } to planning
button-undo-of = Undo #{ $number } (within { $minutes } minutes)
form-match-dismiss-title = Dismiss proposal { $number }
form-match-reason = Reason
form-match-reason-hint = e.g. they have begun to talk elsewhere

refused-no-such-matching = There is no proposal of that number. See the numbers with /match find.
refused-match-accepted = Proposal { $number } is accepted already. See its draft with /session list.
refused-match-dismissed = Proposal { $number } is dismissed already. Accept it with /match accept.
refused-match-decided = Somebody else has just decided about proposal { $number }. See /match find.
refused-match-not-accepted = Proposal { $number } is not accepted. Use /match accept first.
refused-match-planned = Both issues of proposal { $number } are under way already. See /issue show.
refused-match-undo-changed = Proposal { $number } or its drafted session has changed since, so this cannot be taken back. See /session show.
refused-match-nobodys = It is not known who said #{ $number }, so no match can be sought. Please record it again with /issue add, naming the profession.
refused-match-not-waiting = #{ $number } is done, dropped or merged, so no match is sought. Choose an issue that is under way.
refused-match-too-old = Too many issues are newer than #{ $number }, so no match is sought. Please set old ones to done or dropped with /issue status; then it can be matched.

field-link = Linked issues
link-line = #{ $number } [{ $status }] { $wording }
link-made = #{ $number } and #{ $other } are linked. Only people who read both see it, in /issue show.
link-known = #{ $number } and #{ $other } are linked already.
link-removed = #{ $number } and #{ $other } are no longer linked.
button-link-remove = Take the link away
undo-late-link = Use /issue link { $number } { $other } again.
refused-link-itself = #{ $number } cannot be linked with itself. Check the other number.
refused-link-full = An issue can be linked with { $limit } others at most. A link that is not needed goes away by /issue link with both numbers.
refused-link-gone = #{ $number } and #{ $other } are not linked any more. See /issue show.

key-person-title = Key persons: { $total }
key-person-note = For the desk only. To correct one, give the name to /office person
key-person-empty = No key persons are noted yet. Give /office person a name and an association.
key-person-line = {""}**{ $name }**
key-person-line-association = {""}**{ $name }** ({ $association })
key-person-line-note = {""}**{ $name }**: { $note }
key-person-line-full = {""}**{ $name }** ({ $association }): { $note }
key-person-added = Noted. Nothing of it leaves the desk.
    { $person }
key-person-corrected = Corrected.
    { $person }
key-person-removed = Removed.
    { $person }
key-person-shown = { $person }
key-person-undone = Taken back.
    { $person }
key-person-undone-add = Taken back. The name is not kept.
undo-late-key-person = Use /office person again.
refused-key-person-nameless = Give a name. For the list, leave everything but the association out.
refused-key-person-namesakes = Several people have this name. Choose the association as well.
refused-key-person-changed = This entry has changed since, so it cannot be undone. Look at the list with /office person and correct it by its name.
refused-no-such-key-person = Nobody of that name is noted. See the list with /office person.
refused-key-person-number = It holds a telephone number, an address or the like, so it was not kept. Leave out what is masked and try again.
    > { $masked }

word-theme-discharge = discharge and going home
word-theme-medicine = medicines
word-theme-mouth = mouth and swallowing
word-theme-nutrition = food and nutrition
word-theme-movement = movement and rehabilitation
word-theme-dementia = dementia
word-theme-dying = end of life
word-theme-emergency = emergencies and nights
word-theme-nursing = health and treatment
word-theme-equipment = equipment and housing
word-theme-disability = mind and disability
word-theme-rights = money and rights
word-theme-watching = watching over neighbours
word-theme-prevention = check-ups and prevention
word-theme-paper = written orders and opinions
word-theme-placement = taking on and arranging
word-theme-meeting = meetings and time
word-theme-understanding = knowing each other’s work
word-theme-information = information and records
word-theme-contact = contact and advice

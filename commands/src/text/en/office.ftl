# Answers about the set-up.

role-set = { $role } is now the role of { $capacity }.
channel-set = { $channel } is now { $place }. Renkei sends only while exactly the right people can see it.
circle-set = { $channel } is now a tier 2 channel ({ $associations }). Renkei sends only while exactly the right people can see it.
circle-set-anew = { $channel } is now a tier 2 channel ({ $associations }). Renkei sends only while exactly the right people can see it.
    An association has joined, so wordings shared with those before, and reminders made for them, were taken away. Decide again with `/issue share` and `/reminder add` what those who joined are to see as well.
profession-set = Profession “{ $profession }” is set. Other words ({ $count }): { $aliases }
profession-set-alone = Profession “{ $profession }” is set, without other words.
setting-set-nothing = “{ $setting }” is now none.
setting-set = “{ $setting }” is changed.
    > { $value }
association-made = Association “{ $association }” is made.
association-changed = Association “{ $association }” is changed.
association-unset = (not set)
association-professions = Professions
association-scopes = Service scopes
association-channel = Tier 1 channel
association-feedback = Feedback channel
association-talk = Who takes part in tier 1
cards-move = { $count ->
        [one] One card moves
       *[other] { $count } cards move
    } to the channel that fits the set-up now.
channel-unset = { $place } has no channel any more. { $then }
channel-unset-desk = What is told to the desk waits, unsent, until it has a channel.
channel-unset-tier3 = Issues of the whole region that were said openly go to the desk until there is a channel.
channel-unset-progress = Monthly progress is not posted until there is a channel.
channel-unset-notice = Notices are not sent until there is a channel.
circle-ended = The tier 2 channel { $channel } ({ $associations }) is no longer used. Its issues go to the desk unless another channel fits.
role-unset = No role stands for { $capacity } any more. { $then }
role-unset-coordinator = Nobody is a coordinator now. An administrator of the server can choose a role with /office role.
role-unset-adviser = Nobody sees anything as an adviser now.
role-unset-observer = Nobody sees anything as an observer now.

audit-title = Audit: { $total } entries
audit-empty = No such entry. Please try other days or another person.
audit-line = { $date } { $time } { $who } { $act }
audit-by-configuration = configuration file
audit-subject = {" "}{ $subject }
audit-details = {" "}({ $details })
audit-unset = none
audit-as-written = as written, its source agreed
audit-source-named = names the source
audit-detail-version = version { $value }
audit-detail-tier = tier: { $value }
audit-detail-origin = said: { $value }
audit-detail-destination = sent to: { $value }
audit-detail-from = from { $value }
audit-detail-to = to { $value }
audit-detail-since = since { $value }
audit-detail-until = until { $value }
audit-detail-act = what was undone: { $value }
audit-detail-who = of { $value }

# Rules (基準) of standards, switched on for associations.

command-office-rule = rule
command-office-rule-description = Remind associations of deadlines and dates of a standard, or stop
command-office-rule-pack = pack
command-office-rule-pack-description = Which standard
command-office-rule-rule = rule
command-office-rule-rule-description = Which of its rules
command-office-rule-associations = associations
command-office-rule-associations-description = Whom to remind (several with 、); left out: only show the rule
command-office-rule-stop = stop
command-office-rule-stop-description = True stops reminding these associations

subject-rule = rule { $number }
act-rule-on = Rule switched on
act-rule-off = Rule switched off
act-rule-undo = Switching of a rule taken back

refused-no-such-rule = There is no such rule. Choose one of the suggestions of `/office rule`.
refused-rule-associations = Name 1 to { $limit } associations, several with 、.
refused-rule-undo-late = More than { $minutes } minutes have passed. Change it with `/office rule`.
refused-rule-undo-gone = This undo can no longer be used. See `/office rule` for how it stands.
refused-rule-undo-changed = It was changed since and is not taken back. Change it with `/office rule`.

rule-title = Rule { $article } ({ $change })
word-matter-rule-deadline = deadline of a rule
word-matter-rule-effect = day a rule takes effect
word-matter-rule-transition = end of a transitional measure
word-rule-change-new = new
word-rule-change-changed = changed
word-rule-change-kept = as before
field-rule-standard = Source
rule-standard = { $standard } ({ $source })
field-rule-dates = Dates
rule-effect-ahead = Takes effect on { $date }. Announced { $leads }.
rule-effect-past = In effect since { $date } (not announced).
rule-transition-ahead = The transition ends on { $date }. Announced { $leads }.
rule-transition-past = The transition ended on { $date } (not announced).
field-rule-deadline = Every month
rule-every-month = By { $day } of { $after ->
        [0] the month
        [1] the next month
       *[other] the month { $after } months later
    } (days off do not move it). Reminded { $leads } (the business day before).
rule-day-last = the last day
rule-day-of = day { $day }
rule-next-due = Next reminder: { $said } (month { $month }, due { $date })
rule-month = { $month }
field-rule-keeping = Keeping
rule-keeping = { $years } years. A record finished on { $today } is kept until { $until }.
rule-lead = { $days } days before
field-rule-for = Reminded
rule-for-nobody = nobody
rule-next-desk = /office rule with associations begins, with stop ends
rule-next = Tell the desk if you want it to stop
rule-on = { $count } associations are reminded from now on, in their own channels.
rule-off = { $count } associations are no longer reminded.
rule-on-already = They are reminded already. Nothing changes.
rule-off-already = They are not reminded. Nothing changes.
rule-undone = Taken back. It is as it was.

reminder-rule-deadline = 📌 **{ $phrase }**: month { $month } is due on { $date } (rule { $article }).
    　From a rule that was set for { $association }. Tell the desk if it should stop.
reminder-rule-effect = 📌 **{ $phrase }**: takes effect on { $date } (rule { $article }).
    　From a rule that was set for { $association }. Tell the desk if it should stop.
reminder-rule-transition = 📌 **{ $phrase }**: the transition ends on { $date } (rule { $article }).
    　From a rule that was set for { $association }. Tell the desk if it should stop.
reminder-button-rule = See the rule
reminder-button-rule-article = See rule { $article }

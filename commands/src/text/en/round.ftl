# The weekly digest (週のまとめ) and the yearly round (年間の流れ).

subject-digest = weekly digest { $number }
subject-council = council { $number }

digest-title = This week　{ $date }
digest-begin = What waits at the desk, and what is coming.
digest-nothing = Nothing waits, and nothing is planned for this week and the next.
digest-next = This comes every week. When it comes is set with /office schedule.
digest-this-week = Sessions of this week: { $count }
digest-next-week = Sessions of next week: { $count }
digest-session = { $number }　{ $when }　{ $name }
digest-sessions-more = { $count } more. See them all with /session list.
digest-reviews = Overdue reviews: { $count }
digest-reviews-next = Please write down what came of them, or move them.
digest-tasks = Projects with an overdue task: { $count }
digest-tasks-next = Please look at them by number with /project show.
digest-unwritten = Sessions of which nothing was written down: { $count }
digest-unwritten-next = Write down what came of them with /session record.
digest-proposals = Proposals to share that are not decided: { $count }
digest-proposals-next = Please approve or decline them on their cards at the desk.
digest-open = Issues that nobody has taken up for more than { $days } days: { $count }
digest-open-next = See them all with /issue list, status "open".
digest-drafts = Drafts that came from matches: { $count }
digest-drafts-next = Please look at them by number with /session show.
digest-adviser = Meeting with the adviser
digest-adviser-last = The last was on { $date }. None is planned. How often you meet is set with /office setting.
digest-adviser-never = None was written down yet, and none is planned. How often you meet is set with /office setting.
digest-unmet = Associations not met for long (tier 1)
digest-unmet-met = To be met this fiscal year: { $met } (the manual says { $least } to { $most } professions a year, beginning with those where an issue may be solved)
button-digest = As it is now

round-unmet = · { $name } (last on { $date })
round-unmet-never = · { $name } (never met yet)
button-round-adviser = Plan a meeting with the adviser
button-round-talk = Plan a talk with { $name }
button-round-council = Plan the council

council-title = The council　{ $year }
council-words = It is time to set the day of the council (usually from { $begins } to { $ends }).
field-council-agenda = Agenda (draft)
council-agenda =
    1. Report on the activity of { $before }
    2. Plan of activity for { $year }
    3. Direction for { $year }
    4. Discussion
field-council-members = Members (draft)
council-no-members = There are no associations yet. Add them with /office association.
field-council-observers = Observers (draft)
council-observers = Prefecture and health centre, towns of the same medical area, departments of the city concerned
council-talks = Tier 1 talks: { $least } to { $most } professions a year.
council-next = Once a day is set, it is planned as a council of tier 3. Where one is planned, this does not come.

round-form-council = Plan the council
round-form-adviser = Plan a meeting with the adviser
round-form-talk = Plan a talk
round-council-name = Council
round-adviser-name = Meeting with the adviser
round-talk-name = Talk with { $name }
form-round-title = Title
form-round-title-hint = Its number is added by itself
form-round-date = Day
form-round-date-hint = 5/20, 2027-05-20
form-round-start = Start
form-round-start-hint = 14:00 (may be left out)
form-round-end = End
form-round-end-hint = 15:30 (may be left out)
form-round-place = Place
form-round-place-hint = May be left out
refused-council-planned = The council of { $year } is planned already (session { $number }). To hold another, please use /session plan.

word-session-kind-adviser = meeting with the adviser

word-schedule-digest = Weekly digest
schedule-set =
    "{ $what }" comes at another time now.
    When: { $cadence }
    The next three times:
schedule-shift-unclear = "cron" says already what happens on days off, so please leave "shift" out.
refused-schedule-once = "{ $what }" comes again and again. Please write it like 毎週月曜 9時 or 0 9 * * 1.
refused-schedule-too-often = "{ $what }" cannot come several times a day. Please write it like 毎週月曜 9時 or 0 9 * * 1, once a day at most.
word-shift-none = the same day
word-shift-next = the next business day
word-shift-previous = the business day before
act-office-schedule = Changing when something comes
refused-not-months = Please write 1 to 12 months, like "3". For no notice at all, write "none".

command-office-schedule = schedule
command-office-schedule-description = When regular notices come
command-office-schedule-what = what
command-office-schedule-what-description = Which notice
command-office-schedule-cron = cron
command-office-schedule-cron-description = When (毎週月曜 9時, 0 9 * * 1)
command-office-schedule-shift = shift
command-office-schedule-shift-description = What happens on days off (left out: the next business day)
word-setting-digest = When the weekly digest comes (set with /office schedule)
word-setting-adviser_meeting = Months between meetings with the adviser (1 to 12, none)
refused-setting-schedule = Please set it with /office schedule, such as 毎週月曜 9時.
word-matter-digest-week = weekly digest
word-matter-council-plan = proposal of a council

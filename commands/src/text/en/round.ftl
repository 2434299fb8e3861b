# The weekly digest (週のまとめ) and the yearly round (年間の流れ).

subject-digest = weekly digest { $number }
subject-council = council of { $number }

digest-title = Weekly digest　{ $date }
digest-begin = What is waiting at the desk, and what is coming up.
digest-nothing = Nothing is waiting, and nothing is planned for this week or the next.
digest-next = This digest comes every week. You can change when with /office schedule.
digest-this-week = Sessions this week: { $count }
digest-next-week = Sessions next week: { $count }
digest-session = { $number }　{ $when }　{ $name }
digest-sessions-more = { $count } more. See them all with /session list.
digest-reviews = Overdue reviews: { $count }
digest-reviews-next = Please record their outcome, or move them to another day.
digest-tasks = Projects with an overdue task: { $count }
digest-tasks-next = Please look at them by number with /project show.
digest-unwritten = Sessions without a record: { $count }
digest-unwritten-next = Record them by number with /session record.
digest-proposals = Undecided proposals to share: { $count }
digest-proposals-next = Please approve or decline them on their cards at the desk.
digest-open = Issues still “open” after more than { $days } days: { $count }
digest-open-next = See them all with /issue list, status “open”.
digest-drafts = Draft sessions from matches: { $count }
digest-drafts-next = Please look at them by number with /session show.
digest-adviser = Meeting with the adviser
digest-adviser-last = The last one was on { $date }, and none is planned. You can change the interval with /office setting.
digest-adviser-never = None has been recorded yet, and none is planned. You can change the interval with /office setting.
digest-unmet = Associations you have not met for a long time (tier 1)
digest-unmet-met = Met or planned this fiscal year: { $met } (as a guide, { $least } to { $most } professions a year, starting with those that may help to solve an issue)
button-digest = Show it as it is now

round-unmet = · { $name } (last on { $date })
round-unmet-never = · { $name } (never met yet)
button-round-adviser = Plan a meeting with the adviser
button-round-talk = Plan a talk with { $name }
button-round-council = Plan the council

council-title = Preparing the council　{ $year }
council-words = It is time to set the day of the council (as a guide, between { $begins } and { $ends }).
field-council-agenda = Agenda (draft)
council-agenda =
    1. Report on activities in { $before }
    2. Activity plan for { $year }
    3. Direction for { $year }
    4. Discussion
field-council-members = Members (draft)
council-no-members = There are no associations yet. Add them with /office association.
field-council-observers = Observers (draft)
council-observers = The prefecture and the health centre, towns of the same medical area, city departments concerned
council-talks = As a guide, hold tier 1 talks with { $least } to { $most } professions a year.
council-next = Once you set the day, it is planned as a tier 3 council. This notice does not come when one is already planned.

round-form-council = Plan the council
round-form-adviser = Plan a meeting with the adviser
round-form-talk = Plan a talk
round-council-name = Council
round-adviser-name = Meeting with the adviser
round-talk-name = Talk with { $name }
form-round-title = Title
form-round-title-hint = The number is added automatically
form-round-date = Day
form-round-date-hint = For example: 5/20, 2027-05-20
form-round-start = Start
form-round-start-hint = For example: 14:00 (may be left empty)
form-round-end = End
form-round-end-hint = For example: 15:30 (may be left empty)
form-round-place = Place
form-round-place-hint = May be left empty
refused-council-planned = The council of { $year } is already planned (session { $number }). To hold another, please use /session plan.

word-session-kind-adviser = meeting with the adviser

word-schedule-digest = Weekly digest
schedule-set =
    “{ $what }” now comes at another time.
    When: { $cadence }
    The next three times:
schedule-undone =
    “{ $what }” comes as it did before.
    When: { $cadence }
    The next three times:
undo-late-schedule = Please change it again with /office schedule.
refused-schedule-changed = Somebody has changed it since, so this cannot be undone. Please use /office schedule.
schedule-shift-unclear = “cron” already says what happens on days off, so please leave “shift” out.
refused-schedule-once = “{ $what }” needs a repeating time. Please write it like 毎週月曜 9時 or 0 9 * * 1.
refused-schedule-too-often = “{ $what }” can come once a day at most. Please write it like 毎週月曜 9時 or 0 9 * * 1.
word-shift-none = the same day
word-shift-next = the next business day
word-shift-previous = the business day before
act-office-schedule = Changing when something comes
act-office-schedule-undo = Taking back when something comes
refused-not-months = Please write 1 to 12 months, like "3". For no notice at all, write “none”.

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

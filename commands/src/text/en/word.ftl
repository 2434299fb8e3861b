# Words for codes: what a code is called wherever people read it.

list-separator = ,{" "}
list-more = {" "}and { $count } more

word-kind-issue = issue
word-kind-idea = idea

word-origin-meeting = tier 1 talk
word-origin-desk = desk
word-origin-open = said openly

word-tier-1 = ① one profession (tier 1)
word-tier-2 = ② between professions (tier 2)
word-tier-3 = ③ whole region (tier 3)
word-tier-short-1 = ①
word-tier-short-2 = ②
word-tier-short-3 = ③

word-status-open = received
word-status-sorted = sorted
word-status-planning = planning
word-status-acting = in work
word-status-review = awaiting review
word-status-done = done
word-status-later = a later year
word-status-dropped = dropped
status-later-year = { $status } (fiscal { $year })

word-capacity-coordinator = coordinator
word-capacity-adviser = adviser
word-capacity-observer = observer

word-rank-officers = officers
word-rank-contacts = contacts
word-rank-members = members
association-rank = { $rank } of { $association }

word-use-desk = desk
word-use-tier2 = tier 2 circle
word-use-tier3 = tier 3
word-use-progress = progress
word-use-notice = notices

word-talk-officers = officers and contacts
word-talk-members = all members

word-setting-locale = Language of posts (ja / en)
word-setting-time_zone = Time zone (such as Asia/Tokyo)
word-setting-fiscal_year_start = First month of the fiscal year (1–12)
word-setting-adviser_sees = What the adviser sees (desk, tier2, associations, none)
word-setting-tier_rules = Own tier rules ("tier:pattern", separated by ";"; none)
word-setting-retention_years = Years records are kept (1–30)

word-topic-issue = Writing down an issue
word-topic-audience = Who sees what
word-topic-tier = The three tiers
word-topic-office = Setting up
word-topic-privacy = Personal data and keeping

place-desk = the desk
place-tier1 = the tier 1 channel of { $association }
place-tier2 = the tier 2 channel
place-tier3 = the tier 3 channel
place-progress = the progress channel
place-notice = the notice channel
place-feedback = the feedback channel of { $association }

why-own-matter = it is the association's own matter
why-told-to-desk = it was told to the desk, which decides first
why-others-matter = it is another profession's matter, so the desk decides first
why-no-association = it is not known whose matter it is
why-no-channel = the association has no channel yet
why-confidential = it was said in confidence; only an approved wording goes further
why-circle = everybody concerned is in this circle
why-no-circle = no circle holds everybody concerned yet
why-region = it is a matter of the whole region
why-no-region = there is no tier 3 channel yet
why-passed-on = the desk passed it on to the association

act-issue-add = recorded
act-issue-edit = corrected
act-issue-tier = tier changed
act-issue-route = moved with the set-up
act-issue-status = status changed
act-issue-pass-on = passed on

list-more-of = {" "}and { $count } more
subject-issue = #{ $number }
subject-stoppage = stoppage { $number }
subject-reminder = reminder { $number }
act-issue-undo = undone
act-office-channel = channel set
act-office-association = association set
act-office-profession = profession set
act-office-role = role set
act-office-setting = setting changed
act-office-accept = accepted who sees everything
act-office-unaccept = no longer accepted who sees everything
act-audit-read = audit read

word-personal-data-overridden = confirmed to be no personal data
word-year = FY{ $year }

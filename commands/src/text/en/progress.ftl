# The month and the year of progress: posts, answers, the desk's look at what goes out.

progress-office = Liaison office for home medical and long-term care
progress-sheet-description = Table of { $name } (as of { $day }, Excel)

subject-month = month { $number }
subject-yearly = yearly report { $number }

month-title = Progress of { $month }
month-as-of = { $year }, as of { $day }
month-no-target = There are no yearly targets yet.
month-no-target-next = Take a plan table in with /target import, and they stand here.
month-begins = The first month of the fiscal year. No progress is recorded yet.
month-unchanged = Nothing has changed since last month.
month-changed = Targets that have changed since last month: { $count }
month-changed-issues = The targets have not changed since last month; the counts of issues have.
month-targets = Yearly targets: { $count }
month-state = { $state } { $count }
month-behind = Targets behind: { $count }
month-moved = Changed since last month
month-figure = {" "}({ $done } of { $goal } { $unit })
month-latest = : { $words }
month-target-line = ・{ $area } { $number } { $item }{ $figure }{ $latest }
month-issues = Issues and ideas: { $count } ({ $change } since last month)
month-count = { $name } { $count } ({ $change })
month-literal = { $words }
month-overdue = Reviews overdue: { $count }
month-overdue-line = ・Review { $number } ({ $day })
month-ahead = Dates in { $month }
month-ahead-line = ・{ $day }{ $start } { $what }
month-ahead-review = Review { $number }
month-ahead-project = Support project “{ $name }”
month-ahead-some-project = Support project
month-more = { $count } more. All of them stand in the Excel sheet and in their lists.
month-corrected = {""}**Corrected** ({ $day }): { $targets }
month-corrected-target = { $area } { $number }

month-preview-title = [To check] { $title }
month-preview-planned = Goes to the progress channel at { $moment }, as below. What is corrected before then is in it. Press “Hold” to let it wait.
month-preview-held = Held. It does not go to the progress channel until somebody presses “Release” or “Post now”.
month-preview-unbound = No progress channel is set, so it cannot be posted. Set one with /office channel.
month-preview-passed = It was not posted on its day. “Post now” posts it.
month-preview-posted = Posted in the progress channel ({ $moment }). When records or goals are corrected later, the post follows.
button-report-hold = Hold
button-report-release = Release
button-report-post = Post now
button-report-show = Show as it is now

report-posted = “{ $name }” goes to the progress channel.
report-posted-again = “{ $name }” stands in the progress channel already. It is brought up to date.
report-held = “{ $name }” is held until somebody presses “Release” or “Post now”.
report-held-already = “{ $name }” is held already.
report-released = “{ $name }” is released. It goes to the progress channel at { $moment }.
report-released-now = “{ $name }” is released. Its day has passed, so it goes to the progress channel now.
report-released-nowhere = “{ $name }” is released. Press “Post now” to post it.

year-title = Report: { $year }
year-words = A report for the council. The Excel sheet has the details (it prints on A4).
year-sessions = Gatherings: { $count }
year-projects = Support projects: { $count }
year-issues = Issues and ideas
year-balance = { $tier }: { $carried_in } from the year before, { $raised } new, { $solved } done, { $carried_over } carried over
year-next = { $year }: plan (draft)
year-proposed = Targets proposed to go on: { $count }. See the sheet of the next year's plan.
year-with-budget = Only the desk sees budgets and funds. Check before you hand this on.

refused-not-a-month = That is no month. Write it like 2026-11 or 202611.
refused-future-month = That month has not begun. It can be seen from { $day }. Choose an earlier one.
refused-future-year = That fiscal year has not begun. It can be seen from { $day }. Choose an earlier one.
refused-no-progress-channel = No progress channel is set. Set one with /office channel, then try again.
refused-no-target-to-post = There are no yearly targets yet, so there is nothing to post. Take a plan table in with /target import.
refused-no-preview = This month was not shown to the desk yet. /progress month shows it.
refused-posted-already = “{ $name }” stands in the progress channel already. Correct its records or goals, and the post follows.
refused-schedule-month = The month is posted once a month at most. Write something like `0 9 B1 * *` (the first business day) or `0 9 10 * *`. On a day off it comes on the next business day.
schedule-off = “{ $what }” is not posted by itself any more. /progress month with “post” still posts it.
refused-schedule-digest-off = “{ $what }” cannot be switched off. Say when it shall come, such as `0 9 * * 1`.

word-schedule-progress = Monthly progress
word-setting-progress = When the monthly progress is posted (set with /office schedule)
word-matter-month-preview = look at the monthly progress
word-matter-month-post = monthly progress
act-report-post = Progress posted
act-report-hold = Monthly progress held
act-report-release = Monthly progress released

digest-held = Months held: { $count }
digest-held-next = “Release” and “Post now” are below the card [To check] at the desk.
digest-no-target = Yearly targets
digest-no-target-next = There are no yearly targets yet. Take a plan table in with /target import, and progress can be posted every month.
button-round-report = See last year's report

command-progress = progress
command-progress-description = How the yearly targets get on (month, year)
command-progress-month = month
command-progress-month-description = One month, as a picture and a table
command-progress-month-month = month
command-progress-month-month-description = Such as 2026-11; left out: this month to look at, last month to post
command-progress-month-post = post
command-progress-month-post-description = Post it in the progress channel (coordinators)
command-progress-year = year
command-progress-year-description = The report of a year and the next year's plan, as a picture and a table
command-progress-year-year = year
command-progress-year-year-description = Such as 2026; left out: this fiscal year
command-progress-year-post = post
command-progress-year-post-description = Post it in the progress channel (coordinators; without budgets)
report-undone = The posting of “{ $name }” was taken back; it leaves the progress channel. To post it again, use /progress with post.
report-undone-planned = The posting of “{ $name }” was taken back; it leaves the progress channel. It will be posted as planned: { $moment }. To stop that, press “Hold” below its preview at the desk.
report-undone-held = The posting of “{ $name }” was taken back; it leaves the progress channel. It is held again.
refused-report-undo-late = “{ $name }” was posted more than { $minutes } minutes ago and cannot be taken back. What you correct is corrected in the post as well.
refused-report-undo-gone = This posting was taken back already, or it was posted anew. Please look in the progress channel.
act-report-undo = posting of progress taken back

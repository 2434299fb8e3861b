# The picture of the targets, and the words for those who do not see it.

pace-letter-reached = R
pace-letter-on-track = T
pace-letter-behind = B
pace-letter-not-begun = N
pace-letter-no-goal = X

chart-title = How the yearly targets get on
chart-title-year = What became of the yearly targets
chart-below = { $year }　as of { $day }　{ $office }
chart-begins = The first month of the fiscal year. No progress has been recorded yet.
chart-unchanged = Nothing has changed since last month.
chart-unchanged-targets = The targets have not changed since last month.
chart-changed = Targets that have changed since last month: { $count }
chart-empty = There are no yearly targets yet.
chart-empty-next = Take in the plan table with /target import, and the chart will be here.
chart-legend = { $state } { $count }
chart-areas = Targets by area
chart-targets = { $count } in all
chart-other-areas = { $count } other areas
chart-figures = Figures (▼ is this year's goal)
chart-figures-none = No target has a figure.
chart-figures-more = Targets with figures that are not shown here: { $count }. They stand in the Excel sheet.
chart-figure-of = { $number }　{ $area }
chart-figure = { $done }/{ $goal } { $unit }
chart-alternative = Chart: { $title }. { $below }.
chart-alternative-area = { $area }: { $states }.
chart-alternative-figure = { $number } { $item }: { $done }/{ $goal } { $unit } ({ $state }).

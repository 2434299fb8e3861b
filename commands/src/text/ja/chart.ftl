# The picture of the targets, and the words for those who do not see it.

pace-letter-reached = 達
pace-letter-on-track = 順
pace-letter-behind = 確
pace-letter-not-begun = 未
pace-letter-no-goal = 無

chart-title = 年度目標の進みぐあい
chart-title-year = 年度目標の結果
chart-below = { $year }　{ $day } 現在　{ $office }
chart-begins = 年度の最初の月です。進捗はまだ記録されていません。
chart-unchanged = 先月から変わりありません。
chart-unchanged-targets = 年度目標は、先月から変わりありません。
chart-changed = 先月から変わった目標：{ $count }件
chart-empty = 年度目標は、まだありません。
chart-empty-next = 計画表を /target import（年度目標 取込）で取り込むと、ここに図が出ます。
chart-legend = { $state } { $count }
chart-areas = 領域ごとの目標の数
chart-targets = { $count }件
chart-other-areas = ほか { $count } 領域
chart-figures = 数値の目標（▼が今年度の目標）
chart-figures-none = 数値のある目標は、ありません。
chart-figures-more = 数値のある目標は、ほかに { $count } 件あります。Excel の表で見られます。
chart-figure-of = { $number }　{ $area }
chart-figure = { $done }／{ $goal }{ $unit }
chart-alternative = 図：{ $title }。{ $below }。
chart-alternative-area = { $area }：{ $states }。
chart-alternative-figure = { $number } { $item }：{ $done }／{ $goal }{ $unit }（{ $state }）。

# Comparison: an old wording beside the new one.

command-notice-compare = compare
command-notice-compare-description = The wordings of two notices side by side, with what changed marked.
command-notice-compare-number = number
command-notice-compare-number-description = Number of a notice
command-notice-compare-with = with
command-notice-compare-with-description = Number of the other one; the same number compares with the version before.

word-comparison-kept = Same
word-comparison-renumbered = Renumbered
word-comparison-changed = Changed
word-comparison-added = Added
word-comparison-removed = Removed
word-comparison-moved-away = Moved from here
word-comparison-moved-here = Moved here

comparison-title = Old and new
comparison-title-page = Old and new ({ $page } / { $pages })
comparison-legend = What changed: new words with a whole line in blue, old ones with a dashed line in brown
comparison-legend-sheet = What is underlined has changed (new words blue, old ones brown).
comparison-new = New
comparison-old = Old
comparison-kind = Kind
comparison-name = Notice { $number } (version { $version }) { $date } { $title }
comparison-summary = Sentences changed { $changed }, added { $added }, removed { $removed }, moved { $moved }, renumbered { $renumbered }, the same { $kept }
comparison-left-out = (left out: { $count } the same)
comparison-gap-added = (new)
comparison-gap-removed = (gone)
comparison-gap-away = (moved elsewhere)
comparison-gap-here = (moved from elsewhere)
comparison-shown =
    Old and new side by side
    New: { $new }
    Old: { $old }
comparison-same = The wordings are the same. Spaces and widths do not count.
comparison-missing = 〓 in the picture stands for a letter its font does not have. Look at the wording itself.
comparison-alternative = Picture { $page } of { $pages }: old and new side by side. Left the new "{ $new }", right the old "{ $old }". { $summary }.
comparison-sheet-description = Old and new side by side, whole
comparison-sheet-next = The picture leaves out sentences that are the same. The .xlsx holds everything.

refused-comparison-no-notice = There is no notice { $number }. Look at /notice list for the number.
refused-comparison-no-wording = Notice { $number } has no wording. Put it in from /notice show { $number }, then try again.
refused-comparison-one-version = The wording of notice { $number } has one version only. Name another notice in with.
refused-comparison-too-long = The wordings are too long to be compared: { $sentences } sentences at most. Enter them chapter by chapter.
refused-comparison-empty = A wording has no letters. Check it.

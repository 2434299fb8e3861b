# Importing a list of issues from a spreadsheet.

command-issue-import = import
command-issue-import-description = Takes in a list of issues from Excel or CSV
command-issue-import-file = file
command-issue-import-file-description = The file with the list (.xlsx or .csv)
command-issue-import-session = session
command-issue-import-session-description = The session where it was said
command-issue-import-origin = origin
command-issue-import-origin-description = Where it was said (left empty: taken in as said in confidence)

act-issue-import = list imported
act-issue-import-undo = import taken back
subject-import = import { $number }
audit-detail-rows = { $value } rows
audit-detail-there = { $value } there already
audit-detail-refused = { $value } not taken
audit-detail-kept = { $value } kept

import-preview-title = Preview of the import
import-preview-confidential = Nothing is stored yet. It will be taken in as said in confidence. Look at the rows below before you import them.
import-preview-open = Nothing is stored yet. It will be taken in as said openly. Look at the rows below before you import them.
field-import-list = List
field-import-counts = In all
import-counts = { $plain } understood, { $guessed } partly guessed, { $there } there already, { $refused } not taken
import-more-lists = and { $count } more sheets
import-unread-sheets = Sheets without a row of headings, not read: { $names }
import-wide-gathering = ⚠ The title names a tier 2 or 3 gathering. It is taken in as confidential. If it was said openly, press “Stop here” and start again with the origin “said openly”.
import-said-at = Session { $number }: { $name }

import-group-refused = Rows that are not taken ({ $count })
import-group-guessed = Rows partly guessed ({ $count })
import-group-plain = Rows understood ({ $count })
import-group-there = Rows that are there already ({ $count })
button-import-refused = Not taken { $count }
button-import-guessed = Guessed { $count }
button-import-plain = Understood { $count }
button-import-there = There already { $count }
button-import-confirm = Import { $count }
button-import-cancel = Stop here
button-import-resume = Go on (if it has stopped)
button-import-undo = Take the import back (within { $minutes } min)
button-import-list = Show the list

import-place = Row { $row }
import-place-in-sheet = “{ $sheet }” row { $row }
import-line-plain = { $place }  { $tier } { $kind } “{ $wording }”
import-line-guessed = { $place }  { $tier } { $kind } “{ $wording }” ({ $guesses })
import-line-there = { $place }  is there as #{ $number } “{ $wording }”
import-line-refused = { $place }  { $reason } “{ $wording }”
import-line-refused-unseen = { $place }  { $reason }

import-guess-tier = tier from “{ $words }”
import-guess-tier-by-rest = no word decides: tier 1
import-guess-source = profession from “{ $written }”
import-guess-source-from-title = profession from the title
import-guess-no-source = no profession
import-guess-ditto = as in the row above
import-guess-kind = as an issue
import-guess-category = “{ $written }” is no category and is left out
import-guess-formula = a computed cell

import-refused-no-wording = The wording is empty. Please write one.
import-refused-too-long = The wording has { $actual } characters. Please split it; { $limit } are allowed.
import-refused-note-too-long = The note has { $actual } characters. Please shorten it to { $limit }.
import-refused-speaker-too-long = The speaker has { $actual } characters. Please shorten it to { $limit }.
import-refused-faulty = A cell shows an error ({ $shown }). Please replace it by text.
import-refused-source = There is no profession or association “{ $written }”. Please correct the name, or add it by /office profession.
import-refused-source-near = There is no profession or association “{ $written }”. If it is “{ $nearest }”, please write that.
import-refused-personal-data = There seems to be personal data. Please remove it.
import-refused-number-in-speaker = There is a number beside the speaker's name. Please leave only the name.
import-refused-single-case = This seems to be one person’s condition. Please tell the doctor, dentist or pharmacist directly instead.
import-refused-repeated = The same as { $place }. Please remove one of them, or word it differently.
import-refused-beyond = One import takes { $limit } rows. Please use the same file once more afterwards.

import-progress = Importing. Please wait.
    { $bar } { $done } / { $rows }
import-paused = { $done } of { $rows } rows are in. Press “Go on” for the rest; no row is taken twice.
import-cut-short = { $done } of { $rows } rows are in. The rest of the rows went on the way (nobody went on for 24 hours, a name was removed at somebody’s request, records were deleted, or several files were looked at in a row). Please check the names in the file and choose it again by /issue import; no row is taken twice.
import-complete = { $count } issues were taken in.
import-complete-place = ・{ $place }: { $count } ({ $numbers })
import-numbers-one = #{ $first }
import-numbers = among #{ $first } to #{ $last }
import-complete-twice = { $count } were not taken, because the same was written down meanwhile.
import-complete-cards = Each gets its card in its channel.
import-complete-quiet = Because there are many, each channel is told in one line. An issue gets its card when it next changes. Read them by /issue list.
import-cancelled = The import was put away. Nothing was stored.
import-undo-progress = Taking the import back. Please wait ({ $done } / { $issues }).
import-undone = { $count } imported issues were taken back. Use /issue import again with the corrected file.
import-undone-kept = { $count } have changed since and were kept.

import-card-title = Import { $number }: a list of issues was taken in
import-card = { $count } issues and ideas of it can be read here ({ $numbers }). An issue gets its card when it next changes.
import-card-undone = This import was taken back.

import-no-list = No list was found. Please give the table a heading “意見” (or “内容”, “課題”, “wording”) within its first 50 rows and try again.
import-nothing-to-take = No row can be taken. Please correct the file and use /issue import again.
import-busy = Other files are being read. Please try again in a minute.
import-unfetched = The file did not arrive. Please attach it again and try once more.
refused-import-gone = This preview can no longer be used. Please choose the file again by /issue import. No row is taken twice.
refused-import-undo-late = More than { $minutes } minutes have passed, so the import cannot be taken back as a whole. Please set what is not wanted to “dropped” by /issue status.

import-file-too-large = The file is too large. Please split it into files of { $megabytes } MB at most and try again.
import-file-unpacks-to-too-much = The file holds too much to be opened. Please copy the table into a new workbook and try again.
import-file-too-many-rows = There are too many rows. Please split the file into { $rows } rows at most and try again.
import-file-too-many-columns = There are too many columns. Please delete unused columns on the right so that { $columns } remain, and try again.
import-file-cell-too-long = A cell has more than { $cell } characters. Please shorten it and try again. In a CSV file, check also that each " is closed.
import-file-too-many-letters = There are too many characters. Please split the file into { $letters } characters at most and try again.
import-file-macros = A workbook with macros is not read. Please save it as “Excel Workbook (.xlsx)” and try again.
import-file-locked = The file has a password. Please remove it and try again.
import-file-old-form = The file is of the old form (.xls). Please save it as “Excel Workbook (.xlsx)” and try again.
import-file-no-sheet = This does not seem to be a spreadsheet. Please try again with an Excel workbook (.xlsx) or CSV.
import-file-broken = The file seems to be broken. Please open it in Excel, save it and try again.
import-file-letters = The characters of the file cannot be read. Please save it as “CSV UTF-8” or “Excel Workbook (.xlsx)” and try again.
import-file-empty = There is nothing in the file. Please check it and try again.

# The manual's two forms, on the screen and as a sheet.

word-form-1 = Form 1
word-form-2 = Form 2
word-form-choice-1 = Form 1 (in the order said)
word-form-choice-2 = Form 2 (by category)

form-tier-0 = {""}
form-tier-1 = Tier 1:{" "}
form-tier-2 = Tier 2:{" "}
form-tier-3 = Tier 3:{" "}
form-title = { $tier }Issues and ideas
form-title-session = { $tier }{ $name }
form-of = { $name }
form-of-mine = Written down by me
form-day-made = As of { $date }
form-cut = ⚠ These are the newest { $held } of { $total }. Narrow the list by tier, association or session to see the others.
form-footer = { $form }　{ $place }

form-row = **{ $no }**　#{ $number }
form-row-speaker = Speaker: { $speaker }
form-row-note = Note: { $note }
form-opinion-goes-on = (continued){" "}
form-category = **No. { $rank }　{ $name } ({ $count })**
form-category-goes-on = **No. { $rank }　{ $name }** (continued)
form-no-category = **{ $name } ({ $count })**
form-no-category-goes-on = **{ $name }** (continued)
form-category-count = ({ $count })
form-categorised = Categorised
form-uncategorised = Uncategorised
form-kind = 〔{ $kind }〕
form-bullet = ・{ $wording }
form-bullet-numbered = ・#{ $number } { $wording }
form-weight = {" "}(× { $count })
form-again = {" "}(listed above)

form-column-no = No
form-column-source = Profession
form-column-speaker = Speaker
form-column-opinion = Opinion
form-column-note = Note
form-column-rank = Rank
form-column-category = Category
form-column-kind = Issue/Idea

exported = { $form } of { $of } is ready as an Excel file (opinions: { $count }).
export-of-all = all issues you may read
export-description = { $form } ({ $date })
export-empty = No issue matches, so no file was made. Please choose another tier or association and try again.
export-care = Only you see this file. Please take care whom you give it to.
export-with-speakers = ⚠ The file has a column of speakers. Please do not hand it to anybody outside the desk.
act-issue-export = list exported
audit-export-count = { $value } opinions
audit-export-speakers = with the speakers' column

command-issue-list-form = form
command-issue-list-form-description = The full wordings in one of the manual's forms
command-issue-export = export
command-issue-export-description = Makes an Excel file in one of the manual's forms (only you get it)
command-issue-export-form = form
command-issue-export-form-description = Which form
command-issue-export-tier = tier
command-issue-export-tier-description = Only this tier
command-issue-export-association = association
command-issue-export-association-description = Only what this association raised
command-issue-export-session = session
command-issue-export-session-description = Only what was said at this session
command-issue-export-speakers = speakers
command-issue-export-speakers-description = Desk only: whether to include the speakers' column (included when left out)

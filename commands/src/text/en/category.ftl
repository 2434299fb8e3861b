# Categories: the office's own list, and what an issue is in.

what-category = The name of a category
field-category = Categories
word-unsorted = unsorted

category-now = Its categories now: { $names }
category-now-none = It is in no category now.
category-added = #{ $number } is in { $names } now. { $now }
category-removed = #{ $number } is no longer in { $names }. { $now }
category-already = #{ $number } is in { $names } already. To take it out, choose "remove" of /issue category.
category-not-there = #{ $number } is not in that category. { $now }

category-new = Make the new category { $names }? If so, press the button below. If it was a typing error, do nothing: nothing is made.
category-new-for-issue = Make the new category { $names } and give it to #{ $number }? If so, press the button below. If it was a typing error, do nothing: nothing is made.
category-alike = · There is "{ $known }" already, which is like "{ $name }".
category-made = The category { $names } is made. /issue category gives it to issues.
category-made-and-added = #{ $number } is in { $names } now. The new category can be chosen from now on.
button-category-create = Make it

category-suggested = It might belong in these categories. Choose below to put it there.
category-suggested-line = · **{ $name }** ({ $reason })
category-why-both = because of { $words } and like { $numbers }
category-why-words = because of { $words }
category-why-past = like { $numbers }
category-choose-hint = Choose categories

category-list = Categories: { $total }
category-list-empty = There is no category yet. Write one as "name" of /office category to make it.
category-list-next = Choose a name and write another as "rename" to change it; the name of another category makes it a part of that one. "remove" stops offering it.
category-line = **{ $name }** { $count }
category-line-retired = { $name } { $count } (no longer offered)
category-known = "{ $name }" is there already ({ $count }). To change it, choose "rename" as well; to stop using it, choose "remove".
category-renamed = The category "{ $from }" is "{ $to }" now. Cards will show the new name. To change it back, use "rename" again.
category-same-name = The category's name is "{ $name }" already.
category-restored = The category "{ $name }" is offered again.
category-retired = The category "{ $name }" is no longer offered. Issues that are in it stay there. To offer it again, choose the same name in /office category.
category-removed-from-list = The category "{ $name }" is off the list. No issue was in it.
category-merge = Make the category "{ $from }" ({ $from_count }) a part of "{ $into }" ({ $into_count })? All issues of "{ $from }" go over to "{ $into }", and "{ $from }" leaves the list. No button takes this back.
category-merged = The category "{ $from }" is a part of "{ $into }" now ({ $count } went over).
button-category-merge = Make it a part

step-category = {" "}– categories: { $before } → { $after }

share-categories = #{ $number } is shared with "{ $audience }" by its categories only. The original is not told. They will read this.
share-categories-issue = An issue about { $names } has been raised.
share-categories-idea = An idea about { $names } has been raised.
button-share-categories = Share the categories only
share-categories-first = With a category set, the categories alone can be shared (/issue category { $number }).
refused-share-no-categories = #{ $number } has no category. Set one first with /issue category { $number }.

refused-category-name = The name of a category has letters and stands on one line. Please write another one. "、", ",", "@", "<", ">" and corner brackets cannot be used.
refused-category-personal-data = The name cannot be used because it seems to hold personal data. Please choose one that is about nobody.
refused-category-reserved = "Unsorted" is the word for issues in no category. Please choose another name.
refused-category-gone = That category is not on the list now. Please choose again with /issue category.
refused-category-list-changed = The list of categories has changed. Please look with /office category and try again.
refused-category-which = Which category? Please choose "name" as well.
refused-category-both = Please choose either "rename" or "remove", not both.
refused-category-retired = "{ $name }" is no longer offered. Please choose another category, or tell a coordinator.
refused-category-retired-desk = "{ $name }" is no longer offered. To use it again, choose it as "name" of /office category.
refused-unknown-category = There is no category "{ $written }". Please choose from: { $names }
    Coordinators can make new ones.
refused-no-category-yet = This office has no categories yet. Please leave "category" empty and try again. Coordinators make them with /office category.
refused-categories-too-many = An issue may be in { $limit } categories at most. Please take it out of one first. { $now }
refused-categories-at-once = No more than { $limit } categories can be given at once. Please write fewer and try again.
refused-categories-full = There may be { $limit } categories at most. With /office category, make one a part of another, or remove what is not used.

undo-late-category = Please choose again with /issue category { $number }.
undone-again-category = To change it after all, use /issue category { $number }.

act-issue-category = sorting
act-office-category-add = a category was added
act-office-category-rename = a category was renamed
act-office-category-restore = a category is offered again
act-office-category-retire = a category is no longer offered
act-office-category-remove = a category was removed
act-office-category-merge = a category became part of another

command-issue-category = category
command-issue-category-description = Put an issue into categories (coordinators)
command-issue-category-number = number
command-issue-category-number-description = The number (such as 12)
command-issue-category-category = category
command-issue-category-category-description = Categories, separated by commas
command-issue-category-remove = remove
command-issue-category-remove-description = Take it out instead
command-issue-add-category = category
command-issue-add-category-description = Categories of the office, separated by commas
command-issue-list-category = category
command-issue-list-category-description = Only of this category (the desk: also "unsorted")
command-office-category = category
command-office-category-description = See, make, change and merge the office's categories
command-office-category-name = name
command-office-category-name-description = The name of a category (left out: the list)
command-office-category-rename = rename
command-office-category-rename-description = Another name (of another category: becomes a part of it)
command-office-category-remove = remove
command-office-category-remove-description = No longer offer it

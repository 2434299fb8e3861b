# Settings of the calendar and of reminders.

setting-shown = “{ $setting }” is { $value } now. To change it, give a value as well.
setting-shown-nothing = “{ $setting }” is not set to anything now. To change it, give a value as well.
setting-shown-fixed = This is set by the configuration file, so it cannot be changed here.
setting-set-moves = The reminders ahead follow the new setting.

word-setting-closed_days = Days closed every year (such as 12/29-1/3, 8/13-8/15; none)
word-setting-holidays = Extra days off and open days (2027-06-01 NAME;2027-02-11 開所; none)
word-setting-review_before = Reminders before a review (such as 14日前、1日前、当日; none)
word-setting-review_overdue = Reminders of an overdue review (such as 7日ごと; none)
word-setting-session_before = Reminders before a session (such as 7日前、1日前、当日; none)
word-setting-reminded_at = Time of day of reminders (7:00 to 19:00, such as 9:00)

refused-closed-days = “{ $part }” cannot be read. Please write it like 12/29-1/3, 8/13-8/15, or none.
refused-closed-days-no-such-day = There is no day { $month }/{ $day }. Please check the date and try again.
refused-closed-days-too-many = That would be { $days } closed days a year; at most { $limit } are possible. Please check that no span begins with its end.
refused-holidays = Number { $place } cannot be read. Please write a date with its year and a name, as in 2027-06-01 City Day, and separate several by “;”. The name 開所 opens the office on a day off.
refused-holidays-name = Number { $place } has no name. Please write a name of up to { $limit } characters, as in 2027-06-01 City Day.
refused-holidays-both = Day number { $place } is both a day off and an open day. Please choose one.
refused-leads = “{ $part }” cannot be read. Please write it like 14日前、1日前、当日, or none for no reminders.
refused-rhythm = “{ $part }” cannot be read. Please write it like 7日ごと, or none for no reminders.
refused-leads-not-between = The number of days has to be from { $least } to { $most }.
refused-not-in-office-hours = The time of reminders has to be from { $first } to { $last }.

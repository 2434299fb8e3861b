# Yearly targets (年度目標) and their records (進捗).

subject-target = Target #{ $number }
subject-record = Record { $number }

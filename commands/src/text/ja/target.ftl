# Yearly targets (年度目標) and their records (進捗).

subject-target = 年度目標 #{ $number }
subject-record = 進捗 { $number }

# Sessions (連携の場).

subject-session = 連携の場 { $number }

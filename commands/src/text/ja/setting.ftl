# Settings of the calendar and of reminders.

setting-shown = 「{ $setting }」は、いま { $value } です。変えるときは、値も書いてください。
setting-shown-nothing = 「{ $setting }」は、いま何も決まっていません。変えるときは、値も書いてください。
setting-shown-fixed = この項目は設定ファイルで決まっているため、ここでは変えられません。
setting-set-moves = これからのお知らせの日時を、新しい設定に合わせました。

word-setting-closed_days = 毎年の休所日（例：12/29-1/3、8/13-8/15。なし）
word-setting-holidays = 臨時の休みと開所（例：2027-06-01 市制記念日;2027-02-11 開所。なし）
word-setting-review_before = 反省会の前のお知らせ（例：14日前、1日前、当日。なし）
word-setting-review_overdue = 過ぎた反省会のお知らせ（例：7日ごと。なし）
word-setting-session_before = 連携の場の前のお知らせ（例：7日前、1日前、当日。なし）
word-setting-reminded_at = お知らせの時刻（7:00～19:00。例：9:00）

refused-closed-days = 「{ $part }」が読めません。「12/29-1/3、8/13-8/15」のように書いてください。なければ「なし」と書いてください。
refused-closed-days-no-such-day = { $month }月{ $day }日という日はありません。日付を確かめて、もう一度お試しください。
refused-closed-days-too-many = 休所日が年に{ $days }日になります。{ $limit }日までにしてください。期間の始まりと終わりが逆になっていないか、確かめてください。
refused-holidays = { $place }番目が読めません。「2027-06-01 市制記念日」のように、年のある日付と名前を空白で区切り、いくつかあるときは「;」で区切ってください。休日に開くときは名前を「開所」にします。
refused-holidays-name = { $place }番目の日に名前がありません。「2027-06-01 市制記念日」のように、{ $limit }文字までの名前を書いてください。
refused-holidays-both = { $place }番目の日が、休みと開所の両方になっています。どちらかにしてください。
refused-leads = 「{ $part }」が読めません。「14日前、1日前、当日」のように書いてください。知らせないときは「なし」と書いてください。
refused-rhythm = 「{ $part }」が読めません。「7日ごと」のように書いてください。知らせないときは「なし」と書いてください。
refused-leads-not-between = 日数は { $least } から { $most } までにしてください。
refused-not-in-office-hours = お知らせの時刻は { $first } から { $last } までにしてください。

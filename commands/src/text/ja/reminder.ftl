# Reminders.

reminder-title = お知らせ　{ $date }
reminder-proposal = #{ $number }　{ $date }に出された共有の提案が、まだ決まっていません。相談窓口の札で承認か見送りを選んでください。決まると、このお知らせは止まります。
reminder-more = ほかに{ $count }件：{ $numbers }
reminder-button-show = #{ $number } を見る
reminder-passed = 止まっている間に時期が過ぎたため、お知らせしなかったものが { $count }件あります：{ $things }
reminder-passed-thing = { $subject }（{ $matter }）
word-matter-issue-proposal = 共有の提案
word-matter-issue-return = 次年度からの戻り
word-matter-issue-thread = 閉じたスレッド
subject-review = 反省会 { $number }
subject-project = 支援事業 { $number }
subject-task = 分担 { $number }

# Reminders.

reminder-title = お知らせ　{ $date }
reminder-proposal = #{ $number }　{ $date }に出された共有の提案が、まだ決まっていません。相談窓口の札で承認か見送りを選んでください。決まると、このお知らせは止まります。
reminder-more = ほかに{ $count }件：{ $numbers }
reminder-button-show = #{ $number } を見る

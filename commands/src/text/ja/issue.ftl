# Answers about issues.

what-text = 内容
what-note = 備考
what-speaker = 発言者
what-reason = 理由
what-name = 名前
what-value = 値
what-scope = サービスの範囲

form-issue-title = 課題・アイデアを記録
form-edit-title = #{ $number } を修正
form-issue-text = 内容
form-issue-text-hint = 患者さん・利用者さんのお名前や病状は書かないでください
form-issue-note = 備考（だれと話せば解決しそうか）
form-issue-note-hint = 例：病院、ケアマネジャー
form-issue-speaker = 発言者（相談窓口だけに見えます）
form-issue-speaker-hint = 空欄でもかまいません
form-issue-why = 個人情報ではない理由（必要なときだけ）
form-issue-why-hint = 例：会議の開催日です

field-tier = 階層
field-destination = 届け先
field-status = 状況
field-origin = 把握の場
field-source = 職種・団体
field-about = 関係する職種・団体
field-note = 備考
field-speaker = 発言者
field-reporter = 記録した人
field-steps = これまでの経過

issue-added = #{ $number }　{ $kind }として記録しました
issue-added-next = 経過は /issue show（課題 詳細）{ $number } で見られます。階層が違うときは /issue tier（課題 階層）で直せます。
tier-by-person = { $tier }（ご指定のとおり）
tier-by-rest = { $tier }（決め手になることばがないため）
tier-by-words = { $tier }（決め手：{ $words }）
arrival = { $place }（{ $why }）
arrival-unbound = ⚠ このチャンネルはまだ決まっていません。記録は残っています。連携コーディネーターが /office channel（拠点設定 チャンネル）で決めると届きます。
arrival-stopped = ⚠ いまはこのチャンネルへ送れません。記録は残っています。連携コーディネーターが直すと届きます。

step = { $date }　{ $act }（{ $status }）
step-reason = 　理由：{ $reason }

list-empty = 当てはまる課題はまだありません。/issue add（課題 記録）で書きとめられます。
list-title = 課題・アイデア　全{ $total }件
list-page = { $page } / { $pages } ページ
list-line = **#{ $number }** { $tier } [{ $status }] { $wording }
suggested-issue = #{ $number } [{ $status }] { $wording }

edited = #{ $number } を修正しました。
edited-other-tier = ことばからは { $tier } とも読めます。変えるときは /issue tier（課題 階層）をお使いください。
edit-nothing-changed = 変わったところがないので、そのままにしました。
tier-changed = #{ $number } を { $tier } に変えました。
status-changed = #{ $number } の状況を「{ $from }」から「{ $to }」に変えました。
passed-on = #{ $number } を{ $place }へ伝えました。

button-reword = 書き直す
button-details = 詳しく見る
button-pass-on = 団体へ伝える
button-previous = 前へ
button-next = 次へ

button-undo = 元に戻す（{ $minutes }分以内）
undone = #{ $number } の「{ $act }」を元に戻しました。
undone-add = #{ $number } の記録を取り消しました。この番号は、もう使いません。
undone-read = 取り消す前は{ $places }に載っていました。その間に読んだ方がいるかもしれません。
undone-again = やり直すときは、同じコマンドをもう一度お使いください。
undone-again-add = 記録し直すときは /issue add（課題 記録）をお使いください。
undone-again-edit = やはり直すときは /issue edit（課題 修正）{ $number } をお使いください。
undone-again-tier = やはり変えるときは /issue tier（課題 階層）{ $number } をお使いください。
undone-again-status = やはり変えるときは /issue status（課題 状況）{ $number } をお使いください。
undone-again-pass-on = やはり伝えるときは、相談窓口の札の「団体へ伝える」を押してください。

button-history = 経過をすべて見る
history-title = #{ $number } の経過　全{ $total }件
history-empty = その後の動きはまだありません。
step-undone = 「{ $act }」を元に戻した
step-text = 　内容：「{ $before }」→「{ $after }」
step-note = 　備考：「{ $before }」→「{ $after }」
step-nothing = （なし）

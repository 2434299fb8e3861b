# The month (月次) and the year (年次) of progress: posts, answers, the desk's look at what goes out.

progress-office = 在宅医療・介護連携拠点
progress-sheet-description = { $name }の表（{ $day } 現在、Excel）

subject-month = 月次 { $number }
subject-yearly = 年次 { $number }

month-title = { $month }の進捗
month-as-of = { $year }　{ $day } 現在
month-no-target = 年度目標は、まだありません。
month-no-target-next = 計画表を /target import（年度目標 取込）で取り込むと、ここに出ます。
month-begins = 年度の最初の月です。進捗はまだ記録されていません。
month-unchanged = 先月から変わりありません。
month-changed = 先月から変わった目標：{ $count }件
month-changed-issues = 年度目標は、先月から変わりありません。課題の件数が変わりました。
month-targets = 年度目標　{ $count }件
month-state = { $state } { $count }
month-behind = 要確認の目標　{ $count }件
month-moved = 先月から変わった目標
month-figure = （{ $done }／{ $goal }{ $unit }）
month-latest = ：{ $words }
month-target-line = ・{ $area } { $number } { $item }{ $figure }{ $latest }
month-issues = 課題・アイデア　{ $count }件（先月から { $change }）
month-count = { $name } { $count }（{ $change }）
month-literal = { $words }
month-overdue = 期日を過ぎた反省会　{ $count }件
month-overdue-line = ・反省会 { $number }（{ $day }）
month-ahead = { $month }の予定
month-ahead-line = ・{ $day }{ $start }　{ $what }
month-ahead-review = 反省会 { $number }
month-ahead-project = 支援事業「{ $name }」
month-ahead-some-project = 支援事業
month-more = ほか { $count } 件。すべては Excel の表と、それぞれの一覧で見られます。
month-corrected = {""}**訂正あり**（{ $day }）：{ $targets }
month-corrected-target = { $area } { $number }

month-preview-title = 【確認】{ $title }
month-preview-planned = { $moment } に、下のとおり進捗チャンネルへ出します。出す前に直したことは、そのまま入ります。待つときは「保留する」を押してください。
month-preview-held = 保留中です。「保留をやめる」か「今すぐ出す」を押すまで、進捗チャンネルには出ません。
month-preview-unbound = 進捗チャンネルが決まっていないので、出せません。/office channel（拠点設定 チャンネル）で決めてください。
month-preview-passed = 決まった日には出ませんでした。「今すぐ出す」で出せます。
month-preview-posted = 進捗チャンネルに出しました（{ $moment }）。後から記録や目標を直すと、投稿も書きかわります。
button-report-hold = 保留する
button-report-release = 保留をやめる
button-report-post = 今すぐ出す
button-report-show = いまの様子を見る

report-posted = 「{ $name }」を進捗チャンネルに出します。
report-posted-again = 「{ $name }」はもう進捗チャンネルにあります。いまの内容に書きかえます。
report-held = 「{ $name }」を保留にしました。「保留をやめる」か「今すぐ出す」を押すまで出ません。
report-held-already = 「{ $name }」は、もう保留になっています。
report-released = 「{ $name }」の保留をやめました。{ $moment } に進捗チャンネルへ出します。
report-released-now = 「{ $name }」の保留をやめました。決まった日を過ぎているので、今すぐ進捗チャンネルに出します。
report-released-nowhere = 「{ $name }」の保留をやめました。出すときは「今すぐ出す」を押してください。

year-title = { $year }の報告
year-words = 協議会などでお使いいただける報告です。くわしくは Excel の表をご覧ください（A4で印刷できます）。
year-sessions = 連携の場　{ $count }回
year-projects = 支援事業　{ $count }件
year-issues = 課題・アイデア
year-balance = { $tier }：前年度から { $carried_in }、新しく { $raised }、完了 { $solved }、翌年度へ { $carried_over }
year-next = { $year }の計画案
year-proposed = 今年度から続ける目標の案：{ $count }件。Excel の表「次年度計画案」で見直せます。
year-with-budget = 予算と財源は、相談窓口の方だけに見えています。ほかの方へ渡すときは、ご確認ください。

refused-not-a-month = 月を読み取れません。「2026-11」「令和8年11月」「先月」のように書いてください。
refused-future-month = まだ始まっていない月です。{ $day } から見られます。それまでの月を選んでください。
refused-future-year = まだ始まっていない年度です。{ $day } から見られます。それまでの年度を書いてください。
refused-no-progress-channel = 進捗チャンネルが決まっていません。/office channel（拠点設定 チャンネル）で決めてから、もう一度お試しください。
refused-no-target-to-post = 年度目標がまだないので、出せません。計画表を /target import（年度目標 取込）で取り込んでください。
refused-no-preview = この月は、まだ確認のために出ていません。/progress month（進捗 月次）で見られます。
refused-posted-already = 「{ $name }」は、もう進捗チャンネルに出ています。直すときは、記録や目標を直してください。投稿も書きかわります。
refused-schedule-month = 月次の進捗は、ひと月に一度までです。「毎月第1営業日 9時」「毎月10日 9時」のように書いてください。休みの日は翌営業日にします。
schedule-off = 「{ $what }」は、これからは自動で出しません。出したいときは /progress month（進捗 月次）の「出す」を使えます。
refused-schedule-digest-off = 「{ $what }」は、なしにできません。届くときを「毎週月曜 9時」のように決めてください。

word-schedule-progress = 月次の進捗
word-setting-progress = 月次の進捗を出すとき（/office schedule で決めます）
word-matter-month-preview = 月次の確認
word-matter-month-post = 月次の進捗
act-report-post = 進捗の投稿
act-report-hold = 月次の保留
act-report-release = 月次の保留の取りやめ

digest-held = 保留中の月次　{ $count }件
digest-held-next = 「保留をやめる」か「今すぐ出す」は、相談窓口の【確認】の札にあります。
digest-no-target = 年度目標
digest-no-target-next = 年度目標がまだありません。計画表を /target import（年度目標 取込）で取り込むと、月ごとに進みぐあいを出せます。
button-round-report = 前年度の報告を見る

command-progress = 進捗
command-progress-description = 年度目標の進みぐあい（月次・年次）
command-progress-month = 月次
command-progress-month-description = ひと月の進みぐあいを、図と表で見ます
command-progress-month-month = 月
command-progress-month-month-description = 月（例：2026-11、先月）。空けると、見るときは今月、出すときは先月
command-progress-month-post = 出す
command-progress-month-post-description = 進捗チャンネルに出す（コーディネーター）
command-progress-year = 年次
command-progress-year-description = 一年の報告と来年度の計画案を、図と表で見ます
command-progress-year-year = 年度
command-progress-year-year-description = 年度（例：令和8年度）。空けると今年度
command-progress-year-post = 出す
command-progress-year-post-description = 進捗チャンネルに出す（コーディネーター。予算は入りません）
report-undone = 「{ $name }」の投稿を取り消しました。進捗チャンネルから消えます。出し直すときは、もう一度 /progress（進捗）で投稿してください。
report-undone-planned = 「{ $name }」の投稿を取り消しました。進捗チャンネルから消えます。{ $moment } には、予定どおり投稿されます。止めるときは、相談窓口の確認で「保留する」を押してください。
report-undone-held = 「{ $name }」の投稿を取り消しました。進捗チャンネルから消えます。また保留になっています。
refused-report-undo-late = 「{ $name }」の投稿は、{ $minutes }分を過ぎたため取り消せません。中身を直すと、投稿も書きかわります。
refused-report-undo-gone = この投稿は、もう取り消してあるか、そのあと出し直されています。進捗チャンネルでお確かめください。
act-report-undo = 進捗の投稿の取り消し

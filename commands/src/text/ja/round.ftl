# The weekly digest (週のまとめ) and the yearly round (年間の流れ).

subject-digest = 週のまとめ { $number }
subject-council = 協議会の準備 { $number }

digest-title = 週のまとめ　{ $date }
digest-begin = 相談窓口で待っていることと、これからの予定です。
digest-nothing = 待っていることも、今週と来週の予定もありません。
digest-next = 毎週届くまとめです。届くときは /office schedule（拠点設定 予定）で変えられます。
digest-this-week = 今週の連携の場　{ $count }件
digest-next-week = 来週の連携の場　{ $count }件
digest-session = { $number }　{ $when }　{ $name }
digest-sessions-more = ほか { $count } 件。すべては /session list（連携の場 一覧）で見られます。
digest-reviews = 期日を過ぎた反省会　{ $count }件
digest-reviews-next = 実施したことを書きとめるか、日取りを変えてください。
digest-tasks = 期日を過ぎた分担のある支援事業　{ $count }件
digest-tasks-next = /project show（支援事業 詳細）に番号を書いて、お確かめください。
digest-unwritten = 記録のない連携の場　{ $count }件
digest-unwritten-next = /session record（連携の場 記録）に番号を書くと、書きとめられます。
digest-proposals = 決まっていない共有の提案　{ $count }件
digest-proposals-next = 相談窓口の札で、承認か見送りを選んでください。
digest-open = 受付のまま{ $days }日を過ぎた課題　{ $count }件
digest-open-next = すべては /issue list（課題 一覧）の「状況」で「受付」を選ぶと見られます。
digest-drafts = 連携提案からできた案　{ $count }件
digest-drafts-next = /session show（連携の場 詳細）に番号を書いて、お確かめください。
digest-adviser = アドバイザー会議
digest-adviser-last = 前回は { $date } でした。次の予定がまだありません。間隔は /office setting（拠点設定 設定）で変えられます。
digest-adviser-never = まだ開いた記録がなく、次の予定もありません。間隔は /office setting（拠点設定 設定）で変えられます。
digest-unmet = 長く会っていない団体（一次連携）
digest-unmet-met = 今年度に会う団体：{ $met }（めやすは一年に{ $least }～{ $most }職種。課題の解決につながりそうな団体から声をかけます）
button-digest = いまの様子を見る

round-unmet = ・{ $name }（前回 { $date }）
round-unmet-never = ・{ $name }（まだ会っていません）
button-round-adviser = アドバイザー会議を予定する
button-round-talk = { $name }との打合せを予定する
button-round-council = 協議会を予定する

council-title = 協議会の準備　{ $year }
council-words = 協議会の日取りを決める時期です（めやす：{ $begins } ～ { $ends }）。
field-council-agenda = 次第（案）
council-agenda =
    1. { $before }の活動報告
    2. { $year }の活動計画
    3. { $year }の推進方針
    4. 意見交換
field-council-members = 委員（案）
council-no-members = まだ団体がありません。/office association（拠点設定 職能団体）で登録できます。
field-council-observers = オブザーバー（案）
council-observers = 県・保健所の担当者、医療圏を同じくする市町村の担当者、庁内の関係部署
council-talks = 一次連携は、一年に{ $least }～{ $most }職種がめやすです。
council-next = 日取りを決めると、三次連携の協議会として予定されます。予定されていれば、このお知らせは届きません。

round-form-council = 協議会を予定する
round-form-adviser = アドバイザー会議を予定する
round-form-talk = 打合せを予定する
round-council-name = 推進協議会
round-adviser-name = アドバイザー会議
round-talk-name = { $name }との打合せ会
form-round-title = 題名
form-round-title-hint = 第n回は自動で付きます
form-round-date = 日
form-round-date-hint = 例：5/20、令和9年5月20日
form-round-start = 開始
form-round-start-hint = 例：14:00、午後2時（空けてもかまいません）
form-round-end = 終了
form-round-end-hint = 例：15:30（空けてもかまいません）
form-round-place = 場所
form-round-place-hint = 例：市民会館 会議室（空けてもかまいません）
refused-council-planned = { $year }年度の協議会は、すでに予定されています（連携の場 { $number }）。ほかにも開くときは /session plan（連携の場 予定）をお使いください。

word-session-kind-adviser = アドバイザー会議

word-schedule-digest = 週のまとめ
schedule-set =
    「{ $what }」を届けるときを変えました。
    いつ：{ $cadence }
    これからの3回：
schedule-undone =
    「{ $what }」を届けるときを、元に戻しました。
    いつ：{ $cadence }
    これからの3回：
undo-late-schedule = もう一度 /office schedule（拠点設定 予定）で変えてください。
refused-schedule-changed = その後、ほかの方が変えたため、元に戻せません。/office schedule（拠点設定 予定）で変えてください。
schedule-shift-unclear = 「いつ」に休みの日のことが書いてあるので、「休みの日」（shift）は空けてください。
refused-schedule-once = 「{ $what }」は、くり返し届くものです。「毎週月曜 9時」のように書いてください。
refused-schedule-too-often = 「{ $what }」は、一日に何度も届けることはできません。「毎週月曜 9時」のように、一日一回までにしてください。
word-shift-none = そのままの日
word-shift-next = 翌営業日
word-shift-previous = 前営業日
act-office-schedule = 届けるときの変更
act-office-schedule-undo = 届けるときを元に戻す
refused-not-months = 「3」「3か月」のように 1～12 か月で書いてください。知らせがいらないときは「なし」です。

command-office-schedule = 予定
command-office-schedule-description = 定期のお知らせが届くときを決めます
command-office-schedule-what = お知らせ
command-office-schedule-what-description = どのお知らせか
command-office-schedule-cron = いつ
command-office-schedule-cron-description = いつ（例：毎週月曜 9時、0 9 * * 1）
command-office-schedule-shift = 休みの日
command-office-schedule-shift-description = 休みの日に当たるとき（空けると翌営業日）
word-setting-digest = 週のまとめが届くとき（/office schedule で決めます）
word-setting-adviser_meeting = アドバイザー会議の間隔（1～12か月、なし）
refused-setting-schedule = /office schedule（拠点設定 予定）で「毎週月曜 9時」のように決めてください。
word-matter-digest-week = 週のまとめ
word-matter-council-plan = 協議会の準備

# Events (イベント) of the server's own list, and what the desk is told of them.

place-event = サーバーのイベント
subject-event = 連携の場 { $number } のイベント
subject-hand = 連携の場 { $number } のイベントへの手直し
act-event-right = イベントの出し直し
word-setting-session_event = サーバーのイベントにする連携の場（tier3 / never）

event-what = { $kind }（拠点の立場：{ $role }）
event-associations = 団体：{ $names }
event-time-unsettled = 時刻はまだ決まっていません。決まると、ここも変わります。
event-end-unsettled = 終わりの時刻は目安です。
event-more = くわしくは /session show（連携の場 詳細）の番号 { $number } でご覧になれます。
event-mark = 管理番号 { $mark }
event-place-unsettled = 場所は未定です

event-noticed-title = 連携の場 { $number } のイベントが、Discord で変えられました
event-settled-title = 連携の場 { $number } のイベントの件は、済みました
event-settled = なさることはありません。
event-hand-changed = サーバーのイベントを、どなたかが手で変えました。連携の場の予定は変わっていません。
event-hand-deleted = サーバーのイベントを、どなたかが手で消すか、中止か終了にしました。連携の場の予定は変わっていません。
event-remedy-changed =
    1. 予定も変えるときは、/session move（連携の場 変更）で番号 { $number } の日時を変えます。イベントもそろいます。
    2. 予定のとおりに戻すときは、下のボタンを押します。
event-remedy-deleted =
    1. もう一度イベントにするときは、下のボタンを押します。
    2. 予定も取りやめるときは、/session cancel（連携の場 中止）で番号 { $number } を中止します。
    3. イベントがいらないだけなら、そのままで結構です。自動では作り直しません。
field-event-parts = 変わったところ
field-event-planned = 連携の場の予定
field-event-seen = Discord のイベント
event-span = { $start } から { $end } まで
word-event-part-name = 題名
word-event-part-time = 日時
word-event-part-place = 場所
word-event-part-description = 説明
button-event-right-changed = 予定のとおりに戻す
button-event-right-deleted = もう一度イベントにする
button-event-now = いまの状況を見る
event-righted = 連携の場 { $number } のイベントを、予定のとおりに出します。
event-righted-back = 手で変えられた内容は残していません。そちらを生かすときは、/session move（連携の場 変更）で { $number } を直すと、イベントもそろいます。
event-righted-back-span = 手で変えられたイベントの日時は { $span } でした。そちらを生かすときは、/session move（連携の場 変更）で { $number } をその日時に直すと、イベントもそろいます。
event-righted-again = やはり出さないときは、Discord でイベントを削除してください。自動では作り直しません。
event-stands = 連携の場 { $number } のイベントに、お知らせすることはありません。
event-stands-changed = 連携の場 { $number } のイベントは、予定と違うままです。
event-stands-deleted = 連携の場 { $number } のイベントは、消されたままです。
refused-event-settled = この件は、もう済んでいます。いまの予定は /session show（連携の場 詳細）でご覧になれます。

check-events-ill = {""}**× サーバーのイベント**　三次連携の場を、サーバーのイベントにできません。
check-events-what = ボットに「イベントを作成」の権限がありません。
check-events-mend = サーバー設定 → ロール → ボットのロールで、「イベントを作成」を ✓ にします。イベントがいらないときは、/office setting（拠点設定 設定）で session_event を never にします。
stoppage-reason-permission-create-events = ボットに「イベントを作成」の権限がありません。
stoppage-remedy-permission-create-events =
    1. サーバー設定 → ロール → ボットのロールで、「イベントを作成」を ✓ にします。
    2. イベントがいらないときは、/office setting（拠点設定 設定）で session_event を never にします。
stoppage-reason-events-full = サーバーのイベントが、Discord の上限（100件）に達しています。
stoppage-remedy-events-full = サーバーのイベントのうち、いらないものを消します。15分ごとに自動でもう一度試します。

# Memos (登録したリマインダー).

subject-memo = リマインダー { $number }
what-memo-words = 内容

field-memo-next = 次
field-memo-when = いつ
field-memo-place = 送り先
field-memo-by = 登録した方
memo-once = 1回だけ
memo-state-waiting = 予定
memo-state-over = 終わりました
memo-state-stopped = 止めました
memo-state-dropped = 送り先がなくなったため、やめました
memo-place-gone = なくなったチャンネル
memo-day-off = { $date }は休みの日です。

when-coming = ・{ $moment }
when-examples-separator = 」「
memo-previewed =
    まだ登録していません。次のように読み取りました。
    いつ：{ $cadence }
    送り先：{ $place }
    { $words }
    はじめの3回：
memo-previewed-next = よろしければ「登録する」を押してください。違うときは、書き方を変えて、もう一度お試しください。
button-memo-keep = 登録する
memo-kept =
    リマインダー { $number } を登録しました。
    次：{ $next }
    送り先：{ $place }
    { $words }
memo-kept-repeated = くり返し：{ $cadence }
memo-kept-next = 止めるときは /reminder cancel（リマインダー 取消）{ $number } です。
memo-stopped = リマインダー { $number } を止めました。もう届きません。
memo-undone-added = リマインダー { $number } の登録を取り消しました。
memo-undone-stopped = リマインダー { $number } を元に戻しました。次は { $next } です。

memo-list-title = リマインダー　全{ $total }件
memo-list-line = { $number }　{ $next }（{ $cadence }）　{ $place }　{ $words }
memo-list-next = 止めるときは /reminder cancel（リマインダー 取消）に行の頭の番号を書いてください。
memo-list-empty = これから届くリマインダーはありません。/reminder add（リマインダー 登録）で登録できます。

memo-card-title = リマインダー　{ $date }
memo-card-once = /reminder add（リマインダー 登録）で登録された、リマインダー { $number } です。1回だけのお知らせです。
memo-card-repeated = /reminder add（リマインダー 登録）で登録された、リマインダー { $number }（{ $cadence }）です。次は { $next } です。止めるときは「止める」を押してください。
memo-card-last = /reminder add（リマインダー 登録）で登録された、リマインダー { $number } です。これが最後のお知らせです。
button-memo-stop = 止める
button-memo-show = くわしく
reminder-memo-dropped = リマインダー { $number }　送り先（{ $place }）がなくなったため、やめました。続けるときは、/reminder add（リマインダー 登録）で登録し直してください。
reminder-button-memo = リマインダー { $number } を見る

act-memo-add = リマインダーの登録
act-memo-stop = リマインダーを止める
act-memo-undo = リマインダーを元に戻す
act-memo-drop = 送り先のないリマインダーをやめる

refused-no-such-memo = その番号のリマインダーは、ないか、ご覧になれません。/reminder list（リマインダー 一覧）で番号をお確かめください。
refused-not-a-memo = リマインダーは、候補から選ぶか、番号を「3」のように書いてください。
refused-memo-at-all = リマインダーを登録できるのは、連携コーディネーターと、団体の三役・連携担当の方です。お知らせしたいことは、その方々へお伝えください。
refused-memo-channel = そのチャンネルへのリマインダーは登録できません。「チャンネル」（channel）を空けると、ご自身の団体のチャンネルに届きます。ほかへ送りたいときは連携コーディネーターへお伝えください。
refused-memo-unbound-channel = そのチャンネルには使いみちがありません。/office channel（拠点設定 チャンネル）で決めたチャンネルを選ぶか、空けて、もう一度お試しください。
refused-memo-no-channel = { $place }がまだ決まっていません。連携コーディネーターに、チャンネルを決めるようお伝えください。
refused-memo-too-many = これから届くリマインダーは、お一人 { $limit } 件までです。/reminder list（リマインダー 一覧）で要らないものを止めてから、もう一度お試しください。
refused-memo-too-many-of-office = これから届くリマインダーは、拠点全体で { $limit } 件までです。要らないものを止めるよう、連携コーディネーターへお伝えください。
refused-memo-over = リマインダー { $number } は、すでに終わっています。もう一度届けるときは、/reminder add（リマインダー 登録）で登録してください。
refused-memo-stopped = リマインダー { $number } は、すでに止めてあります。もう一度始めるときは、/reminder add（リマインダー 登録）で登録してください。
refused-memo-dropped = リマインダー { $number } は、送り先がなくなったため、すでにやめてあります。続けるときは、/reminder add（リマインダー 登録）で登録し直してください。
refused-memo-waiting = リマインダー { $number } は、まだ届く予定です。もう一度お試しください。
refused-memo-changed-meanwhile = ちょうど今、そのリマインダーが届いたか、ほかの方が止めました。/reminder list（リマインダー 一覧）で確かめて、もう一度お試しください。
refused-memo-undo-gone = この操作は、ここからは元に戻せません。/reminder list（リマインダー 一覧）でお確かめください。
refused-memo-undo-late = { $minutes }分が過ぎたため、元に戻せません。リマインダー { $number } のいまの様子は、/reminder list（リマインダー 一覧）でお確かめください。
refused-memo-undo-changed = リマインダー { $number } は、その後に届いたか、ほかの方が変えたため、元に戻せません。/reminder list（リマインダー 一覧）でお確かめください。
refused-memo-undo-passed = リマインダー { $number } は、届くはずの時刻を過ぎたため、元に戻せません。/reminder add（リマインダー 登録）で登録し直してください。

refused-when = 「{ $part }」が読み取れません。「{ $examples }」のように書いてください。
refused-when-too-long = いつ届けるかは { $limit } 字までで書いてください。
refused-when-past = { $moment } は過ぎています。これからの日時にして、もう一度お試しください。
refused-when-too-far = { $years }年より先は登録できません。年を確かめて、もう一度お試しください。
refused-when-several-times = 時刻がいくつもあります。一つずつ分けて登録してください。
refused-when-several-days = 日がいくつもあります。一つずつ分けて登録してください。
refused-when-no-place = 「{ $part }」は、どの月にもありません。第1～第5の曜日、1日～31日、第1～第{ $limit }営業日で書いてください。
refused-when-not-that-month = その月に、その日はありません。「月末」のように書いて、もう一度お試しください。
refused-when-month-step = { $months }か月ごとでは、毎年同じ月になりません。1・2・3・4・6か月ごとにするか、「毎年4月・9月の1日」のように月を書いてください。
refused-expression-fields = くり返しの式の項目が { $count } 個あります。「分 時 日 月 曜日」の5個（例：0 9 * * 1）にするか、「毎週月曜 9時」のように書いてください。
refused-expression-part = くり返しの式の「{ $part }」が読み取れません。「0 9 * * 1」「0 9 1 * * shift=next」のようにするか、「毎週月曜 9時」のように書いてください。
refused-expression-range = くり返しの式の { $value } は使えません。{ $least } から { $most } までの数にしてください。
refused-expression = くり返しの式の組み合わせが使えません。「毎週月曜 9時」「毎月第1営業日」のように書いてください。
refused-too-often = 短い間隔ではくり返せません。{ $minutes }分以上あけてください。
refused-never-due = そのくり返しでは、届く日が一度もありません。日と月を確かめて、もう一度お試しください。

command-reminder = リマインダー
command-reminder-description = 決めた日に、チャンネルへお知らせします
command-reminder-add = 登録
command-reminder-add-description = リマインダーを登録します（くり返すものは、確かめてから登録されます）
command-reminder-add-text = 内容
command-reminder-add-text-description = お知らせすること（患者さん・利用者さんのことは書かないでください）
command-reminder-add-when = いつ
command-reminder-add-when-description = いつ（例：12/1 14:00、来週金曜、毎月第2火曜 14時、月末の平日）
command-reminder-add-channel = チャンネル
command-reminder-add-channel-description = 送り先（空けると、ご自身の団体のチャンネルか相談窓口）
command-reminder-list = 一覧
command-reminder-list-description = これから届くリマインダーの一覧です
command-reminder-cancel = 取消
command-reminder-cancel-description = リマインダーを止めます
command-reminder-cancel-number = 番号
command-reminder-cancel-number-description = 番号（例：3）

word-matter-memo-due = リマインダー
word-matter-memo-dropped = やめたリマインダー

# Feedback (フィードバック).

subject-feedback = フィードバック { $number }
feedback-name = フィードバック { $number }（{ $association }）
suggested-feedback = { $number }　{ $association }　{ $state }
word-feedback-state-draft = 下書き
word-feedback-state-sent = 送付済
word-feedback-state-withdrawn = 取り下げ
word-feedback-state-dropped = 見送り
word-feedback-corrected = 送付済（訂正あり）
what-feedback-opening = はじめのことば
what-feedback-closing = 終わりのことば

feedback-title = フィードバック { $number }　{ $association }
feedback-title-corrected = 【訂正】フィードバック { $number }　{ $association }
feedback-corrected = { $date }に訂正しました。
feedback-after-session = { $name }（{ $when }）のあとのまとめです。ご参加ありがとうございました。
feedback-window = { $since }から{ $until }までに寄せられた課題と、その後の動きです。
feedback-window-first = { $until }までに寄せられた課題と、その後の動きです。
feedback-quiet = この間、新しい動きはありませんでした。お預かりしている課題は、引き続き検討しています。
feedback-quiet-empty = まだ課題は寄せられていません。気づいたことがあれば、/issue add（課題 記録）でお聞かせください。
feedback-counted = このほか{ $count }件は、このチャンネルを見る方の範囲の都合で、文面を載せていません。/issue list（課題 一覧）で読めます。
feedback-gone = このほか{ $count }件は、共有の取り下げなどのため、いまはお見せしていません。
feedback-raised = 寄せられた課題・アイデア（{ $count }件）
feedback-raised-line = #{ $number }　{ $wording }
feedback-moved = 動きのあった課題（{ $count }件）
feedback-moved-line = #{ $number }　{ $from } → { $to }　{ $wording }
feedback-answers = ほかの職能団体から共有されたこと（{ $count }件）
feedback-answer-line = #{ $number }　{ $wording }
feedback-answer-source = （{ $source }）
feedback-answer-ties = ［{ $numbers } に関連］
feedback-ahead = これからの予定
feedback-session-line = { $when }　{ $name }
feedback-session-cancelled = 【中止】{ $when }　{ $name }
feedback-review-line = { $when }　{ $name }
feedback-tally = これまでの課題・アイデア
feedback-tally-line = 全部で{ $total }件：{ $counts }
feedback-closing = 連携拠点より
feedback-footer = くわしくは /issue list（課題 一覧）と /issue show（課題 詳細）でご覧になれます。
feedback-more = ほか{ $count }件は /issue list（課題 一覧）でご覧ください。
feedback-more-answers = ほか{ $count }件は /issue list（課題 一覧）でご覧ください。
feedback-more-ahead = ほか{ $count }件は /session list（連携の場 一覧）と /review list（反省会 一覧）でご覧ください。
feedback-withdrawn = このフィードバックは取り下げました。お尋ねは、連携拠点の相談窓口へどうぞ。

button-feedback-show = くわしく
button-feedback-open = フィードバックの一覧を見る
button-feedback-number = { $number } を見る
button-feedback-send = 承認して送る
button-feedback-edit = 編集
button-feedback-renew = 取り込み直す
button-feedback-drop = 送らない
button-feedback-correct = 訂正する
button-feedback-withdraw = 取り下げる
button-feedback-send-correction = 訂正を送る

feedback-drafted = 下書きを{ $count }件用意しました：{ $names }
feedback-drafted-after-session = 参加した職能団体へのフィードバックの下書きを{ $count }件用意しました。確かめてから送ってください。
feedback-renewed = 新しい動きを取り込みました。
feedback-edited = 下書きを直しました。
feedback-corrected-sent = 訂正しました。投稿は「訂正」と示して書きかわります。
feedback-undone = フィードバック { $number } を元に戻しました。
feedback-is-draft = { $name }の下書きです。次の内容が { $channel } に届きます。よければ「承認して送る」を押してください。
feedback-is-draft-unbound = { $name }の下書きです。{ $association }にはフィードバックのチャンネルがまだないので、送れません。/office association（拠点設定 団体）の feedback で決められます。
feedback-is-sent = { $name }は送付済です。{ $channel } には次の内容が出ています。
feedback-is-withdrawn = { $name }は取り下げました。チャンネルには、取り下げたことだけが残っています。次の下書きには、この間のことがもう一度入ります。
feedback-is-dropped = { $name }は送らないことにしました。必要なときは /feedback draft（フィードバック 作成）でつくり直せます。
feedback-stale = 下書きのあとに新しい動きがありました。「取り込み直す」で入ります。
feedback-left-out = 載せない課題：{ $numbers }
feedback-sent = { $name }を送りました。{ $channel } に届きます。
feedback-dropped = { $name }は送らないことにしました。
feedback-was-withdrawn = { $name }を取り下げました。投稿は、取り下げたという一文に置きかわります。
feedback-correction = まだ訂正していません。{ $name }は次のようになります。よければ「訂正を送る」を押してください。

feedback-list-title = フィードバック　全{ $total }件
feedback-list-line = { $number }　{ $association }　{ $state }　{ $date }
feedback-list-next = 番号のボタンで中身を見られます。
feedback-list-empty = フィードバックはまだありません。/feedback draft（フィードバック 作成）で下書きをつくれます。
feedback-list-empty-own = 届いたフィードバックはまだありません。連携の場のあとと月に一度、連携拠点がお届けします。

feedback-drafts-title = フィードバックの下書き　{ $date }
feedback-drafts = フィードバックの下書きが{ $count }件あります。一覧から中身を確かめて、送るか送らないかを決めてください。
feedback-drafts-line = { $number }　{ $association }
feedback-drafts-line-quiet = { $number }　{ $association }（新しい動きなし：短い一言）
feedback-more-drafts = ほか{ $count }件は /feedback list（フィードバック 一覧）でご覧ください。

form-feedback = フィードバック { $number } の編集
form-feedback-opening = はじめのことば
form-feedback-opening-hint = 課題の前に添えることば（空けてもかまいません）
form-feedback-closing = 終わりのことば
form-feedback-closing-hint = 最後に添えることば（空けてもかまいません）
form-feedback-left-out = 載せない課題の番号
form-feedback-left-out-hint = 例：12、15（すべて載せるときは空けてください）

word-schedule-feedback = フィードバックの下書き
word-setting-feedback = フィードバックの下書きが届くとき（/office schedule で決めます）
word-matter-feedback-month = フィードバックの下書き
schedule-off-feedback = 「{ $what }」は、これからは自動で用意しません。必要なときは /feedback draft（フィードバック 作成）でつくれます。
refused-schedule-feedback = フィードバックの下書きは、ひと月に一度までです。「毎月第1営業日 9時」「毎月10日 9時」のように書いてください。休みの日は翌営業日にします。

act-feedback-draft = フィードバックの下書き
act-feedback-renew = フィードバックの取り込み直し
act-feedback-edit = フィードバックの編集
act-feedback-send = フィードバックの送付
act-feedback-correct = フィードバックの訂正
act-feedback-withdraw = フィードバックの取り下げ
act-feedback-drop = フィードバックの見送り
act-feedback-undo = フィードバックを元に戻す

refused-no-such-feedback = その番号のフィードバックは、ないか、ご覧になれません。/feedback list（フィードバック 一覧）で番号をお確かめください。
refused-not-a-feedback = フィードバックは、候補から選ぶか、番号を「3」のように書いてください。
refused-feedback-list = フィードバックの一覧は、連携コーディネーターと、団体の三役・連携担当の方がご覧になれます。中身は、その方々へお尋ねください。
refused-feedback-both = 「連携の場」と「月」は、どちらか一つにしてください。
refused-feedback-not-held = { $name }は、まだ実施済になっていません。先に /session record（連携の場 記録）{ $number } で記録してください。
refused-feedback-nobody = { $name }に参加した職能団体がないので、下書きをつくれません。団体を「団体」の欄に書いて、「連携の場」を空けてお試しください。
refused-feedback-no-news = 新しく伝えることのある職能団体はありませんでした。団体を名指しすると、短い一言の下書きをつくれます。
refused-feedback-unbound = { $association }にはフィードバックのチャンネルがないので、送れません。/office association（拠点設定 団体）で、name に団体名、feedback にチャンネルを書いて決めてから、/feedback send（フィードバック 送付）{ $number } をもう一度お試しください。
refused-feedback-changed = フィードバック { $number } は、ご覧になったあとに変わりました。/feedback send（フィードバック 送付）{ $number } で、いまの内容をお確かめください。
refused-feedback-changed-words =
    フィードバック { $number } は、ご覧になったあとに変わったので、まだ直していません。/feedback send（フィードバック 送付）{ $number } で、いまの内容を確かめてから、もう一度お試しください。お書きになったことば：
    { $words }
refused-feedback-second = この団体には、別の下書きがもうあるので、フィードバック { $number } を下書きに戻せません。/feedback list（フィードバック 一覧）でその下書きをお使いください。
refused-feedback-unchanged = フィードバック { $number } は、何も変わっていません。変えるところを書いてください。
refused-feedback-not-told = #{ $issue } はフィードバック { $number } に載っていません。載っている番号を書いてください。
refused-feedback-undo-late = { $minutes }分を過ぎたので、元に戻せません。/feedback send（フィードバック 送付）{ $number } で、いまの内容から直してください。
refused-personal-data-in-feedback = 個人の情報らしいものがあるので、まだ直していません。その部分を書きかえて、もう一度お試しください：{ $masked }

command-feedback = フィードバック
command-feedback-description = 寄せられた課題とその後を、職能団体へお返しします
command-feedback-draft = 作成
command-feedback-draft-description = フィードバックの下書きをつくります（送る前に中身を確かめられます）
command-feedback-draft-association = 団体
command-feedback-draft-association-description = 職能団体（空けると、新しいことのあるすべての団体）
command-feedback-draft-session = 連携の場
command-feedback-draft-session-description = この連携の場のあとのまとめ（例：3）
command-feedback-draft-month = 月
command-feedback-draft-month-description = この月のことだけ（例：2026-11、先月。空けると、前回のあとのこと）
command-feedback-send = 送付
command-feedback-send-description = 団体が見るとおりに確かめて、送る・直す・取り下げる
command-feedback-send-number = 番号
command-feedback-send-number-description = フィードバックの番号（例：3）
command-feedback-list = 一覧
command-feedback-list-description = フィードバックの一覧です（団体の方は、届いたもの）

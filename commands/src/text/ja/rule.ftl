# Rules (基準) of standards, switched on for associations.

command-office-rule = 基準
command-office-rule-description = 運営基準などの期限や施行日を、団体へのお知らせにします（または止めます）
command-office-rule-pack = 基準集
command-office-rule-pack-description = どの基準か
command-office-rule-rule = 項目
command-office-rule-rule-description = その中のどの項目か
command-office-rule-associations = 団体
command-office-rule-associations-description = お知らせする団体（、で区切って複数）。空けておくと、内容を見るだけです
command-office-rule-stop = 止める
command-office-rule-stop-description = 「はい」で、その団体へのお知らせを止めます

subject-rule = 基準のお知らせ { $number }
act-rule-on = 基準のお知らせを始めた
act-rule-off = 基準のお知らせを止めた
act-rule-undo = 基準のお知らせの変更の取り消し

refused-no-such-rule = その基準は見つかりません。`/office rule` の候補から選んでください。
refused-rule-associations = 団体の名前を、1 から { $limit } まで、、で区切って入れてください。
refused-rule-undo-late = { $minutes }分を過ぎたので、取り消せません。`/office rule` で変えてください。
refused-rule-undo-gone = この取り消しは、もう使えません。`/office rule` で今のようすを確かめてください。
refused-rule-undo-changed = その後に変わっているので、取り消せません。`/office rule` で変えてください。

rule-title = 基準 { $article }（{ $change }）
word-matter-rule-deadline = 基準の期限
word-matter-rule-effect = 基準の施行日
word-matter-rule-transition = 基準の経過措置の終わり
word-rule-change-new = 新設
word-rule-change-changed = 改正
word-rule-change-kept = 従来どおり
field-rule-standard = 出典
rule-standard = { $standard }（{ $source }）
field-rule-dates = 日付
rule-effect-ahead = { $date }に施行されます。{ $leads }にお知らせします。
rule-effect-past = { $date }に施行済みです（お知らせはしません）。
rule-transition-ahead = 経過措置は { $date }までです。{ $leads }にお知らせします。
rule-transition-past = 経過措置は { $date }で終わりました（お知らせはしません）。
field-rule-deadline = 毎月の期限
rule-every-month = { $after ->
        [0] その月
        [1] 翌月
       *[other] { $after }か月後
    }の{ $day }まで（休みの日でもずらしません）。{ $leads }（休みの日はその前の営業日）にお知らせします。
rule-day-last = 末日
rule-day-of = { $day }日
rule-next-due = 次のお知らせ：{ $said }（{ $month }分、期限 { $date }）
rule-month = { $month }月
field-rule-keeping = 保存
rule-keeping = { $years }年間。例：{ $today }に終えた記録は { $until }まで。
rule-lead = { $days }日前
field-rule-for = お知らせしている団体
rule-for-nobody = ありません
rule-next-desk = 始めるときは 団体 を、止めるときは 止める も選んで /office rule
rule-next = 止めてほしいときは、相談窓口へお伝えください
rule-on = { $count }団体へのお知らせを始めました。期限や日付が近づくと、その団体のチャンネルに届きます。
rule-off = { $count }団体へのお知らせを止めました。
rule-on-already = もうお知らせしています。変えることはありません。
rule-off-already = お知らせしていません。変えることはありません。
rule-undone = 取り消しました。前のとおりです。

reminder-rule-deadline = 📌 **{ $phrase }**：{ $month }分の期限は { $date }です（基準 { $article }）。
    　{ $association }に設定された基準のお知らせです。止めるときは相談窓口へお伝えください。
reminder-rule-effect = 📌 **{ $phrase }**：{ $date }に施行されます（基準 { $article }）。
    　{ $association }に設定された基準のお知らせです。止めるときは相談窓口へお伝えください。
reminder-rule-transition = 📌 **{ $phrase }**：経過措置は { $date }までです（基準 { $article }）。
    　{ $association }に設定された基準のお知らせです。止めるときは相談窓口へお伝えください。
reminder-button-rule = 基準を見る
reminder-button-rule-article = 基準 { $article } を見る

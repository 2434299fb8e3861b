# The manual's two forms, on the screen and as a sheet.

word-form-1 = 様式1
word-form-2 = 様式2
word-form-choice-1 = 様式1（言われた順）
word-form-choice-2 = 様式2（カテゴリ別）

form-tier-0 = {""}
form-tier-1 = 【一次連携】{" "}
form-tier-2 = 【二次連携】{" "}
form-tier-3 = 【三次連携】{" "}
form-title = { $tier }課題・アイデア一覧
form-title-session = { $tier }{ $name }
form-of = { $name }
form-of-mine = 自分が記録したもの
form-day-made = { $date } 現在
form-cut = ⚠ 全{ $total }件のうち、新しい{ $held }件です。階層・団体・連携の場で絞ると、残りも見られます。
form-footer = { $form }　{ $place }

form-row = **{ $no }**　#{ $number }
form-row-speaker = 発言者：{ $speaker }
form-row-note = 備考：{ $note }
form-opinion-goes-on = （つづき）
form-category = **{ $rank }位　{ $name }（{ $count }件）**
form-category-goes-on = **{ $rank }位　{ $name }**（つづき）
form-no-category = **{ $name }（{ $count }件）**
form-no-category-goes-on = **{ $name }**（つづき）
form-category-count = （{ $count }件）
form-categorised = 分類済み
form-uncategorised = 未分類
form-kind = 〔{ $kind }〕
form-bullet = ・{ $wording }
form-bullet-numbered = ・#{ $number } { $wording }
form-weight = （{ $count }件）
form-again = 【再掲】

form-column-no = No
form-column-source = 職種
form-column-speaker = 発言者
form-column-opinion = 意見
form-column-note = 備考
form-column-rank = 順位
form-column-category = カテゴリ
form-column-kind = 課題/アイデア

exported = { $of }の{ $form }を、Excel のファイルにしました（{ $count }件）。
export-of-all = 読める課題すべて
export-description = { $form }（{ $date }）
export-empty = 当てはまる課題がないので、ファイルは作りませんでした。階層や団体を変えて、もう一度お試しください。
export-care = このファイルが見えるのは、あなただけです。渡す相手にお気をつけください。
export-with-speakers = ⚠ 発言者の列が入っています。相談窓口の外へは渡さないでください。
act-issue-export = 一覧の書き出し
audit-export-count = { $value }件
audit-export-speakers = 発言者の列あり

command-issue-list-form = 様式
command-issue-list-form-description = 手引きの様式で全文を見ます
command-issue-export = 書出
command-issue-export-description = 手引きの様式を Excel のファイルにします（あなただけに届きます）
command-issue-export-form = 様式
command-issue-export-form-description = どちらの様式か
command-issue-export-tier = 階層
command-issue-export-tier-description = この階層だけ
command-issue-export-association = 団体
command-issue-export-association-description = この団体が出したものだけ
command-issue-export-session = 連携の場
command-issue-export-session-description = この連携の場で出たものだけ
command-issue-export-speakers = 発言者
command-issue-export-speakers-description = 相談窓口だけ：発言者の列を入れるか（空けると入ります）

# Keeping and letting go (保存と削除): keeping time, archive, deletion, departure, petitions.

subject-retention = 保存期間を過ぎた記録（{ $number }）
subject-petition = ご本人からの依頼 { $number }
subject-departure = 退出と復帰 { $number }
subject-deletion = 拠点の削除の申し出 { $number }
word-matter-retention-propose = 保存期間の確かめ

act-office-left = ボットがサーバーから外れた
act-office-return = ボットがサーバーに戻った
act-office-export = 拠点の一括書き出し
act-office-delete-ask = 拠点の削除の申し出
act-office-delete-withdraw = 拠点の削除の取り下げ
act-retention-decide = 保存期間を過ぎた記録の削除の決定
act-retention-delete = 保存期間を過ぎた記録の削除
act-retention-keep = 保存期間の延長
act-retention-reopen = 保存期間の延長の取り消し
act-petition-ask = ご本人からの依頼
act-petition-done = ご本人からの依頼への対応
act-petition-decline = ご本人からの依頼への回答（対応できない）
act-petition-remove-name = 氏名の削除

command-office-retention = 保存期間
command-office-retention-description = 保存期間を過ぎた記録を見て、削除するか、もっと長く保存するかを決めます
command-office-retention-of = 対象
command-office-retention-of-description = この記録がいつから削除できるか（例：issue:12、session:3）
command-office-export = 一括書き出し
command-office-export-description = 拠点のすべての記録を一つのファイルで受け取ります
command-office-delete = 拠点の削除
command-office-delete-description = 拠点のすべての記録を削除します（はじめに、消えるものをお見せします）
command-office-delete-confirm = 確認の文
command-office-delete-confirm-description = 一人で削除するときだけ：お見せする文をそのまま入力

retention-kind-issue = 課題・アイデア
retention-kind-session = 連携の場
retention-kind-review = 反省会
retention-kind-project = 支援事業
retention-kind-target = 年度目標
retention-kind-record = 進捗
retention-kind-memo = リマインダー
retention-kind-feedback = フィードバック
retention-kind-import = 取込の控え
retention-kind-reminder = 届けたお知らせ
retention-kind-month = 月次
retention-kind-yearly = 年次
retention-count = ・{ $noun }　{ $count }件

retention-title = 保存期間を過ぎた記録（{ $year }）
retention-proposed =
    年度の終わりから{ $years }年の保存期間を過ぎた記録が { $count } 件あります。
    { $counts }

    一覧を確かめて、削除するか、もっと長く保存するかを決めてください。決めるまで、何も消えません。
retention-footer = 続いている記録と、それが関わる記録は、古くても含みません
retention-kept-card = { $who } さんが、{ $count } 件を{ $year }まで保存すると決めました。それまで、お知らせしません。
retention-deleting-card = { $who } さんの決定により、{ $count } 件を削除しています。
retention-deleted-card = { $who } さんの決定により、{ $count } 件を削除しました。ボットの投稿も取り下げます。バックアップにある写しは、その保存期間が終わるまで残ります。
retention-list-title = 保存期間を過ぎた記録　全{ $total }件
retention-list-line = ・{ $name }　最後の動き：{ $last }
retention-list-next = 決めるまで、何も消えません
retention-nothing = いま削除できる記録はありません。記録は、最後に動きのあった年度の終わりから{ $years }年間保存します。次に確かめるのは { $day } です。
retention-single-due = { $name } は保存期間を過ぎています。ほかの記録といっしょに、一覧から削除を決められます。
retention-ask =
    {""}**{ $count } 件を削除します。元には戻せません。**
    { $counts }

    消えるもの：記録、変更の記録、共有した言い方、検索の控え、予定、ボットの投稿。
    残るもの：だれが、いつ、どの番号を削除したか（内容はありません）。人がスレッドに書いたこと。
    バックアップにある写しは、その保存期間が終わるまで残ります（管理者の手引きをご覧ください）。
    先に一括書き出しで手元に残すこともできます。
retention-changed = 先ほどお見せしたあとに、件数が変わりました。もう一度お確かめください。
retention-deleting = { $count } 件の削除を始めました。終わると、相談窓口のカードでお知らせします。
retention-longer = いつまで保存しますか。それまで、同じ記録についてはお知らせしません。
retention-kept = { $count } 件を{ $year }の始まりまで保存します。
retention-reopened = 延長を取り消しました。相談窓口のカードから、もう一度決められます。
button-retention-list = 一覧を見る
button-retention-ask = 削除する…
button-retention-longer = もっと長く保存する
button-retention-delete = 削除する（元に戻せません）
button-retention-until = あと{ $years }年（{ $year }まで）
button-retention-reopen = 延長を取り消す
refused-retention-of = 「issue:12」「session:3」「project:2」「review:4」「target:5」「record:6」のように、種類と番号で入力してください。
refused-retention-nothing = { $name } は見つかりません。番号をお確かめください。
refused-retention-lives = { $name } はまだ続いているので、削除できません。終わってから、保存期間を数えます。
refused-retention-lives-by = { $name } は、続いている { $by } に関わるので、削除できません。{ $by } が終わってから、保存期間を数えます。
refused-retention-until = { $name } は { $day } まで保存期間です。その日から削除できます。
refused-retention-until-by = { $name } は、{ $by } が保存されるあいだ、いっしょに保存します。{ $day } から削除できます。
refused-retention-meanwhile = ほかの方がすでに決めたか、変わりました。/office retention（拠点設定 保存期間）で、いまの様子をお確かめください。

archive-noun-office = 拠点の設定・団体・リマインダー・キーパーソン
archive-noun-issue = 課題・アイデアと共有
archive-noun-notice = 行政通知
archive-noun-feedback = フィードバック
archive-noun-fund = 基金メニュー
archive-noun-rule = 基準
archive-noun-session = 連携の場
archive-noun-review = 反省会
archive-noun-project = 支援事業
archive-noun-target = 年度目標と進捗
archive-noun-trace = 変更と監査の記録
archive-names = 発言者・キーパーソンの氏名が入っています。連携コーディネーターのほかには渡さないでください。
archive-no-names = 発言者・キーパーソンの氏名は入っていません。必要なときは、連携コーディネーターが /office export を使ってください。
archive-read-me =
    Renkei（連携）の記録　{ $date }
    
    このファイルには、拠点の記録のすべて（{ $tables } 表、{ $rows } 行）が入っています。
    { $names }
    鍵のかかる場所に保管し、要らなくなったら消してください。
    
    Excel で見るもの
    { $files }
    
    プログラムで読むもの
    schema.json  表と列の説明（形式の版 { $version }）
    json/表の名前.json  表ごとの中身
    
    入っていないもの
    ・送信の控えと予定（チャンネルの投稿そのものは Discord にあります）
    ・人が入力している途中のもの（24時間以内に消えます）
    ・検索の索引など、ほかの表から作られるもの
    ・人が Discord のチャンネルやスレッドに書いたこと
    
    日時は UTC です。列の意味は、手引きの archive.md をご覧ください。
archive-beyond = ほか { $count } 行は JSON にあります
archive-progress = 書き出しています… { $done } / { $total } 表
archive-description = 拠点の記録のすべて（{ $date }）
archive-made =
    拠点の記録のすべてを書き出しました（{ $tables } 表、{ $rows } 行）。あなただけに見えています。
    ・{""}**発言者の氏名と、非公開の内容がすべて入っています。** 鍵のかかる場所に保管し、ほかの方へ渡さないでください。
    ・入っていないもの：送信の控えと予定、入力の途中のもの、人が Discord に書いたこと。くわしくは README.txt にあります。
refused-archive-too-large = 記録が多く（約{ $size } MiB）、Discord で送れる { $limit } MiB を超えます。ボットの管理者に、renkei export フォルダー名 を実行するよう頼んでください（氏名は入りません）。氏名の要る一覧は /issue export で受け取れます。
button-office-export = 一括書き出し

deletion-phrase = この拠点の記録をすべて削除する
deletion-title = 拠点の記録をすべて削除する申し出
deletion-shown =
    {""}**まだ何も削除していません。** 削除すると、次のものがすべて消え、元には戻せません。
    { $counts }
    設定、団体、変更の記録、監査の記録も含めて、あわせて { $rows } 行です。

    残るもの：チャンネルにあるボットの投稿と、人が書いたこと（チャンネルごと消してください）、バックアップの写し（その保存期間が終わるまで）、だれがいつ削除したか。
    保存期間の途中の記録も消えます。先に一括書き出しで手元に残してください。

    削除のしかたは二つです。
    ・ほかの連携コーディネーターに確かめてもらう（相談窓口に{ $hours }時間、カードを出します）
    ・「{ $phrase }」と入力する
button-deletion-second = ほかのコーディネーターに頼む
button-deletion-phrase = 文を入力して削除…
button-deletion-confirm = すべて削除する（元に戻せません）
button-deletion-withdraw = 取り下げる
form-deletion = 拠点の記録をすべて削除
form-deletion-phrase = この文をそのまま入力してください
deletion-begun = 拠点の記録の削除を始めました。数分のうちにすべて消えます。チャンネルに残るボットの投稿は、チャンネルごと消してください。続けて使うときは、はじめから設定してください。
deletion-asked = 相談窓口にカードを出しました。{ $until } までに、ほかの連携コーディネーターが確かめると、削除を始めます。
deletion-withdrawn = 削除の申し出を取り下げました。何も消えていません。
deletion-card =
    { $who } さんが、この拠点の記録をすべて削除したいと申し出ています。
    ほかの連携コーディネーターが { $until } までに確かめると、すべての記録が消え、元には戻せません。心当たりがなければ、取り下げてください。
deletion-card-withdrawn = { $who } さんの申し出は、{ $by } さんが取り下げました。何も消えていません。
deletion-card-expired = { $who } さんの申し出は、時間のうちに確かめられませんでした。何も消えていません。
refused-deletion-phrase = 文が違うので、何も削除していません。「{ $phrase }」とそのまま入力してください。
refused-deletion-waits = 削除の申し出がすでに相談窓口にあります。そのカードで確かめるか、取り下げてください。
refused-deletion-no-desk = 相談窓口のチャンネルがないので、ほかの方に頼めません。/office channel で決めるか、文を入力してください。
refused-deletion-over = この申し出は、もう終わっています。必要なら /office delete（拠点設定 拠点の削除）でもう一度申し出てください。
refused-deletion-same = 申し出たご本人は、確かめる人になれません。ほかの連携コーディネーターに頼むか、/office delete で文を入力してください。

departure-title = サーバーに戻りました
departure-words =
    ボットは { $left } にこのサーバーから外され、{ $back } に戻りました。
    そのままなら、{ $end } に、この拠点の記録をすべて削除するところでした。戻ったので、何も削除しません。
    外れているあいだに届けるはずだったものは、これから遅れて届きます。記録は一括書き出しで手元に残せます。

word-petition-disclosure = 保存されている内容の開示
word-petition-removal = 氏名の削除
button-petition-ask-disclosure = 開示を頼む
button-petition-ask-removal = 氏名の削除を頼む
button-petition-done = 対応した
button-petition-remove-name = 氏名を削除する…
button-petition-decline = 対応できない…
button-petition-remove = 氏名を削除する（元に戻せません）
button-petition-again = 名前を直す
petition-state-open = 「{ $kind }」を { $day } に頼みました。連携コーディネーターの回答を待っています。
petition-state-done = 「{ $kind }」（{ $day } のご依頼）は、{ $decided } に対応しました。
petition-state-declined = 「{ $kind }」（{ $day } のご依頼）には対応できませんでした（{ $decided }）。理由：{ $reason }
petition-laid = 「{ $kind }」のご依頼を相談窓口に届けました。連携コーディネーターからご連絡します。ようすは、もう一度 /help privacy（ヘルプ 個人情報と保存）を開くとわかります。
petition-card =
    { $who } さんからのご依頼：{ $kind }
    { $day }
petition-help-disclosure = 内容を確かめ、ご本人に直接お伝えしてから「対応した」を押してください
petition-help-removal = 記録したときの名前を入力すると、発言者とキーパーソンの欄から消えます。意見は残ります
petition-card-done = { $who } さんが対応しました。
petition-card-declined = { $who } さんが、対応できないと回答しました。理由は、ご本人に見えます。
field-petition-answer = 回答
petition-done-said = 記録しました。{ $who } さんには、/help privacy を開いたときに見えます。
petition-declined-said = 記録しました。{ $who } さんには、/help privacy を開いたときに理由とともに見えます。
form-petition-decline = 対応できない理由
form-petition-reason = 理由（ご本人に見えます）
form-petition-reason-hint = 例：保存期間の途中のため。令和14年4月1日から削除できます。
form-petition-name = 氏名の削除
form-petition-name-field = 記録したときの名前
form-petition-name-hint = 発言者の欄に書いたとおりに
petition-name-found =
    「{ $name }」は、発言者として { $issues } 件、キーパーソンとして { $persons } 件にあります。
    発言者の欄を空にし、キーパーソンの控えを消します。意見はそのまま残ります。元には戻せません。
    0件のときは、別の書き方で記録したかもしれません。本文に名前があるときは、/issue edit で直してください。
petition-name-removed = { $count } 件から氏名を消し、ご依頼を対応済みにしました。バックアップにある写しは、その保存期間が終わるまで残ります。
refused-petition-waits = 同じご依頼がすでに届いています。連携コーディネーターの回答をお待ちください。
refused-petition-full = 回答を待つご依頼がいっぱいです。連携コーディネーターに直接お申し出ください。
refused-petition-no-desk = 相談窓口のチャンネルがまだないので、届けられません。連携コーディネーターに直接お申し出ください。
refused-petition-over = このご依頼は、すでに回答されています。

# Columns of the workbooks of an archive.
archive-column-id = 番号
archive-column-kind = 種類
archive-column-state = 状態
archive-column-revision = 版
archive-column-wording = 内容
archive-column-note = 備考
archive-column-origin = 把握の場
archive-column-tier = 階層
archive-column-tier_by = 階層を決めた人
archive-column-status = 状況
archive-column-later_year = 次年度以降の年度
archive-column-profession_id = 職種の番号
archive-column-association_id = 団体の番号
archive-column-issue_id = 課題の番号
archive-column-session_id = 連携の場の番号
archive-column-project_id = 支援事業の番号
archive-column-review_id = 反省会の番号
archive-column-target_id = 年度目標の番号
archive-column-record_id = 進捗の番号
archive-column-category_id = カテゴリの番号
archive-column-speaker = 発言者
archive-column-person = 人
archive-column-reporter = 記録した人（Discord）
archive-column-created_at = 作成
archive-column-changed_at = 変更
archive-column-position = 順
archive-column-name = 名前
archive-column-title = 名称
archive-column-held_on = 実施日
archive-column-due_on = 期限
archive-column-done_on = 実施日
archive-column-reason = 理由
archive-column-place = 場所
archive-column-method = 方法
archive-column-purpose = 目的
archive-column-minutes = 議事録
archive-column-words = ことば
archive-column-times = 件数
archive-column-people = 人数
archive-column-amount = 数量
archive-column-unit = 単位
archive-column-mark = 印
archive-column-area = 領域
archive-column-number = 番号
archive-column-item = 項目
archive-column-fiscal_year = 年度
archive-column-plan = 計画
archive-column-day = 日
archive-column-version = 版
archive-column-audience = 届け先
archive-column-destination = 届け先
archive-column-proposed_by = 提案した人（Discord）
archive-column-proposed_at = 提案
archive-column-decided_by = 決めた人（Discord）
archive-column-decided_at = 決定
archive-column-retracted = 取り消し済み
archive-column-office_id = 拠点
archive-column-who = だれ（Discord）
archive-column-at = いつ
archive-column-act = 何を
archive-column-subject_kind = 対象の種類
archive-column-subject_id = 対象の番号
archive-column-details = くわしく
archive-column-before_state = 前
archive-column-after_state = 後
archive-column-budget_yen = 予算（円）
archive-column-budget_source = 財源
archive-column-fund = 基金
archive-column-survey = アンケート
archive-column-key = 項目
archive-column-value = 値
archive-column-passed_on = 団体へ伝達済み
archive-column-measure_open = 反省会待ち
archive-column-kept_private = 非公開のまま

# Notices (行政通知) and bulletins (通知ダイジェスト).

subject-notice = 通知 #{ $number }
subject-bulletin = 通知ダイジェスト { $number }

what-notice-title = 件名
what-notice-wording = 本文
what-notice-topic = 話題
what-notice-part = 部分

word-notice-state-draft = 下書き
word-notice-state-standing = 現行
word-notice-state-partly = 一部改正
word-notice-state-replaced = 差し替え
word-notice-state-abolished = 廃止

form-notice-title-of = 行政通知の登録
form-notice-title = 件名
form-notice-title-hint = 例：感染対策の手引き（第2版）について
form-notice-issued = 番号・発出元
form-notice-issued-hint = 例：事務連絡 厚生労働省老健局
form-notice-date = 日付
form-notice-date-hint = 例：令和3年3月9日、R3.3.9、2021-03-09
form-notice-scopes = 対象
form-notice-scopes-hint = 例：訪問系、通所系（空けると、団体には配信されません）
form-notice-words = 本文またはリンク
form-notice-words-hint = 本文、または https:// ではじまるアドレス
form-notice-topic-of = 話題
form-notice-topic = 話題
form-notice-topic-hint = 例：感染対策の手引き等について
form-notice-part-of = 一部の改正
form-notice-part = どの部分か
form-notice-part-hint = 例：問1～3
select-notice-topic = 話題を選ぶ

field-notice-date = 日付
field-notice-issued = 番号・発出元
field-notice-state = 状態
field-notice-topic = 話題
field-notice-scopes = 対象
field-notice-changes = 改廃
field-notice-link = リンク
field-notice-took = この通知が改めたもの
field-bulletin-confirmed = 確認

notice-no-date = 日付なし
notice-no-scope = 対象の指定なし（団体には配信されません）
notice-line = #{ $number } { $date }付 { $issued } { $title }{ $state }
notice-line-state = 〔{ $state }〕
notice-change = { $what }{ $from }{ $by }{ $part }
notice-change-by = （#{ $number } による）
notice-change-from = （{ $date }から）
notice-change-part = 「{ $part }」
notice-took = #{ $number }（{ $what }）
notice-wording-version = （{ $version }版目の本文です。{ $moment }に入りました）
notice-history-title = 同じ話題の通知　全{ $total }件（現行 { $standing }件）
button-notice-successor = 後継の #{ $number } を見る

notice-previewed = まだ登録していません。次のように読み取りました。よろしければ「登録する」を押してください。
notice-previewed-no-scope = 対象の指定がありません。このままでは、どの団体にも配信されません。
notice-previewed-unknown-scope = 「{ $scope }」は一覧にない対象です。同じことばを使う団体にだけ届きます。
button-notice-keep = 登録する
button-notice-topic = 話題を書く
button-notice-reword = 直す
notice-kept = 通知 #{ $number } を登録しました。団体へ知らせるときは /notice digest（行政通知 配信）です。
notice-undone = 通知{ $count }件の登録・変更を取り消しました。

notice-list-title = 行政通知　全{ $total }件
notice-list-next = くわしくは /notice show（行政通知 詳細）に番号を書いてください。
notice-list-none = あてはまる通知はありません。対象や状態を変えて、もう一度お試しください。
notice-list-empty = 通知はまだありません。登録されると、ここで読めます。
notice-list-empty-desk = 通知はまだありません。/notice add（行政通知 登録）か /notice import（行政通知 取込）で登録できます。
notice-search-title = 見つかった通知　{ $total }件
notice-search-empty = 見つかりませんでした。ことばを短くするか、/notice list（行政通知 一覧）をご覧ください。

notice-replace-previewed = まだ記録していません。次のようになります。よろしければボタンを押してください。
notice-replace-arrow = ↓ { $change }
notice-replace-older = 新しい方の日付が、古い方より前です。番号が逆でないか、お確かめください。
notice-replaced =
    記録しました：{ $change }
    { $line }
button-notice-replaced = 全部を差し替える
button-notice-abolished = 廃止にする
button-notice-partly = 一部だけ

notice-import-title = 行政通知の取込
notice-import-previewed = まだ登録していません。確かめてから「登録する」を押してください。登録できない行は、表を直して、もう一度お取り込みください。
notice-import-nothing = 新しく登録するものはありません。登録できない行は、表を直して、もう一度お取り込みください。
notice-import-counts = 登録する { $taken }件（うち推測あり { $guessed }件）　既にあります { $there }件　登録できません { $refused }件
notice-import-line = { $row }行目　{ $date }付　{ $title }　【{ $scopes }】{ $guesses }
notice-import-guesses = 　推測：{ $guesses }
notice-import-there = { $row }行目　既にあります（#{ $number }）　{ $title }
notice-import-refused = { $row }行目　登録できません：{ $reason }　{ $title }
notice-import-discarded = 取込をやめました。何も登録していません。
notice-imported = 通知{ $count }件を登録しました。団体へ知らせるときは /notice digest（行政通知 配信）です。
button-notice-store = 登録する
button-notice-discard = やめる
notice-guess-above = 上の行と同じとしました
notice-guess-title = 件名を話題から取りました
notice-guess-no-scope = 対象がありません
notice-guess-unknown-scope = 「{ $scope }」は一覧にない対象です
notice-guess-days = 1つの欄の{ $days }つの日付を分けました
notice-guess-year = 年を前の日付から取りました
notice-guess-era = 元号をその日の元号に読み替えました
notice-guess-no-link = リンクと読めないため、除きました
notice-guess-formula = 計算式の結果を取りました
notice-refused-no-title = 件名も話題もありません
notice-refused-no-date = 日付がありません
notice-refused-not-a-date = 「{ $written }」を日付と読めません
notice-refused-wrong-day = 「{ $written }」という日はないか、曜日が違います
notice-refused-too-long = 長すぎます（{ $limit }字まで）
notice-refused-personal-data = 個人情報が含まれています
notice-refused-faulty = エラーの出ている欄があります
notice-refused-repeated = { $row }行目と同じです
notice-refused-beyond = 一度に取り込めるのは{ $limit }件までです

bulletin-preview-title = 通知ダイジェストの下見
digest-previewed = まだ配信していません。団体の名前を押すと、その団体に届くとおりに見られます。
digest-line = ・{ $association }　{ $count }件　【{ $scopes }】
digest-line-nothing = ・{ $association }　なし　【{ $scopes }】
digest-line-no-channel = ・{ $association }　{ $count }件　チャンネルがないため届きません。/office association（拠点設定）で設定できます。
digest-untagged = 対象の指定がない通知が{ $count }件あります。どの団体にも届きません。
bulletin-preview-next = よろしければ「配信する」を押してください。
digest-look-title = { $association }に届く通知　{ $count }件
digest-posted = { $count }団体に配信します：{ $associations }
button-digest-post = 配信する
button-digest-back = 一覧に戻る

bulletin-title = 通知ダイジェスト　{ $date }　{ $association }
bulletin-title-wide = 通知ダイジェスト　{ $date }
bulletin-topic = {""}**{ $topic }**　【{ $scopes }】
bulletin-no-topic = そのほか
bulletin-entry = ・{ $title } { $issued }（{ $days }）{ $state }
bulletin-day = { $date }付 #{ $number }
bulletin-more = ほか{ $count }話題は「全部を見る」で読めます。
bulletin-ask = 読みましたら、三役・連携担当のどなたかが「確認しました」を押してください。
bulletin-confirmed = { $who } さんが { $moment } に確認しました
bulletin-confirmed-now = 確認を受け付けました。ありがとうございます。
bulletin-confirmed-already = すでに確認されています。ありがとうございます。
bulletin-confirmed-by-you = すでに確認を受け付けています。ありがとうございます。
bulletin-confirmed-by = すでに確認されています：{ $line }
button-bulletin-confirm = 確認しました
button-bulletin-all = 全部を見る
reminder-bulletin = 通知ダイジェスト（{ $date }、{ $count }件）　読みましたら「確認しました」を押してください。押されると、このお知らせは止まります。
reminder-button-bulletin-confirm = { $date }：確認しました
reminder-button-bulletin = { $date }：全部を見る

pending-title = 通知ダイジェストの確認　未確認 { $waiting } / { $total }
pending-line = ・{ $date }　{ $association }　{ $count }件　{ $state }
pending-not-yet = 未確認
pending-empty = 配信したダイジェストはまだありません。/notice digest（行政通知 配信）で配信できます。

act-notice-add = 行政通知の登録
act-notice-import = 行政通知の取込
act-notice-replace = 行政通知の改廃
act-notice-undo = 行政通知を元に戻す
act-notice-digest = 通知ダイジェストの配信
act-notice-confirm = 通知ダイジェストの確認

refused-no-such-notice = その番号の通知は、ないか、ご覧になれません。/notice list（行政通知 一覧）で番号をお確かめください。
refused-no-such-bulletin = その通知ダイジェストは、ないか、ご覧になれません。通知は /notice list（行政通知 一覧）で読めます。
refused-no-such-topic = その話題は見つかりません。「話題を書く」で書いてください。
refused-bulletin-confirm = 確認は、この団体の三役・連携担当の方が押します。読まれましたら、その方々へお伝えください。
refused-personal-data-in-notice = 個人情報と思われることばがあります：{ $masked } 除いてから、もう一度お試しください。（役所などの電話番号・住所はそのままで結構です）
refused-notice-there = 同じ件名・番号・日付の通知が #{ $number } として既にあります。
refused-notice-full = 通知は{ $notices }件、話題は{ $topics }件までです。拠点の管理者へご相談ください。
refused-notice-draft = 下書きの通知は改廃できません。先に下書きを登録してください。
refused-notice-itself = 同じ通知どうしです。後継には別の番号を書いてください。
refused-notice-over = この通知はすでに終わっています：{ $change } 後継の通知の番号でお試しください。
refused-notice-successor-over = 後継とする通知は、すでに終わっています。現行の #{ $number } を後継にしてください。
refused-notice-successor-gone = 後継とする通知は、すでに廃止されています。現行の通知の番号を書いてください。
refused-notice-circle = 通知が輪になって互いを改めることになります：{ $way } 番号が逆でないか、お確かめください。
refused-notice-same = 同じ改廃がすでに記録されています。/notice show（行政通知 詳細）でお確かめください。
refused-notice-changes-full = 1つの通知の改廃は{ $limit }回までです。続きは新しい通知として登録してください。
refused-notice-nothing = 後継の通知の番号を by に書いてください。
refused-notice-undo-gone = この取り消しは、もう使えません。/notice show（行政通知 詳細）で今の状態をご覧ください。
refused-notice-undo-late = 取り消せるのは{ $minutes }分以内です。/notice replace（行政通知 改廃）で改められます。
refused-notice-undo-changed = その後に変更されたか、配信されたため、取り消せません。/notice show（行政通知 詳細）でお確かめください。
refused-notice-import-no-heading = 見出しの行が見つかりません。「件名」（または「話題」）と「発出日」の見出しがある表にしてください。
refused-digest-nothing = 新しく知らせる通知はありません。団体の対象（サービス）と通知の対象は、/office association（拠点設定）と /notice list（行政通知 一覧）で見られます。
word-matter-bulletin-unconfirmed = 確認されていない行政通知のお知らせ

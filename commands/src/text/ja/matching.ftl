# Matching, links between issues, key persons.

subject-matching = 提案 { $number }
subject-key_person = キーパーソン { $number }

command-match = 連携提案
command-match-description = たがいに求め合う課題を見つけ、二次連携の場を提案します
command-match-find = 検索
command-match-find-description = 求め合う課題の組を探します（連携コーディネーターだけ）
command-match-find-issue = 課題
command-match-find-issue-description = この課題に合うものだけ（例：12）
command-match-find-association = 団体
command-match-find-association-description = この団体の課題に合うものだけ
command-match-accept = 採用
command-match-accept-description = 提案を採用し、連携の場の案をつくります
command-match-accept-number = 番号
command-match-accept-number-description = 提案の番号（例：3）
command-match-accept-date = 日付
command-match-accept-date-description = 日取りの見込み（例：12/1。空けてもかまいません）
command-match-dismiss = 見送り
command-match-dismiss-description = 提案を見送ります（ことばが変わるまで、もう出ません）
command-match-dismiss-number = 番号
command-match-dismiss-number-description = 提案の番号（例：3）
command-match-dismiss-reason = 理由
command-match-dismiss-reason-description = 見送る理由（あとで分かるように）
command-issue-link = 関連
command-issue-link-description = 関係のある二つの課題をつなぎます
command-issue-link-number = 番号
command-issue-link-number-description = 番号（例：12）
command-issue-link-other = 相手
command-issue-link-other-description = つなぐ相手の番号（例：15）
command-office-person = キーパーソン
command-office-person-description = 連携のキーパーソンの控えです（連携コーディネーターだけに見えます）
command-office-person-name = 名前
command-office-person-name-description = お名前（空けると一覧）
command-office-person-association = 団体
command-office-person-association-description = 所属の団体（一覧のときは、この団体だけ）
command-office-person-note = メモ
command-office-person-note-description = どんな方か・連絡のこつ（電話番号は書けません）
command-office-person-remove = 削除
command-office-person-remove-description = 控えから消すとき

act-match-find = 連携提案の検索
act-match-accept = 連携提案の採用
act-match-dismiss = 連携提案の見送り
act-match-undo = 連携提案の決定を元に戻す
act-issue-link = 課題の関連づけ
act-issue-unlink = 関連を外す
act-office-person = キーパーソンの控え

audit-matches = { $count }組
audit-person-added = 追加
audit-person-corrected = 修正
audit-person-removed = 削除
audit-person-undone = 元に戻した

match-title = 連携提案　{ $total }組
match-note = 相談窓口だけの画面です。ほかの方へは何も送られません
match-footer-separator = {"　"}
match-more = 合うものから{ $count }組だけ出しています
match-empty = たがいに求め合う課題の組は、いまは見つかりません（動いている課題 { $count }件を見ました）。
    課題の「関係先」に相手の職種を入れておくと、見つかりやすくなります（/issue add（課題 記録））。見送った組は、ことばが変わるまで出ません。
match-gone = 提案 { $number }　課題が取り消されたため、なくなりました。
match-line = **提案 { $number }**　{ $first } ↔ { $second }（合い具合 { $score } / 100）
match-said = > #{ $number } { $wording }
match-accepted-as = ✅ 採用済み：連携の場 { $session }
match-dismissed-for = 見送り済み：{ $reason }
match-changed = ことばが変わり、いまは求め合っていません。
match-reason-mutual = ・たがいを話題にしています：#{ $first }は「{ $there }」、#{ $second }は「{ $back }」
match-reason-one-sided = ・#{ $number }が「{ $there }」を話題にしています（もう一方はふれていません）
match-reason-theme = ・同じ話題「{ $theme }」：「{ $ours }」と「{ $theirs }」
match-reason-friction = ・どちらも困っています：「{ $ours }」と「{ $theirs }」
match-reason-nearest = ・どちらにとっても、いちばん合う相手です
match-proposal = → **{ $kind }**：{ $method }（連携拠点は{ $role }。{ $why }）
match-key-persons = ・キーパーソン：{ $names }
match-kind-exchange = 情報交換会
match-kind-training = 合同研修会
match-kind-visit = 視察応対
match-method-exchange = 選任された数名が出席し、お互いの現状を報告しあう
match-method-training = 希望する方が参加し、講演会とグループワークで構成する
match-method-visit = 各団体1名が代表して応対し、それぞれの取組を紹介する
match-role-exchange = 主催
match-role-training = 開催支援
match-role-visit = 主催
match-why-words = 「{ $words }」とあるため
match-why-theme = 話題が「{ $theme }」のため
match-why-rest = まずお互いの現状を知るため
match-session-title = { $first }と{ $second }の{ $kind }
match-no-day = 未定
match-accepted = 提案 { $number } を採用し、連携の場 { $session } の案をつくりました。
    > **{ $title }**
    > 手法：{ $method }
    > 連携拠点の役割：{ $role }　日取り：{ $day }
    > 話し合う課題：#{ $first }、#{ $second }
    案は連携コーディネーターだけに見えます（/session show（連携の場 詳細）{ $session }）。両団体と相談し、日取りが決まったら /session plan（連携の場 予定）で予定にしてください。
match-dismissed = 提案 { $number } を見送りました。課題のことばが変わるまで、もう出ません。
match-planned = { $numbers } を「検討中」にしました。
match-undone = 提案 { $number } の決定を元に戻しました。/match find（連携提案 検索）にまた出ます。
match-undo-late = 見送ったものは /match accept（連携提案 採用）{ $number } で採用できます。つくった案は、予定にしなければだれにも見えません。

button-match-accept = 提案{ $number }を採用
button-match-dismiss = 見送り
button-match-issue = #{ $number }
button-match-plan = #{ $first }と#{ $second }を「検討中」にする
button-undo-of = #{ $number } を元に戻す（{ $minutes }分以内）
form-match-dismiss-title = 提案 { $number } を見送る
form-match-reason = 理由
form-match-reason-hint = 例：別の場で話し合いが始まっている

refused-no-such-matching = その番号の提案はありません。/match find（連携提案 検索）で番号をお確かめください。
refused-match-accepted = 提案 { $number } はすでに採用されています。つくった案は /session list（連携の場 一覧）でお確かめください。
refused-match-dismissed = 提案 { $number } はすでに見送られています。採用するときは /match accept（連携提案 採用）をお使いください。
refused-match-decided = 提案 { $number } は、ちょうど今ほかの方が決めました。/match find（連携提案 検索）でお確かめください。
refused-match-not-accepted = 提案 { $number } は採用されていません。先に /match accept（連携提案 採用）をお使いください。
refused-match-planned = 提案 { $number } の課題は、どちらもすでに動いています。/issue show（課題 詳細）でお確かめください。
refused-match-undo-changed = その後、提案 { $number } か連携の場の案が変わったため、元に戻せません。/session show（連携の場 詳細）でお確かめください。
refused-match-nobodys = #{ $number } は、だれの課題か分からないため組を探せません。/issue add（課題 記録）で、職種を添えて記録し直してください。
refused-match-not-waiting = #{ $number } は、完了・見送り・まとめ済みのため組を探しません。動いている課題の番号をお選びください。
refused-match-too-old = #{ $number } より新しい課題が多いため、組を探せません。古い課題を /issue status（課題 状況）で完了か見送りにすると、探せるようになります。

field-link = 関連する課題
link-line = #{ $number } [{ $status }] { $wording }
link-made = #{ $number } と #{ $other } を関連づけました。どちらも読める方の /issue show（課題 詳細）にだけ出ます。
link-known = #{ $number } と #{ $other } は、すでに関連づけてあります。
link-removed = #{ $number } と #{ $other } の関連を外しました。
button-link-remove = 関連を外す
undo-late-link = もう一度 /issue link（課題 関連）{ $number } { $other } をお使いください。
refused-link-itself = #{ $number } を、それ自身とはつなげません。相手の番号をお確かめください。
refused-link-full = 一つの課題につなげるのは{ $limit }件までです。いらない関連は、その二つの番号で /issue link（課題 関連）を使うと外せます。
refused-link-gone = #{ $number } と #{ $other } の関連は、もう外してあります。/issue show（課題 詳細）でお確かめください。

key-person-title = キーパーソン　{ $total }名
key-person-note = 相談窓口だけの控えです。直すときは /office person（拠点設定 キーパーソン）に名前を入れてください
key-person-empty = キーパーソンの控えは、まだありません。/office person（拠点設定 キーパーソン）に名前と団体を入れると残せます。
key-person-line = {""}**{ $name }**
key-person-line-association = {""}**{ $name }**（{ $association }）
key-person-line-note = {""}**{ $name }**：{ $note }
key-person-line-full = {""}**{ $name }**（{ $association }）：{ $note }
key-person-added = 控えました。相談窓口の外には出ません。
    { $person }
key-person-corrected = 控えを直しました。
    { $person }
key-person-removed = 控えから消しました。
    { $person }
key-person-shown = { $person }
key-person-undone = 元に戻しました。
    { $person }
key-person-undone-add = 控えを取り消しました。お名前は残っていません。
undo-late-key-person = もう一度 /office person（拠点設定 キーパーソン）をお使いください。
refused-key-person-nameless = 名前を入れてください。一覧を見るときは、団体のほかは空けてください。
refused-key-person-namesakes = 同じお名前の方が複数います。団体も選んでください。
refused-key-person-changed = その後、控えが変わっているため、元に戻せません。/office person（拠点設定 キーパーソン）の一覧で確かめ、名前を入れて直してください。
refused-no-such-key-person = そのお名前の控えはありません。/office person（拠点設定 キーパーソン）の一覧でお確かめください。
refused-key-person-number = 電話番号・住所などが入っているため、控えていません。隠したところを除いて、もう一度お試しください。
    > { $masked }

word-theme-discharge = 退院・在宅復帰
word-theme-medicine = 服薬
word-theme-mouth = 口腔・飲み込み
word-theme-nutrition = 栄養・食事
word-theme-movement = リハビリ・動作
word-theme-dementia = 認知症
word-theme-dying = 看取り
word-theme-emergency = 救急・夜間
word-theme-nursing = 体調・医療処置
word-theme-equipment = 福祉用具・住まい
word-theme-disability = こころ・障害
word-theme-rights = お金・権利擁護
word-theme-watching = 見守り
word-theme-prevention = 健診・予防
word-theme-paper = 指示書・意見書などの書類
word-theme-placement = 受け入れ・手配
word-theme-meeting = 会議・時間
word-theme-understanding = 職能の理解
word-theme-information = 情報共有・記録
word-theme-contact = 連絡・相談

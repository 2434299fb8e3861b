# Sharing: a wording for a stated audience.

what-share = 共有する文

form-share-title = #{ $number } を共有する文
form-share-wording = { $audience }が読む文
form-share-wording-hint = だれの声か分かること、お名前、患者さん・利用者さんのことは書かないでください
form-share-decline-title = #{ $number } の提案を見送る
form-share-decline-reason = 理由（提案した方に見えます）
form-share-decline-hint = 空欄でもかまいません

field-share = 共有
field-share-audience = 届け先
field-share-wording = 文
field-share-decisions = 決めたこと
field-share-posted = 載っているところ

audience-region = 地域全体（三次連携）
audience-circle = 二次連携（{ $associations }）
audience-association = { $association }の全員
audience-narrowest = 二次連携（関係する団体がそろう、いちばん狭い場）
audience-gone = なくなった届け先

word-disclosure-proposed = 相談窓口の返事待ち
word-disclosure-approved = 承認
word-disclosure-declined = 見送り
word-disclosure-withdrawn = 取り下げ
word-disclosure-replaced = 次の版に交代

shared = #{ $number } を「{ $audience }」へ共有しました。
share-place = 載るところ：{ $place }
share-place-counted = 載るところ：{ $place }（{ $count }団体が読みます）
share-by-command = /issue show（課題 詳細）{ $number } で読めます。専用のチャンネルがない方には、通知されません。
share-names-source = ⚠ 文の中に、発言元の職種・団体が出てきます。だれの声か分かってしまわないか、お確かめください。
share-read-as = 次のように読まれます。
share-proposed = #{ $number } を「{ $audience }」へ共有する提案を、相談窓口へ届けました。共有するかどうかは相談窓口が決めます。返事は /issue show（課題 詳細）{ $number } で見られます。承認されると、次のように読まれます。
share-declined = #{ $number } の案{ $version }を見送りました。提案した { $who } さんは /issue show（課題 詳細）{ $number } で返事を見られます。
share-withdrawn = #{ $number } の「{ $audience }」への共有を取り下げました。札が載っていたところでは「この共有は取り下げられました」に替わります。すでに読んだ方がいるかもしれません。
share-screen = #{ $number } を、書かれたとおりに「{ $audience }」へ共有します。次のように読まれます。発言元の同意を得てから「共有する」を押してください。
share-narrow = #{ $number } は、いま「{ $audience }」が読めます。狭める先を選んでください。いまの札は消え、新しい届け先だけに載ります。
share-narrow-hint = 狭める先
share-stands = #{ $number } の共有は続いています：{ $audiences }。文は変わりません。見直すときは、札の「共有を見直す」を押してください。
share-line = { $audience }：{ $state }（{ $date }）
kept-private = #{ $number } は非公開のままにします。札に書き添えました。
taken-up = #{ $number } の共有を、もう一度考えます。札にボタンが戻ります。
issue-added-share = ほかの職種へ伝えたい言い方は、/issue share（課題 共有）で提案できます。
issue-added-share-desk = ほかの職種へは、札の「共有用の文を書く」から共有できます。

share-log-title = #{ $number }　共有の記録　第{ $version }版（全{ $total }版）
share-log-written = 共有のために書いた文
share-log-as-written = 書かれたとおり
share-log-source-named = 出す
share-log-proposed = 提案
share-log-decision = { $act }：{ $who }　{ $when }
share-log-not-posted = { $place }（まだ載っていません）
share-log-posted = { $place }　{ $when }
    { $link }

card-share-footer = 相談窓口が承認した共有です
card-withdrawn-title = #{ $number }
card-withdrawn = この共有は取り下げられました。
card-kept-private = 非公開のままにします（相談窓口の判断）
card-share-waiting = 共有の提案（案{ $version }）→ { $audience }
card-share-standing = 共有中（第{ $version }版）→ { $audience }
card-share-by = 提案：{ $who }
card-share-source = 職種・団体の名前を出す
card-share-as-written = （書かれたとおり）

button-share-write = 共有用の文を書く
button-share-as-written = このまま共有する
button-share-keep-private = 非公開のままにする
button-share-take-up = 共有を考え直す
button-share-log = 共有の記録
button-share-review = 共有を見直す
button-share-agreed = 発言元の同意を得ました
button-share-source = 職種を出す
button-share-send = 共有する
button-share-approve = 承認（案{ $version }）
button-share-correct = 文を直して承認（案{ $version }）
button-share-decline = 見送り（案{ $version }）
button-share-withdraw = 取り下げる
button-share-narrow = 範囲を狭める
button-share-rewrite = 文を改める
button-share-older = 前の版
button-share-newer = 次の版

refused-share-at-all = 共有を提案できるのは、団体の方と連携コーディネーターだけです。伝えたいことは連携コーディネーターへお伝えください。
refused-share-not-own = ご自身が記録した課題か、三役・連携担当としてご自身の団体の課題だけ、共有を提案できます。連携コーディネーターへお伝えください。
refused-share-of-shared = 共有された文だけをお読みの課題です。さらに共有したいときは、連携コーディネーターへお伝えください。
refused-unknown-audience = 「{ $written }」という届け先はありません。候補から選んでください：{ $names }
refused-audience-gone = その届け先は、いまはありません。/issue share（課題 共有）で届け先を選び直してください。
refused-share-no-circle = 関係する団体がそろう届け先がありません。/issue share（課題 共有）の「届け先」（audience）で選ぶか、/office channel（拠点設定 チャンネル）で二次連携の場を決めてください。
refused-share-known = 「{ $audience }」の方は、#{ $number } をすでに元の文で読めます。ほかの届け先を選んでください。
refused-share-original = 元の文に個人情報かもしれないところがあるため、このままは共有できません。「共有用の文を書く」で、言いかえた文を書いてください。
refused-share-quotes = 元の文がそのまま入っています。ことばを言いかえてください。そのまま伝えるときは、元の文だけを入れてください（発言元の同意が要ります）。
refused-share-names-speaker = 発言者のお名前が入っているため、共有していません。お名前を除いて、もう一度お試しください。
refused-share-not-agreed = 「発言元の同意を得ました」に印がないため、共有していません。同意を得てから印を付けてください。
refused-share-decided = #{ $number } の第{ $version }版は、{ $when } に { $who } さんが決めました（{ $state }）。札の「共有の記録」でお確かめください。
refused-share-not-so = #{ $number } の第{ $version }版は、いま「{ $state }」です。札の「共有の記録」でお確かめください。
refused-share-waiting = #{ $number } には、相談窓口の返事を待つ提案がすでに{ $limit }件あります。返事を待って、もう一度お試しください。
refused-share-full = #{ $number } の共有の記録は{ $limit }版までです。/issue add（課題 記録）で新しい課題として書きとめてください。
refused-share-narrowest = これより狭い届け先はありません。やめるときは「取り下げる」を押してください。
refused-share-not-narrower = いまより狭い届け先を、一覧から選んでください。
refused-share-stands = 共有が続いています。「共有を見直す」で取り下げてから、もう一度お試しください。
refused-share-no-log = #{ $number } には、まだ共有の記録がありません。/issue share（課題 共有）で共有できます。
refused-kept-private-already = #{ $number } は、すでに非公開のままにしてあります。札の「共有を考え直す」で戻せます。
refused-not-kept-private = #{ $number } は、すでに共有を考えるところに戻っています。札のボタンをお使いください。
refused-personal-data-in-share = 個人情報と思われるところがあったため、共有していません。
    隠したところを書き直してください。
    > { $masked }
refused-personal-data-doubtful-in-share = 個人情報かもしれないところがあったため、共有していません。
    隠したところを書き直してください。個人情報でないときは、「書き直す」を押し、理由を添えて送ってください。
    > { $masked }

act-issue-share = 共有
act-issue-share-propose = 共有の提案
act-issue-share-approve = 共有の承認
act-issue-share-correct = 文を直して共有
act-issue-share-decline = 共有の見送り
act-issue-share-withdraw = 共有の取り下げ
act-issue-share-narrow = 共有の範囲を狭める
act-issue-keep-private = 非公開のままにする
act-issue-take-up = 共有を考え直す

command-issue-share = 共有
command-issue-share-description = 課題を、決めた届け先へ共有します（団体の方は提案になります）
command-issue-share-number = 番号
command-issue-share-number-description = 番号（例：12）
command-issue-share-audience = 届け先
command-issue-share-audience-description = だれに伝えるか
command-issue-share-wording = 文
command-issue-share-wording-description = 伝える文（空けると入力欄が開きます）
command-issue-share-name-source = 職種を出す
command-issue-share-name-source-description = どの職種・団体の声かも伝える（ふつうは伝えません）

# Refusals (what is the matter, and what to do next), faults, help.

fault = こちらの不具合で処理できませんでした。少し待ってもう一度お試しください。続くときは、番号 { $number } を連携コーディネーターにお知らせください。

refused-outside-server = 連携拠点のサーバーの中でお使いください。
refused-busy = ただいま混み合っています。もう一度お試しください。
refused-unknown-button = このボタンは使えなくなりました。コマンドからもう一度お試しください。
refused-stale-command = コマンドが新しくなりました。Discord を開き直して、もう一度お試しください。
refused-draft-gone = 24時間が過ぎたか、すでに使われています。お手数ですが、コマンドからもう一度お試しください。
refused-roles-changed = 入力のあいだに役割が変わったため、記録していません。お手数ですが、コマンドからもう一度お試しください。
refused-changed-meanwhile = ほかの方が先に変更しました。/issue show（課題 詳細）で確かめて、もう一度お試しください。

refused-undo-gone = この操作は、ここからは元に戻せません。直すときはコマンドをお使いになるか、連携コーディネーターへお伝えください。
refused-undone-already = #{ $number } は、すでに元に戻してあります。いまの様子は /issue show（課題 詳細）でお確かめください。
refused-undo-changed-meanwhile = その後、ほかの方が変更したため、元に戻せません。/issue show（課題 詳細）で確かめ、直したいところは連携コーディネーターへお伝えください。
refused-undo-late = { $minutes }分が過ぎたため、元に戻せません。{ $instead }
undo-late = 直したいところは連携コーディネーターへお伝えください。
undo-late-add = ことばは /issue edit（課題 修正）{ $number } で直せます。取りやめるときは、連携コーディネーターが /issue status（課題 状況）で「見送り」にできます。
undo-late-edit = /issue edit（課題 修正）{ $number } で、もう一度直してください。
undo-late-tier = /issue tier（課題 階層）{ $number } で、もう一度変えてください。
undo-late-status = /issue status（課題 状況）{ $number } で、もう一度変えてください。
undo-late-pass-on = 伝えた団体と、じかにお話しください。

refused-unknown-person = どの団体の方か分かりません。サーバーの役割（ロール）について、連携コーディネーターにお尋ねください。
refused-readers-only = 閲覧だけの役割のため、記録はできません。記録したいことは連携コーディネーターへお伝えください。
refused-coordinators-only = 連携コーディネーターだけができる操作です。変えたいときは連携コーディネーターへお伝えください。
refused-set-up = 連携コーディネーターか、サーバーの管理者だけができる設定です。変えたいときはどちらかへお伝えください。
refused-not-yours = ご自身が記録した課題だけを直せます。直したいところは連携コーディネーターへお伝えください。
refused-only-shared = お読みいただいているのは共有された文です。元の課題を変えたいときは連携コーディネーターへお伝えください。
refused-taken-up = すでに整理が始まっています。直したいところは連携コーディネーターへお伝えください。
refused-origin = 把握の場を「公開の場」にできるのは連携コーディネーターだけです。「相談窓口」を選ぶか、「把握の場」を空けて、もう一度お試しください。
refused-other-association = ご自身の団体・職種の発言だけを記録できます。「職種」を空けて、もう一度お試しください。

refused-no-such-issue = その番号の課題は、ないか、ご覧になれません。/issue list（課題 一覧）で番号をお確かめください。
refused-not-a-number = 番号は「12」または「#12」のように書いてください。
refused-not-a-year = 年度は「令和9年度」「R9」「2027」のように書いてください。
refused-not-a-date = 日付は「2026-12-01」「12/1」「令和8年12月1日」「R8.12.1」「昨日」のように書いてください。
refused-no-such-day = その日は暦にありません。日付を確かめて、もう一度お試しください。
refused-wrong-weekday = { $date }と、書かれた曜日が合いません。日付か曜日を確かめて、もう一度お試しください。
refused-from-after-to = はじめの日（{ $from }）が、終わりの日（{ $to }）より後です。入れかえて、もう一度お試しください。
refused-empty = { $what }が空です。ことばを入れて、もう一度お試しください。
refused-too-long = { $what }が長すぎます（{ $actual }字。{ $limit }字まで）。短くするか、いくつかに分けて、もう一度お試しください。
refused-message-without-words = このメッセージには文字がありません。/issue add（課題 記録）で書きとめてください。

refused-unknown-profession = 「{ $written }」という職種・団体はありません。次から選んでください：{ $names }
refused-unknown-about = 「{ $written }」という職種・団体はありません。「、」で区切り、次から選んでください：{ $names }
refused-about-too-many = 関係する職種・団体は { $limit } までです。減らして、もう一度お試しください。
refused-unknown-association = その名前の職能団体はありません。候補から選んでください。新しい団体は、連携コーディネーターが /office association（拠点設定 職能団体）で登録できます。

refused-personal-data = 個人情報と思われるところがあったため、記録していません。
    隠したところを書き直してください。
    > { $masked }
refused-personal-data-doubtful = 個人情報かもしれないところがあったため、記録していません。
    隠したところを書き直してください。個人情報でないときは、「書き直す」を押し、理由を添えて記録してください。
    > { $masked }
refused-personal-data-in-reason = 個人情報と思われるところがあったため、記録していません。書き直して、もう一度お試しください。
    > { $masked }
refused-personal-data-in-edit-doubtful = 個人情報かもしれないところがあったため、修正していません。
    隠したところを書き直してください。個人情報でないときは、「書き直す」を押し、理由を添えて送ってください。
    > { $masked }
refused-personal-data-in-edit = 個人情報と思われるところがあったため、修正していません。
    隠したところを書き直してください。
    > { $masked }
refused-number-in-speaker = 発言者に電話番号などの番号が入っているため、記録していません。お名前だけにして、もう一度お試しください。
refused-single-case = お一人の患者さん・利用者さんのご様子は、ここには記録せず、主治医・歯科医師・薬剤師へ直接お伝えください。
    同じことが地域で続いているときは、どなたのことか分からない書き方で、もう一度お試しください。

refused-same-tier = すでに { $tier } です。ほかの階層を選んでください。
refused-same-status = すでにその状況です。ほかの状況を選んでください。
refused-done-needs-reason = 実施したことは、反省会で振り返って完了にします。反省会なしで完了にするときは「理由」（note）に書いてください。
refused-dropped-needs-reason = 見送るときは、出してくださった方へ伝えられるよう「理由」（note）に書いてください。
refused-later-needs-year = 次年度以降にするときは「年度」（year）に書いてください（例：{ $year }）。
refused-year-not-ahead = 年度は{ $year }以降にしてください。
refused-channel-unset = { $place }のチャンネルは決まっていません。決めるときは、チャンネル（channel）も選んでください。
refused-circle-known = その団体の組み合わせの二次連携チャンネルは { $channel } です。先にそちらの団体を変えるか、割り当てを外してください。
refused-circle-unknown = { $associations }の組み合わせの二次連携のチャンネルはありません。団体の組み合わせをお確かめください。
refused-role-unset = { $capacity }の役割は決まっていません。決めるときは、役割（role）も選んでください。
refused-taken-meanwhile = ちょうど今、ほかの方がそのチャンネルか役割を別の使いみちに決めました。/office association（拠点設定 職能団体）などで今の設定をお確かめのうえ、もう一度お試しください。
refused-year-without-later = 年度を書けるのは、状況を「次年度以降」にするときだけです。年度を消すか、状況を選びなおしてください。
refused-passed-on-already = #{ $number } はすでに団体へ伝えてあります。
refused-cannot-pass-on = 団体へ伝えられるのは、団体とそのチャンネルが決まっている①職種内の課題です。/issue show（課題 詳細）でお確かめください。

refused-fixed = この設定は構成ファイルで決まっています。サーバーを動かしている方に、構成ファイルの変更を頼んでください。
refused-everyone-role = @everyone は全員の役割なので使えません。専用の役割を作って選んでください。
refused-managed-role = ボットや連携アプリの役割は使えません。専用の役割を作って選んでください。
refused-role-in-use = その役割は、すでに{ $used }に使われています。別の役割を選んでください。
refused-role-twice = 三役・連携担当・会員には、それぞれ別の役割を選んでください。
refused-channel-in-use = そのチャンネルは、すでに{ $place }として使われています。別のチャンネルを選んでください。
refused-circle-needs-associations = 二次連携のチャンネルには、「団体」（association）に団体を二つ以上書いてください（例：薬剤師会、病院連携室）。
refused-unknown-profession-of = 「{ $written }」という職種はありません。/office profession（拠点設定 職種）で登録するか、次から選んでください：{ $names }
refused-name-taken = その名前はすでに使われています。別の名前にしてください。
refused-name-characters = 名前に改行や「、」「,」「@」「<」「>」などは使えません。除いて、もう一度お試しください。
refused-alias-taken = 「{ $alias }」はすでに{ $profession }のことばです。先にそちらから外してください。
refused-too-many = { $limit } までです。減らして、もう一度お試しください。
refused-not-one-of = 次のどれかにしてください：{ $values }
refused-not-a-time-zone = 時間帯の名前ではありません。「Asia/Tokyo」のように書いてください。
refused-not-between = { $least } から { $most } までの数にしてください。
refused-bad-rule = { $line } 番目が読めません。「3:防災無線;1:研修記録」のように、階層とことばを「:」でつなぎ、「;」で区切ってください。「なし」ですべて外せます。

help-title = 連携（れんけい）の使い方
help-start =
    {""}**/issue add**（課題 記録）　困りごとや思いつきを書きとめます。ことばを入れずに送ると入力欄が開きます。
    {""}**/issue list**（課題 一覧）　見られる課題の一覧です。「自分の分」（mine）で、記録した分だけになります。
    {""}**/issue show**（課題 詳細）　その後どうなったかを見ます。
    メッセージを長押し（右クリック）→「アプリ」→「課題として記録」でも記録できます。

    詳しくは /help（ヘルプ）の「話題」（topic）からお選びください。
help-you-unknown = まだどの団体の方か分かりません。役割（ロール）について連携コーディネーターにお尋ねください。
help-you-add = あなたは課題を記録できます。
help-you-read = あなたは三次連携の内容を閲覧できます。
help-you-set-up = あなたはサーバーの管理者です。/office role（拠点設定 役割）で連携コーディネーターの役割を決めると始められます。
help-issue =
    思いついたその場で **/issue add** と打ってください。整った文でなくてかまいません。
    ・だれの課題かを読み取り、一次・二次・三次のどこで考えるかを決めて、理由をお見せします。
    ・違うときは /issue tier で直せます。
    ・発言者のお名前は相談窓口だけに見えます。
    ・患者さん・利用者さんのお名前、番号、病状は書かないでください。見つけたときは記録せずに、隠してお返しします。
help-audience =
    ・**一次連携や相談窓口での発言は非公開です。** その団体の三役・連携担当（団体によっては会員）、書きとめた方、相談窓口だけが読めます。拠点が決めたときはアドバイザーも加わります。
    ・ほかの職種へは、連携コーディネーターが承認した言い方だけが伝わります。どの職種の声かは、ふつう付けません。言い方は **/issue share**（課題 共有）で提案できます。
    ・発言者のお名前は、いつでも相談窓口だけのものです。
    ・公開の場（二次・三次連携の集まり）での発言は、そのチャンネルに載ります。
    ・チャンネルを見られる人が決まりと違うときは、何も送りません。
help-tier =
    {""}**①職種内（一次）**　団体の中で話し合うこと。例：業務の知識や経験が人によってまちまち
    {""}**②職種間（二次）**　二つの職種の間のこと。例：退院のときの連絡、相談のしかた
    {""}**③地域全体（三次）**　地域で役割を決めること。例：救急・看取りの体制、ICT、住民への周知
help-office =
    サーバーの管理者か連携コーディネーターが、次の順に決めてください。
    1. **/office role**　連携コーディネーターの役割
    2. **/office channel**　相談窓口のチャンネル
    3. **/office association**　職能団体ごとの職種・チャンネル・役割
    4. **/office channel**　二次連携（団体も）、三次連携
    5. **/office check**　点検と、すべてを見られる人・ボットの承知
    どのチャンネルも @everyone から隠し、連携ボットを加えてください。見られる人が決まりどおりのときだけ送られます。
help-privacy =
    {""}**保存するもの**　課題の内容、職種・団体、発言者のお名前（暗号にして保存）、記録した方の Discord の番号、変更の記録。
    {""}**保存しないもの**　患者さん・利用者さんの情報。見つけたときは保存しません。
    {""}**使いみち**　この地域の医療と介護の連携だけです。
    {""}**期間**　年度の終わりから、拠点が決めた年数（はじめは5年）です。
    {""}**開示・氏名の削除**　下のボタンで頼めます。相談窓口に、だれが何を頼んだかだけが届きます。
    {""}**記録の削除**　保存期間を過ぎると、連携コーディネーターが確かめて削除します。バックアップの写しは、その保存期間が終わるまで残ります。

refused-queue-full = 送信を待つものがいっぱいで、いまは記録できません。連携コーディネーターへ、/office check（拠点設定 点検）で送信が止まっていないか確かめるよう、お伝えください。
refused-file-too-large = ファイルが大きくなりすぎます（{ $limit } MiB まで）。階層・団体・連携の場で絞って、もう一度お試しください。
refusal-and-notice = { $refusal }

    { $notice }
desk-stopped = ⚠ 相談窓口のチャンネル{ $channel }へ送れないため、お知らせが届いていません（停止 { $number }）。/office check（拠点設定 点検）で直すところを確かめてください。直ると、待っているものが届きます。

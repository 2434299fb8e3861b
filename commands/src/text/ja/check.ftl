# /office check（拠点設定 点検）と renkei check: what hinders sending, and how to mend it.

word-permission-view-channel = チャンネルを見る
word-permission-send-messages = メッセージを送信（フォーラムでは投稿を作成）
word-permission-send-messages-in-threads = スレッドでメッセージを送信
word-permission-embed-links = 埋め込みリンク
word-permission-attach-files = ファイルを添付
word-permission-read-message-history = メッセージ履歴を読む

check-unbound = チャンネルが決まっていません。
check-unbound-mend = /office channel（拠点設定 チャンネル）で決めてください。
check-unknown-channel = チャンネルが見つかりません（消されたか、ボットから見えません）。
check-unknown-channel-mend = /office channel か /office association で、チャンネルを決め直してください。
check-everyone = サーバーの全員が見られます。
check-everyone-mend = チャンネル設定 → 権限 → @everyone の「チャンネルを見る」を ✕ にしてください。
check-roles = 対象でない役割が見られます：{ $roles }
check-roles-mend = チャンネル設定 → 権限 → { $roles } の「チャンネルを見る」を ✕ にしてください。見てよい役割なら、/office role か /office association で登録してください。
check-members = 個人に「チャンネルを見る」が許されています：{ $members }
check-members-mend = チャンネル設定 → 権限 → { $members } を一覧から外してください。見てよい人には、見てよい役割を渡してください。
check-unaccepted = 見られることを、まだ承知していない相手がいます：{ $names }
check-unaccepted-mend = 見られてよければ、連携コーディネーターが /office check（拠点設定 点検）のボタンで承知してください。見せたくないときは、管理者の権限を外すか、チャンネルの権限から外してください。
check-unaccepted-here = ・1 ページ目で承知していない相手がいます：{ $names }
check-self-assigned-here = ・人が渡さなくても手に入る役割が入っています：{ $roles }。「役割」のところの → のとおりに直してください。
check-prompt = 参加した人が自分で選べる役割が入っています：{ $roles }
check-prompt-mend = サーバー設定 → オンボーディング → 質問から { $roles } を外してください。
check-connection = 外部のアカウントやサービスとの連携で手に入る役割が入っています：{ $roles }
check-connection-mend = サーバー設定 → ロール → { $roles } の「リンク」の条件を外すか、人の手で渡す役割を作って登録し直してください。
check-purchase = 購入や応援で手に入る役割が入っています：{ $roles }
check-purchase-mend = 人の手で渡す役割を作り、/office role か /office association で登録し直してください。
check-nobody = 見るべき人のだれからも見えません。
check-nobody-mend = /office role と /office association の役割を確かめ、チャンネル設定 → 権限 で、見るべき役割の「チャンネルを見る」を ✓ にしてください。
check-kind = 投稿できる種類のチャンネルではありません。
check-kind-mend = テキストチャンネルかフォーラムに決め直してください。
check-permission = ボットに{ $permissions }の権限がありません。
check-permission-mend = チャンネル設定 → 権限 → ボットの役割の{ $permissions }を ✓ にしてください。
check-quoted = 「{ $word }」

overseer-owner = サーバーの所有者 { $name }
overseer-role = 管理者の役割 { $name }
overseer-bot = ボット { $name }
overseer-gone = いまは見ていない相手 { $name }
overseer-accepted = ○ 承知しています
overseer-accepted-fixed = ○ 承知しています（構成ファイル）
overseer-unaccepted = × まだ承知していません
overseer-line = { $number }. { $overseer }：{ $state }

check-title = 点検
check-well = ○ すべて整っています。
check-ill = × 直すところがあります。× のところを、→ のとおりに直してください。直ると、待っている札が届きます。
check-page = { $page } / { $pages } ページ
check-overseers = {""}**すべてを見られる人とボット**
    サーバーの所有者、管理者の役割、ほかのボットは、チャンネルの権限にかかわらず見られます。お名前ごとに承知するまで、何も送りません。
check-overseers-desk-only = 承知するのは連携コーディネーターです。
check-first-role = × 連携コーディネーターの役割が決まっていません。
    → まず /office role（拠点設定 役割）で決めてください。決まると、その役割の人がここで承知できます。
check-place-well = {""}**○ { $place }** { $channel }
    見られる役割：{ $roles }
check-place-ill = {""}**× { $place }** { $channel }
    見られる役割：{ $roles }
check-declared = 見るべき役割：{ $roles }
check-place-unknown = {""}**× { $place }** { $channel }
check-step = ・{ $what }
    → { $mend }
check-nobody-listed = なし
check-desk-unbound = {""}**× 相談窓口**
    ・チャンネルが決まっていません。ほかに届け先のない課題や、お知らせは、ここへ届きます。
    → /office channel（拠点設定 チャンネル）で決めてください。
check-uses-unbound = ・チャンネルを決めていない使いみち：{ $uses }
    使うときに /office channel（拠点設定 チャンネル）で決めてください。
check-associations-unbound = ・一次連携のチャンネルがない団体：{ $names }
    その課題は相談窓口へ届きます。
check-role-gone = {""}**× 役割**
    ・{ $duty }の役割が、サーバーにありません。
    → /office role か /office association で決め直してください。
check-association-without-roles = {""}**× { $association }**
    ・役割が一つも決まっていないため、だれもこの団体の人になりません。
    → /office association（拠点設定 職能団体）で三役・連携担当・会員の役割を決めてください。
check-roles-open = {""}**× 役割**
check-shared-channel = {""}**× { $channel }**
    ・一つのチャンネルが、いくつもの使いみちに使われています：{ $places }
    → /office channel か /office association で、使いみちごとに別のチャンネルにしてください。

check-hint = ただし、まだ送れません。/office check（拠点設定 点検）で、直すところを確かめてください。
accepted = { $name } がすべて見られることを承知しました。
accepted-no-longer = { $name } がすべて見られることを、承知しないことにしました。
button-accept = { $name } がすべて見られることを承知しました
button-accept-no-longer = { $name } の承知を取り消す
button-overseer-owner = サーバーの所有者
button-overseer-role = @{ $name }
button-overseer-bot = ボット { $name }
button-overseer-gone = { $number } 番
refused-server-unread = いまはサーバーのようすを読めません。少し待って、もう一度お試しください。
refused-no-overseer = その相手は、いまはすべてを見られるわけではありません。/office check（拠点設定 点検）でお確かめください。

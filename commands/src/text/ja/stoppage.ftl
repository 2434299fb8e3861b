# Stoppages (送信の停止): their card at the desk, and the line of what comes late.

card-late = 遅延: { $moment } に送る予定でした
button-stoppage = いまの状況を見る
stoppage-title = 停止 { $number }　送信が止まっています
stoppage-title-over = 停止 { $number }　解消しました
stoppage-channel = { $place } へは、いま何も送っていません。
stoppage-channel-over = { $place } へ、また送れるようになりました。
stoppage-message = { $place } への { $subject } を、Discord が受け付けません。ほかのものは届いています。
stoppage-message-over = { $place } への { $subject } の件は、済みました。
stoppage-released = 待っていた{ $count }件を送ります。
stoppage-recalled = 直前に送った{ $count }件は取り下げました。直ると、もう一度届きます。
stoppage-next = 直すと、待っているものは自動で届きます。確かめるには /office check（拠点設定 点検）をお使いください。
stoppage-over-next = なさることはありません。
field-since = いつから
field-until = いつまで
field-reason = 理由
field-remedy = 直し方
field-waiting = 待っているもの（{ $count }件）
field-visible = 対象でない人にも見えた投稿（{ $count }件）

stoppage-reason-unbound = チャンネルが決まっていません。
stoppage-remedy-unbound = /office channel か /office association で、チャンネルを決めてください。
stoppage-reason-drift-unknown-channel = チャンネルが消されたか、ボットから見えません。
stoppage-remedy-drift-unknown-channel =
    1. チャンネルがあるときは、チャンネル設定 → 権限 で、ボットの役割の「チャンネルを見る」を ✓ にします。
    2. 消されたときは、/office channel か /office association で、チャンネルを決め直します。
stoppage-reason-drift-everyone = サーバーの全員（@everyone）が見られるようになっています。
stoppage-remedy-drift-everyone = チャンネル設定 → 権限 → @everyone の「チャンネルを見る」を ✕ にします。
stoppage-reason-drift-roles = 対象でない役割が見られます：{ $names }
stoppage-remedy-drift-roles =
    1. チャンネル設定 → 権限 で、その役割の「チャンネルを見る」を ✕ にします。
    2. 見てよい役割なら、/office role か /office association で登録します。
stoppage-reason-drift-members = 個人に「チャンネルを見る」が許されています：{ $names }
stoppage-remedy-drift-members = チャンネル設定 → 権限 で、その人を一覧から外します。見てよい人には、見てよい役割を渡します。
stoppage-reason-drift-unaccepted = すべてを見られる人かボットのうち、まだ承知していない相手がいます：{ $names }
stoppage-remedy-drift-unaccepted = 見られてよければ、/office check（拠点設定 点検）のボタンで承知します。見せたくないときは、管理者の権限を外すか、チャンネルの権限から外します。
stoppage-reason-drift-self-assigned = 参加した人が自分で得られる役割が入っています：{ $names }
stoppage-remedy-drift-self-assigned = サーバー設定 → オンボーディング → 質問から、その役割を外します。人の手で渡す役割にします。
stoppage-reason-drift-nobody = 見るべき人のだれからも見えません。
stoppage-remedy-drift-nobody =
    1. /office role と /office association の役割を確かめます。
    2. チャンネル設定 → 権限 で、見るべき役割の「チャンネルを見る」を ✓ にします。
stoppage-reason-channel-kind = 投稿できる種類のチャンネルではありません。
stoppage-remedy-channel-kind = /office channel か /office association で、テキストチャンネルかフォーラムに決め直します。
stoppage-reason-permission-view-channel = ボットに「チャンネルを見る」の権限がありません。
stoppage-remedy-permission-view-channel = チャンネル設定 → 権限 で、ボットの役割の「チャンネルを見る」を ✓ にします。
stoppage-reason-permission-send-messages = ボットに「メッセージを送信」の権限がありません。
stoppage-remedy-permission-send-messages = チャンネル設定 → 権限 で、ボットの役割の「メッセージを送信」（フォーラムでは「投稿を作成」）を ✓ にします。
stoppage-reason-permission-send-messages-in-threads = ボットに「スレッドでメッセージを送信」の権限がありません。
stoppage-remedy-permission-send-messages-in-threads = チャンネル設定 → 権限 で、ボットの役割の「スレッドでメッセージを送信」を ✓ にします。
stoppage-reason-permission-embed-links = ボットに「埋め込みリンク」の権限がありません。
stoppage-remedy-permission-embed-links = チャンネル設定 → 権限 で、ボットの役割の「埋め込みリンク」を ✓ にします。
stoppage-reason-permission-attach-files = ボットに「ファイルを添付」の権限がありません。
stoppage-remedy-permission-attach-files = チャンネル設定 → 権限 で、ボットの役割の「ファイルを添付」を ✓ にします。
stoppage-reason-permission-read-message-history = ボットに「メッセージ履歴を読む」の権限がありません。
stoppage-remedy-permission-read-message-history = チャンネル設定 → 権限 で、ボットの役割の「メッセージ履歴を読む」を ✓ にします。
stoppage-reason-discord-access = Discord がボットの投稿を断っています（{ $code }）。
stoppage-remedy-discord-access =
    1. サーバー設定で、ボットの役割が外れていないか、ボットが制限されていないかを確かめます。
    2. 15分ごとに自動でもう一度送ります。続くときは、サーバーを動かしている方へ番号をお知らせください。
stoppage-reason-discord-message = Discord がこの投稿だけを断っています（{ $code }）。
stoppage-remedy-discord-message = 内容を少し変えると、もう一度送ります。続くときは、サーバーを動かしている方へ番号をお知らせください。

post-without-files = 図と表を付けられませんでした。チャンネル設定 → 権限 で、ボットの役割の「ファイルを添付」を ✓ にしてください。次に書きかわるときに付きます。

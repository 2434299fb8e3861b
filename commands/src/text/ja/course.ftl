# What becomes of an issue: threads, returns, tallies.

button-discuss = スレッドで話す
discussion-name = #{ $number }　{ $kind }
discuss-coming = #{ $number } のスレッドを開きます。まもなく、この札の下に出ます。
discuss-coming-already = #{ $number } のスレッドは、まもなくこの札の下に出ます。
discuss-there = スレッドはこちらです：{ $thread }
    見つからないとき（消されたとき）は、まもなく開き直します。
discuss-failed-full = 前は、サーバーで開いているスレッドが多すぎて開けませんでした。使い終えたスレッドをアーカイブすると開けます。
discuss-failed-permission = 前は、ボットの権限が足りずに開けませんでした。連携コーディネーターが /office check（拠点設定 点検）で確かめると、直すところが分かります。
discuss-failed = 前は、Discord が受け付けずに開けませんでした（{ $code }）。続くときは、サーバーを動かしている方へ番号をお知らせください。
refused-discuss-permission = { $place }では、ボットに「公開スレッドの作成」の権限がないため、スレッドを開けません。サーバーの管理者に、次のことを頼んでください。
    { $mend }
refused-discuss-in-post = ここはもうスレッドです。このまま書きこんでください。
word-permission-create-public-threads = 公開スレッドを作成
act-issue-discuss = スレッドを開く
act-issue-return = 年度の始まりで整理済に戻す
audit-by-calendar = 拠点の暦（自動）
reminder-returned = 次年度以降としていた課題 { $count }件が、年度の始まりで「整理済」に戻りました：{ $numbers }
    進め方を決めてください。まだ先にするときは /issue status（課題 状況）で、もう一度「次年度以降」にできます。
reminder-button-returned = 戻った課題の一覧
returned-title = 整理済に戻った課題　全{ $total }件
reminder-thread = #{ $number }　札がほかへ移ったか取り下げられたため、下にあったスレッドを閉じました：{ $threads }。書いた方のことばが残っています。読み終えて要らなければ、Discord で削除してください。
stoppage-reason-tag-required = フォーラムがタグを求めていますが、状況のタグ（受付、検討中など）がありません。
stoppage-remedy-tag-required =
    次のどちらかをしてください。
    1. フォーラムの設定で、状況のタグ（受付・整理済・検討中・実施中・反省会待ち・完了・次年度以降・見送り）を作ります。
    2. ボットの役割に、そのフォーラムの「チャンネルの管理」を許します。タグはボットが作ります。
stoppage-reason-threads-full = サーバーで開いているスレッドが、Discord の上限に達しています。
stoppage-remedy-threads-full = 使い終えたスレッドや投稿を閉じて（アーカイブして）ください。15分ごとに自動でもう一度送ります。
stoppage-reason-thread-locked = 投稿がロックされていて、ボットには開けません。
stoppage-remedy-thread-locked = 投稿のロックを外すか、ボットの役割に、そのフォーラムの「スレッドの管理」を許してください。

field-ending = その後
ending = { $date } { $status }
ending-reason = { $date } { $status }：{ $reason }
tally-mine = あなたが挙げた{ $total }件のうち　{ $counts }
tally-association = { $association }の{ $total }件のうち　{ $counts }
tally-office = 拠点の{ $total }件のうち　{ $counts }
tally-seen = ご覧になれる{ $total }件のうち　{ $counts }
tally-associations = 団体別：{ $counts }
tally-tiers = 階層別：{ $counts }
tally-categories = カテゴリ別：{ $counts }
tally-others = その他
tally-count = { $name }{ $count }
tally-separator = ・
check-extra = {""}**・{ $place }** { $channel }
check-tags = 状況のタグがないか、ボットが付けられません：{ $names }。投稿はタグなしで届きます（タグが必須のフォーラムには届きません）。
check-tags-mend = フォーラムの設定で、このタグを作ってください。ボットの役割に、そのチャンネルの「チャンネルの管理」を許すと、ボットが作ります。モデレーターだけのタグには「スレッドの管理」が要ります。
check-tags-mend-full = タグは20個までです。使わないタグをフォーラムの設定で消してから、このタグを作ってください。
check-threads = 札の「スレッドで話す」が使えません。

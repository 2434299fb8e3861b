# Feeds (購読): what is watched for new notices, and the drafts they bring.

command-notice-watch = 購読
command-notice-watch-description = 国や都道府県の新着情報（RSS・Atom）を見守り、新しい通知を下書きとして相談窓口に届けます。
command-notice-watch-url = 配信元
command-notice-watch-url-description = RSSかAtomのアドレス（https://…）。書かないと、購読の一覧を出します。
command-notice-watch-scope = 対象
command-notice-watch-scope-description = 届いた通知の対象サービス。いくつかは「、」で区切ります。例：居宅介護支援、訪問系

subject-feed = 購読 { $number }
what-feed-url = 配信元のアドレス
what-feed-scope = 対象サービス

act-feed-watch = 購読の開始
act-feed-stop = 購読の終了
act-feed-resume = 購読の再開
act-feed-draft = 購読からの下書き
act-feed-take = 下書きの取込み
act-feed-dismiss = 下書きの見送り
act-feed-back = 下書きに戻す

feed-begun =
    購読 { $number } を始めました：{ $title }
    対象：{ $scopes }
feed-begun-empty = 今は新しい通知がありません。
feed-begun-taken = { $taken }件を下書きとして相談窓口に届けました。
feed-begun-passed = 新しい順に{ $taken }件を下書きとして相談窓口に届けました。古い{ $over }件は届けていません。必要なものは /notice add で登録してください。
feed-begun-next = 次に見に行くのは { $next } です。
feed-stopped = 購読をやめました：{ $title }。これまでに届いた通知は、そのまま残ります。
feed-resumed = 購読を再開しました：{ $title }。まもなく見に行きます。

feed-list-empty = 購読しているものはありません。「/notice watch」に配信元のアドレスと対象サービスを付けると、購読を始められます。
feed-list-title = 購読の一覧（{ $total }件）
feed-list-next = やめるときは、番号のボタンを押してください。
feed-list-line =
    購読 { $number }　{ $title }（{ $host }）
    　対象：{ $scopes }
    　{ $stands }　次：{ $next }
feed-stands-well = 最後に読めた日時：{ $read }
feed-stands-badly = ⚠ { $failures }回続けて読めていません：{ $why }

button-feed-list = 購読の一覧
button-feed-stop = 購読をやめる
button-feed-stop-number = { $number } をやめる
button-feed-resume = 再開する
button-feed-take = 取り込む
button-feed-dismiss = 見送る
button-feed-back = 下書きに戻す

feed-card-title = 新しい通知の下書き { $number }
feed-card-no-date = 日付なし
feed-card-no-link = リンクなし
feed-card-never = まだ読めていません
feed-card-next = 取り込むと行政通知に加わります。見送ると、この下書きは消えます。どちらも元に戻せます。
feed-card-trouble =
    { $title }を{ $failures }回続けて読めませんでした。
    理由：{ $why }
feed-card-trouble-next = 読めるようになると、この知らせは消えます。アドレスが変わったときは、購読をやめ、新しいアドレスで /notice watch を使ってください。
field-feed-date = 日付
field-feed-scopes = 対象
field-feed-from = 配信元
field-feed-link = リンク
field-feed-read = 最後に読めた日時
field-feed-next = 次に試す日時

feed-taken = 行政通知 { $number } として取り込みました：{ $title }
feed-dismissed = 見送りました：{ $title }
feed-back = 下書きに戻しました：{ $title }

feed-fault-address = アドレスが http:// か https:// で始まるものではないか、名前・パスワード・ポート番号を含んでいます。
feed-fault-inside = インターネットに公開されていない場所を指しています。
feed-fault-unreachable = つながりませんでした。アドレスが正しいか、ブラウザで確かめてください。
feed-fault-slow = 時間内に読み終わりませんでした。
feed-fault-redirects = 転送が続き、行き着きませんでした。
feed-fault-refused = 配信元が応じませんでした。
feed-fault-gone = そのアドレスには何もありません。
feed-fault-busy = 配信元が混み合っています。
feed-fault-large = 大きすぎます。
feed-fault-packed = 圧縮された形で届き、読めません。
feed-fault-encoding = 文字を読み取れません。
feed-fault-form = RSSやAtomの形をしていません。ページのアドレスではなく、RSSのアドレスを確かめてください。

refused-feed = 購読を始められません。{ $why }
refused-feed-scope = 対象サービスを scope に書いてください。例：居宅介護支援、訪問系。すべての団体に関わるものは「全サービス共通」とします。
refused-feed-known = そのアドレスは、もう購読しています。一覧で確かめてください。
refused-feed-too-many = 購読は{ $limit }件までです。使わないものをやめてから、もう一度お試しください。
refused-feed-watched = もう購読しています：{ $title }
refused-feed-stopped = もうやめています：{ $title }
refused-no-such-feed = その番号の購読はありません。「/notice watch」で一覧を確かめてください。
refused-no-such-draft = その番号の下書きはありません。「/notice list」で確かめてください。
refused-feed-taken = もう取り込まれています。「/notice show { $number }」で見られます。
refused-feed-dismissed = もう見送られています。必要なときは「/notice add」で登録してください。
refused-feed-back = その後に変わったため、元に戻せません。「/notice show { $number }」で確かめてください。

# Answers about the set-up.

role-set = { $capacity }の役割を { $role } にしました。
channel-set = { $channel } を{ $place }にしました。見られる人が決まりどおりのときだけ送られます。
circle-set = { $channel } を二次連携チャンネルにしました（{ $associations }）。見られる人が決まりどおりのときだけ送られます。
circle-set-anew = { $channel } を二次連携チャンネルにしました（{ $associations }）。見られる人が決まりどおりのときだけ送られます。
    新しく入った団体があるので、これまでの団体にあてて共有したことばと、登録したリマインダーは引き上げました。新しい団体にも見せるものは、`/issue share` と `/reminder add` でもう一度決めてください。
profession-set = 職種「{ $profession }」を登録しました。ほかの言い方（{ $count }）：{ $aliases }
profession-set-alone = 職種「{ $profession }」を登録しました。ほかの言い方はありません。
setting-set-nothing = 「{ $setting }」を、なしにしました。
setting-set = 「{ $setting }」を変えました。
    > { $value }
association-made = 職能団体「{ $association }」を登録しました。
association-changed = 職能団体「{ $association }」を変えました。
association-unset = （未設定）
association-professions = 職種
association-scopes = サービスの範囲
association-channel = 一次連携チャンネル
association-feedback = フィードバックチャンネル
association-talk = 一次連携に加わる人
cards-move = カード { $count }枚が、いまの設定に合うチャンネルへ移ります。
channel-unset = { $place }のチャンネルの割り当てを外しました。{ $then }
channel-unset-desk = 相談窓口あての記録は、チャンネルが決まるまで送られずに待ちます。
channel-unset-tier3 = 公開の場で出た地域全体の課題は、チャンネルが決まるまで相談窓口に届きます。
channel-unset-progress = 月次の進捗は、チャンネルが決まるまで投稿されません。
channel-unset-notice = 行政通知は、チャンネルが決まるまで配信されません。
circle-ended = 二次連携チャンネル { $channel } の割り当てを外しました（{ $associations }）。ここにあった課題は、合うチャンネルがなければ相談窓口に届きます。
role-unset = { $capacity }の役割の割り当てを外しました。{ $then }
role-unset-coordinator = いま連携コーディネーターはいません。サーバーの管理者が /office role（拠点設定 役割）で決められます。
role-unset-adviser = アドバイザーとして見られる方はいなくなりました。
role-unset-observer = オブザーバーとして見られる方はいなくなりました。

audit-title = 記録　全{ $total }件
audit-empty = 当てはまる記録はありません。日付や人を変えて、もう一度お試しください。
audit-line = { $date } { $time }　{ $who }　{ $act }
audit-by-configuration = 構成ファイル
audit-subject = 　{ $subject }
audit-details = 　（{ $details }）
audit-unset = なし
audit-as-written = 元のことばのまま（出どころの了承あり）
audit-source-named = 職種を出す
audit-detail-version = { $value }版
audit-detail-tier = 階層：{ $value }
audit-detail-origin = 把握の場：{ $value }
audit-detail-destination = 届け先：{ $value }
audit-detail-from = { $value }から
audit-detail-to = { $value }へ
audit-detail-since = { $value }から
audit-detail-until = { $value }まで
audit-detail-act = 元に戻したこと：{ $value }
audit-detail-who = { $value }の分

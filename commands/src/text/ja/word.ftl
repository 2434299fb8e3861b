# Words for codes: what a code is called wherever people read it.

list-separator = 、
list-more = {" "}ほか{ $count }

word-kind-issue = 課題
word-kind-idea = アイデア

word-origin-meeting = 一次連携
word-origin-desk = 相談窓口
word-origin-open = 公開の場

word-tier-1 = ①職種内（一次）
word-tier-2 = ②職種間（二次）
word-tier-3 = ③地域全体（三次）
word-tier-short-1 = ①
word-tier-short-2 = ②
word-tier-short-3 = ③

word-status-open = 受付
word-status-sorted = 整理済
word-status-planning = 検討中
word-status-acting = 実施中
word-status-review = 反省会待ち
word-status-done = 完了
word-status-later = 次年度以降
word-status-dropped = 見送り
status-later-year = { $status }（{ $fiscal_year }）

word-capacity-coordinator = 連携コーディネーター
word-capacity-adviser = アドバイザー
word-capacity-observer = オブザーバー

word-rank-officers = 三役
word-rank-contacts = 連携担当
word-rank-members = 会員
association-rank = { $association }の{ $rank }

word-use-desk = 相談窓口
word-use-tier2 = 二次連携
word-use-tier3 = 三次連携
word-use-progress = 進捗
word-use-notice = 行政通知

word-talk-officers = 三役と連携担当
word-talk-members = 会員全員

word-setting-locale = 投稿の言語（ja / en）
word-setting-time_zone = 時間帯（例：Asia/Tokyo）
word-setting-fiscal_year_start = 年度の始まりの月（1～12）
word-setting-adviser_sees = アドバイザーが見る範囲（相談窓口、二次連携、職能団体名、なし）
word-setting-tier_rules = 階層の独自の決まり（「階層:ことば」を「;」で区切る。なし）
word-setting-retention_years = 記録の保存年数（1～30）

word-topic-issue = 課題を書きとめる
word-topic-audience = だれが見るか
word-topic-tier = 三つの階層
word-topic-office = はじめの設定
word-topic-privacy = 個人情報と保存

place-desk = 相談窓口
place-tier1 = { $association }の一次連携チャンネル
place-tier2 = 二次連携チャンネル
place-tier3 = 三次連携チャンネル
place-progress = 進捗チャンネル
place-notice = 行政通知チャンネル
place-feedback = { $association }のフィードバックチャンネル

why-own-matter = 団体の中で話し合うことなので
why-told-to-desk = 相談窓口で受けたので、まず相談窓口で考えます
why-others-matter = ほかの職種のことなので、まず相談窓口で考えます
why-no-association = どの団体の課題か決まっていないので
why-no-channel = 団体のチャンネルがまだないので
why-confidential = 非公開の場での発言なので。承認された言い方だけが先へ進みます
why-circle = 関係する団体がそろう場なので
why-no-circle = 関係する団体がそろう場がまだないので
why-region = 地域全体で考えることなので
why-no-region = 三次連携のチャンネルがまだないので
why-passed-on = 相談窓口から団体へ伝えたので

act-issue-add = 記録
act-issue-edit = 修正
act-issue-tier = 階層の変更
act-issue-route = 設定に合わせた移動
act-issue-status = 状況の変更
act-issue-pass-on = 団体へ伝達

list-more-of = {" "}ほか { $count } 件
subject-issue = #{ $number }
subject-stoppage = 停止 { $number }
subject-reminder = お知らせ { $number }
act-issue-undo = 元に戻す
act-office-channel = チャンネルの設定
act-office-association = 職能団体の設定
act-office-profession = 職種の設定
act-office-role = 役割の設定
act-office-setting = 設定の変更
act-office-accept = すべてを見る相手の承認
act-office-unaccept = すべてを見る相手の承認の取り消し
act-audit-read = 記録の閲覧

word-personal-data-overridden = 個人情報ではないと確認
word-year = { $year }年度

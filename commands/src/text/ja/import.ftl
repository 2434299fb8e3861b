# Importing a list of issues from a spreadsheet.

command-issue-import = 取込
command-issue-import-description = Excel や CSV の課題の一覧を、まとめて取り込みます
command-issue-import-file = ファイル
command-issue-import-file-description = 一覧のファイル（.xlsx か .csv）
command-issue-import-session = 連携の場
command-issue-import-session-description = どの連携の場で出たか
command-issue-import-origin = 把握の場
command-issue-import-origin-description = 把握の場（空けておくと、非公開の発言として取り込みます）

act-issue-import = 一覧の取り込み
act-issue-import-undo = 取り込みの取り消し
subject-import = 取込 { $number }
audit-detail-rows = { $value }件
audit-detail-there = 既にある { $value }件
audit-detail-refused = 取り込まない行 { $value }件
audit-detail-kept = 残したもの { $value }件

import-preview-title = 取り込みの下見
import-preview-confidential = まだ何も記録していません。内々の発言（非公開）として取り込みます。下の行を確かめてから、取り込んでください。
import-preview-open = まだ何も記録していません。公開の場で出た意見として取り込みます。下の行を確かめてから、取り込んでください。
field-import-list = 一覧
field-import-counts = 全体
import-counts = そのまま読めた行 { $plain }件、推し量った行 { $guessed }件、既にある行 { $there }件、取り込まない行 { $refused }件
import-more-lists = ほか { $count } 枚のシート
import-unread-sheets = 見出しが見つからず、読まなかったシート：{ $names }
import-wide-gathering = ⚠ 表題は二次・三次連携の場のようです。公開の場で出た意見でも、非公開として取り込みます。公開のものとして取り込むときは、「やめる」を押し、「把握の場」を「公開の場」にしてやり直してください。
import-said-at = 連携の場 { $number }　{ $name }

import-group-refused = 取り込まない行（{ $count }件）
import-group-guessed = 推し量ったところのある行（{ $count }件）
import-group-plain = そのまま読めた行（{ $count }件）
import-group-there = 既にある行（{ $count }件）
button-import-refused = 取り込まない { $count }
button-import-guessed = 推し量った { $count }
button-import-plain = 読めた { $count }
button-import-there = 既にある { $count }
button-import-confirm = { $count }件を取り込む
button-import-cancel = やめる
button-import-resume = 続きを取り込む（止まったとき）
button-import-undo = 取り込みを取り消す（{ $minutes }分以内）
button-import-list = 一覧を見る

import-place = { $row }行目
import-place-in-sheet = 「{ $sheet }」{ $row }行目
import-line-plain = { $place }　{ $tier } { $kind }「{ $wording }」
import-line-guessed = { $place }　{ $tier } { $kind }「{ $wording }」（{ $guesses }）
import-line-there = { $place }　#{ $number } として既にあります「{ $wording }」
import-line-refused = { $place }　{ $reason }「{ $wording }」
import-line-refused-unseen = { $place }　{ $reason }

import-guess-tier = 階層は「{ $words }」から
import-guess-tier-by-rest = 階層は決め手がないため一次
import-guess-source = 職種は「{ $written }」から
import-guess-source-from-title = 職種は表題から
import-guess-no-source = 職種なし
import-guess-ditto = 上の行と同じ
import-guess-kind = 課題として
import-guess-category = 「{ $written }」はカテゴリにないので付けません
import-guess-formula = 計算の結果

import-refused-no-wording = 意見の欄が空です。意見を書いてください。
import-refused-too-long = 意見が{ $actual }文字あります。{ $limit }文字までに分けてください。
import-refused-note-too-long = 備考が{ $actual }文字あります。{ $limit }文字までにしてください。
import-refused-speaker-too-long = 発言者が{ $actual }文字あります。{ $limit }文字までにしてください。
import-refused-faulty = 計算の誤り（{ $shown }）があります。文字に直してください。
import-refused-source = 「{ $written }」という職種・団体はありません。名前を直すか、/office profession（拠点設定 職種）で登録してください。
import-refused-source-near = 「{ $written }」という職種・団体はありません。「{ $nearest }」なら、そう直してください。
import-refused-personal-data = 個人情報らしいところがあります。消してください。
import-refused-number-in-speaker = 発言者の欄に番号があります。お名前だけにしてください。
import-refused-single-case = おひとりの病状のようです。一覧には入れず、医師・歯科医師・薬剤師へ直接お伝えください。
import-refused-repeated = { $place }と同じです。どちらかを消すか、ことばを変えてください。
import-refused-beyond = 一度に取り込めるのは{ $limit }件までです。取り込んだあと、同じファイルをもう一度お使いください。

import-progress = 取り込んでいます。このままお待ちください。
    { $bar } { $done } / { $rows }件
import-paused = ここまで{ $done }件を取り込みました（全{ $rows }件）。続きは「続きを取り込む」を押してください。同じ行が二度入ることはありません。
import-cut-short = ここまで{ $done }件を取り込みました（全{ $rows }件）。残りの行は、途中で消えました（24時間のあいだ続きがなかったとき、ご本人からの依頼で氏名を消したとき、記録を消したとき、続けて何度か下見をしたときなど）。ファイル（氏名を消したときは、見直したもの）を、/issue import（課題 取込）でもう一度お選びください。同じ行が二度入ることはありません。
import-complete = { $count }件を取り込みました。
import-complete-place = ・{ $place }：{ $count }件（{ $numbers }）
import-numbers-one = #{ $first }
import-numbers = #{ $first }～#{ $last } のうち
import-complete-twice = { $count }件は、その間に同じものが記録されたので取り込みませんでした。
import-complete-cards = 札は、それぞれのチャンネルに1件ずつ届きます。
import-complete-quiet = 件数が多いので、チャンネルにはお知らせを1つだけ届けます。札は、課題が次に変わったときに出ます。/issue list（課題 一覧）で読めます。
import-cancelled = 取り込みをやめました。何も記録していません。
import-undo-progress = 取り消しています。このままお待ちください（{ $done } / { $issues }件）。
import-undone = 取り込んだ{ $count }件を取り消しました。直したファイルで、もう一度 /issue import（課題 取込）をお使いください。
import-undone-kept = { $count }件は、そのあと変わっているので残しました。

import-card-title = 取込 { $number }　課題の一覧を取り込みました
import-card = この場で読める課題・アイデアは{ $count }件です（{ $numbers }）。札は、課題が次に変わったときに出ます。
import-card-undone = この取り込みは取り消されました。

import-no-list = 一覧が見つかりません。1行目から50行目までに「意見」（または「内容」「課題」）という見出しのある表にして、もう一度お試しください。
import-nothing-to-take = 取り込める行がありません。ファイルを直して、もう一度 /issue import（課題 取込）をお使いください。
import-busy = いまほかのファイルを読んでいます。1分ほどしてから、もう一度お試しください。
import-unfetched = ファイルを受け取れませんでした。もう一度、ファイルを付けてお試しください。
refused-import-gone = この下見はもう使えません。/issue import（課題 取込）でファイルをもう一度お選びください。既に入った行が二度入ることはありません。
refused-import-undo-late = 取り込んでから{ $minutes }分を過ぎたので、まとめては取り消せません。要らない課題は /issue status（課題 状況）で「見送り」にしてください。

import-file-too-large = ファイルが大きすぎます。{ $megabytes }MBまでに分けて、もう一度お試しください。
import-file-unpacks-to-too-much = ファイルの中身が大きすぎて開けません。必要な表だけを新しいブックに写して、もう一度お試しください。
import-file-too-many-rows = 行が多すぎます。{ $rows }行までに分けて、もう一度お試しください。
import-file-too-many-columns = 列が多すぎます。右のほうの使っていない列を消し、{ $columns }列までにして、もう一度お試しください。
import-file-cell-too-long = ひとつの欄が{ $cell }文字を超えています。短くして、もう一度お試しください。CSV のときは、「"」が閉じているかもお確かめください。
import-file-too-many-letters = 文字が多すぎます。あわせて{ $letters }文字までに分けて、もう一度お試しください。
import-file-macros = マクロの入ったブックは読めません。「Excel ブック (.xlsx)」で保存し直して、もう一度お試しください。
import-file-locked = パスワードのかかったファイルは読めません。パスワードを外して、もう一度お試しください。
import-file-old-form = 古い形式（.xls）のファイルは読めません。「Excel ブック (.xlsx)」で保存し直して、もう一度お試しください。
import-file-no-sheet = 表のファイルではないようです。Excel ブック（.xlsx）か CSV で、もう一度お試しください。
import-file-broken = ファイルが壊れているようです。Excel で開いて保存し直し、もう一度お試しください。
import-file-letters = 文字を読み取れません。「CSV UTF-8」か「Excel ブック (.xlsx)」で保存し直して、もう一度お試しください。
import-file-empty = ファイルに何も書かれていません。ファイルを確かめて、もう一度お試しください。

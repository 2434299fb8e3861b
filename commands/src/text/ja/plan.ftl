# Plan tables (計画表): taken in from the city's own table, and out as it.

command-target-import = 取込
command-target-import-description = 市町村の計画表（Excel や CSV）を、まとめて取り込みます
command-target-import-file = ファイル
command-target-import-file-description = 計画表のファイル（.xlsx か .csv）
command-target-import-year = 年度
command-target-import-year-description = 見出しに年度がないときの年度（例：令和8年度）
command-target-export = 書出
command-target-export-description = 年度目標と進捗を、計画表（Excel）で受け取ります
command-target-export-year = 年度
command-target-export-year-description = どの年度の進捗か（空けておくと、今の年度）
command-target-export-date = 時点
command-target-export-date-description = いつの時点のものか（空けておくと、今日）

act-target-import = 計画表の取り込み
act-target-import-undo = 計画表の取り込みの取り消し
act-target-export = 計画表の書き出し
audit-detail-targets = 新しい目標 { $value }件
audit-detail-items = 直した項目 { $value }件
audit-detail-goals = 年度の目標 { $value }件
audit-detail-records = 進捗 { $value }件
audit-detail-corrected = 直した進捗 { $value }件
audit-detail-exported = { $value }項目


plan-preview-title = 計画表の下見
plan-preview = まだ何も記録していません。読み取ったところを確かめてから、記録してください。
plan-preview-nothing = この計画表は、今の記録と変わりません。記録することはありません。
field-plan-areas = 領域ごとの項目
field-plan-columns = 読み取った列
plan-area = { $area }：{ $count }件
plan-more = ほか{ $count }件
plan-separator = ／
plan-goals-of = 目標：{ $years }
plan-column-planned = 計画：{ $year }
plan-column-done = 進捗：{ $year }
plan-column-done-as-of = 進捗：{ $year }（{ $date }時点）
plan-doubt-headings = ⚠ ページによって見出しが違います。「{ $other }」も「{ $taken }」として読みました。
plan-doubt-year = ⚠ 「{ $heading }」に年度がないので、{ $year }として読みました。違うときは「やめる」を押し、年度を付けてやり直してください。
plan-doubt-sheet = 計画表が見つからず、読まなかったシート：「{ $name }」
plan-counts = 読み取れた項目 { $rows }件（うち推し量ったところのある項目 { $guessed }件）、読み取れないところ { $unread }件
    新しい { $new }件、変わる { $changed }件、変わらない { $same }件、表にない（残します） { $gone }件

plan-group-unread = 読み取れないところ（{ $count }件）。取り込みません。
plan-group-guessed = 推し量ったところのある項目（{ $count }件）。違うときは、ファイルを直してやり直してください。
plan-group-changed = 変わる項目（{ $count }件）
plan-group-new = 新しい項目（{ $count }件）
plan-group-gone = 表にないもの（{ $count }件）。消さずに残します。
button-plan-unread = 読み取れない { $count }
button-plan-guessed = 推し量った { $count }
button-plan-changed = 変わる { $count }
button-plan-new = 新しい { $count }
button-plan-gone = 表にない { $count }
button-plan-store = 記録する
button-plan-discard = やめる
button-plan-undo = 取り込みを取り消す（{ $minutes }分以内）

plan-line-unread = { $place }　{ $why }「{ $words }」
plan-line-left = { $place }　{ $label }　{ $what }：{ $why }
plan-line-guessed = { $place }　{ $label }「{ $item }」：{ $guesses }
plan-line-new = { $place }　{ $label }「{ $item }」（目標{ $goals }・計画{ $plans }・進捗{ $records }）
plan-line-changed = { $place }　{ $label }：{ $changes }
plan-change = { $what }「{ $from }」→「{ $to }」
plan-change-new = { $what } 新しく「{ $to }」
plan-change-moved = 表の中の順番
plan-change-shared = 進捗 { $record } をこの項目にも
plan-gone-target = #{ $number } { $label }
plan-gone-part = #{ $number } { $label }　{ $what }「{ $words }」
plan-gone-record = { $label }　{ $date }の進捗「{ $words }」
plan-what-row = 項目全体
plan-what-item = 項目
plan-what-goal = { $year }の目標
plan-what-plan = { $year }の計画
plan-what-done = 進捗

plan-unread-no-number = 番号がありません。番号（1-① など）を入れてください。
plan-unread-no-item = 項目の欄が空です。項目を入れてください。
plan-unread-twice = { $place }と領域・番号が同じです。どちらかの番号を直してください。
plan-unread-before-heading = 見出しより上にあります。見出し（領域・番号・項目）を上に移してください。
plan-unread-faulty = 番号か項目が計算の誤りになっています。文字に直してください。
plan-unread-beyond = 一度に読めるのは{ $limit }件までです。表を分けてください。
plan-left-too-long = 長すぎます。{ $limit }文字までに短くしてください。
plan-left-personal-data = 個人情報か、おひとりの病状らしいところがあります。消してください。
plan-left-full = 記録できる数を超えています。使わない目標を減らしてください。

plan-guess-area-spaced = 領域「{ $written }」は「{ $area }」
plan-guess-area-garbled = 領域「{ $written }」は乱れているので「{ $area }」
plan-guess-area-early = 領域「{ $written }」は次の行からとみて、この項目は「{ $area }」
plan-guess-area-missing = 領域がないので「{ $area }」
plan-guess-shifted-left = 左に{ $columns }列ずれていたので戻しました
plan-guess-shifted-right = 右に{ $columns }列ずれていたので戻しました
plan-guess-maybe-shared = 進捗も計画も空です。上の欄と共通なら、セルを結合してください
plan-guess-continued = { $row }行目を続きとして
plan-guess-again-without-first = 再掲の元が見つかりません
plan-guess-again = 再掲の元は「{ $first }」
plan-guess-figure = { $year }の数は計画の文から「年に{ $amount }{ $unit }」
plan-guess-figure-each = { $year }の数は計画の文から「それぞれ年に{ $amount }{ $unit }」
plan-guess-figures-open = { $year }の目標に数がいくつかあるので、数は入れません
plan-guess-faulty = 計算の誤り（{ $written }）の欄は読みません
plan-guess-formula = 計算の結果を読みました

plan-changed-meanwhile = ⚠ 下見のあとに記録が変わりました。もう一度確かめてから、「記録する」を押してください。
plan-nothing-to-store = 記録することがありません。計画表を直したら、もう一度 /target import（年度目標 取込）をお使いください。
plan-stored = 計画表を取り込みました。新しい目標 { $targets }件、直した項目 { $items }件、年度の目標と計画 { $goals }件、新しい進捗 { $records }件、直した進捗 { $corrected }件。
plan-stored-left = 取り込まなかったところが{ $count }件あります。ファイルを直して、もう一度 /target import（年度目標 取込）をお使いください。同じところが二度入ることはありません。
plan-discarded = 計画表の取り込みをやめました。何も記録していません。
plan-undone = 計画表の取り込みを取り消しました。取り込む前のとおりです。

plan-no-heading = 計画表が見つかりません。「番号」と「項目（または取組）」の見出しのある表にして、もう一度お試しください。
plan-too-long = 行が多すぎます。{ $rows }行までの表に分けて、もう一度お試しください。
plan-empty = 見出しの下に項目がありません。ファイルを確かめて、もう一度お試しください。
plan-no-year = 目標の見出しに年度がありません。/target import（年度目標 取込）の「年度」に、令和8年度 のように入れてください。
refused-plan-year = 年度を読み取れません。令和8年度 や 2026 のように入れてください。
refused-plan-date = 日付を読み取れません。令和8年11月20日 や 2026-11-20 のように入れてください。
refused-plan-date-outside = その日は{ $year }ではありません。年度と時点を合わせてください。
refused-plan-gone = この下見はもう使えません。/target import（年度目標 取込）でファイルをもう一度お選びください。同じところが二度入ることはありません。
refused-plan-undo-gone = この取り込みは、もう取り消せません。
refused-plan-undo-late = 取り込んでから{ $minutes }分を過ぎたので、まとめては取り消せません。前の計画表をもう一度取り込むか、目標ごとに直してください。
refused-plan-undo-changed = 取り込んだあとに変わったところがあるので、まとめては取り消せません。目標ごとに直してください。

plan-export-empty = { $year }の年度目標はまだありません。/target import（年度目標 取込）で計画表を取り込んでください。
plan-exported = { $year }の計画表（{ $count }項目、{ $date }時点）です。直して /target import（年度目標 取込）に入れると、変わったところだけが記録されます。
plan-export-description = { $year }の計画表（{ $date }時点）
plan-title = 年度目標の進捗と計画　{ $year }
plan-as-of = { $date }時点
plan-sheet = 計画表
plan-column-area = 領域
plan-column-number = 番号
plan-column-item = 項目
plan-column-goals = 年度の進捗目標
plan-heading-done = { $year }の進捗（{ $day }時点）
plan-heading-planned = { $year }の計画案

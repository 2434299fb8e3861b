# Comparison (新旧対照): an old wording beside the new one.

command-notice-compare = 新旧対照
command-notice-compare-description = 二つの通知の本文を並べて、変わったところに線を引いて見せます。
command-notice-compare-number = 番号
command-notice-compare-number-description = 行政通知の番号
command-notice-compare-with = 相手
command-notice-compare-with-description = 比べる通知の番号。同じ番号なら、本文の前の版と比べます。

word-comparison-kept = 同じ
word-comparison-renumbered = 番号の変更
word-comparison-changed = 改正
word-comparison-added = 新設
word-comparison-removed = 削除
word-comparison-moved-away = 移動（元）
word-comparison-moved-here = 移動（先）

comparison-title = 新旧対照表
comparison-title-page = 新旧対照表（{ $page } / { $pages }）
comparison-legend = 変わったところ：新しい方は実線と青、前の方は破線と茶
comparison-legend-sheet = 下線のあるところが、変わったところです（新しい方は青、前の方は茶）。
comparison-new = 新
comparison-old = 旧
comparison-kind = 区分
comparison-name = 行政通知 { $number }（第{ $version }版）{ $date } { $title }
comparison-summary = 改正 { $changed }文・新設 { $added }文・削除 { $removed }文・移動 { $moved }文・番号だけ { $renumbered }文・同じ { $kept }文
comparison-left-out = （略：同じ{ $count }文）
comparison-gap-added = （新設）
comparison-gap-removed = （削る）
comparison-gap-away = （別の場所に移動）
comparison-gap-here = （別の場所から移動）
comparison-shown =
    新旧対照表
    新：{ $new }
    旧：{ $old }
comparison-same = 本文は同じです。空白や全角・半角の違いは数えていません。
comparison-missing = 図の「〓」は、図の字体にない字です。本文でお確かめください。
comparison-alternative = 新旧対照表の図 { $page } / { $pages }。左が新「{ $new }」、右が旧「{ $old }」。{ $summary }。
comparison-sheet-description = 新旧対照表（全文）
comparison-sheet-next = 図では同じ文を略しています。全文は添付の.xlsxにあります。

refused-comparison-no-notice = 行政通知 { $number } は見つかりません。「/notice list」で番号を確かめてください。
refused-comparison-no-wording = 行政通知 { $number } には本文がありません。「/notice show { $number }」から本文を入れてから、もう一度お試しください。
refused-comparison-one-version = 行政通知 { $number } の本文には、まだ一つの版しかありません。with に別の通知の番号を書いてください。
refused-comparison-too-long = 本文が長すぎて比べられません。{ $sentences }文までです。章ごとに分けて登録し、比べてください。
refused-comparison-empty = 本文に文字がありません。本文を確かめてください。

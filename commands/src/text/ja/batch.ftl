# Several lines recorded at once (まとめて記録).

form-batch-title = まとめて記録する内容を直す
form-batch-text-hint = 1行に1件ずつ書くと、まとめて記録できます。患者さん・利用者さんのお名前や病状は書かないでください

batch-title = { $count }件として記録します
batch-title-held = { $count }件として記録します（ほか{ $held }件は書き直しが要ります）
batch-title-none = このままでは記録できません（{ $held }件）
batch-line = **{ $line }**　{ $wording }
batch-line-source = 　（{ $source }）
batch-line-tier = 　　→ { $tier }
batch-place = { $place }　{ $count }件
batch-next = まだ記録していません。24時間のうちに決めてください。
batch-tier-hint = 階層を変える行
option-batch-tier = { $line }行目 → { $tier }
batch-all-line = { $name }：{ $value }
field-batch-places = 届け先
field-batch-all = すべての行に付くもの

batch-held-personal-data = 　　⚠ 個人情報らしいところがあります。「直す」で書き直してください。
batch-held-single-case = 　　⚠ お一人のご様子は、主治医・歯科医師・薬剤師へ直接お伝えください。
batch-held-too-long = 　　⚠ 長すぎます（1件は{ $limit }字まで）。「直す」でいくつかに分けてください。
batch-held-unknown-source = 　　⚠ この職種・団体はありません。「直す」で名前を確かめてください。
batch-held-others-source = 　　⚠ 記録できるのは、ご自身の団体・職種の発言だけです。「直す」で除いてください。
batch-held-beyond = 　　⚠ 一度に記録できるのは{ $limit }件までです。残りは続けて記録できます。
batch-held-all = 　　⚠ 備考か発言者を直すと記録できます。

button-batch-keep = { $count }件として記録
button-batch-one = 1件の文章として記録
button-batch-reword = 直す
button-batch-rest = 残り{ $count }件を書き直す
button-batch-undo = すべて元に戻す（{ $minutes }分以内）

batch-kept = { $count }件を記録しました（#{ $first }～#{ $last }）
batch-kept-place = **{ $place }**
batch-kept-line = #{ $number } { $tier } { $wording }
batch-kept-new-category = カテゴリ「{ $names }」はまだないので、付けていません。/issue category（課題 分類）で作って付けられます。
batch-kept-next = 経過は /issue show（課題 詳細）で見られます。階層が違うときは /issue tier（課題 階層）で直せます。
batch-undone = { $count }件の記録を取り消しました（#{ $first }～#{ $last }）。これらの番号は、もう使いません。
batch-undone-stayed = { $numbers }は、その後に変わったため残しました。

refused-batch-kept = すでに記録しました（#{ $first }～#{ $last }）。/issue list（課題 一覧）でお確かめください。
refused-batch-changed = ほかの画面で行が変わりました。そちらの画面で、もう一度お試しください。
refused-batch-nothing-fits = このまま記録できる行がありません。「直す」で書き直してください。
refused-batch-not-one = 1件の文章としては記録できません。行ごとに記録するか、「直す」で書き直してください。
refused-batch-undone = すでに元に戻してあります。/issue list（課題 一覧）でお確かめください。
refused-batch-undo-late = { $minutes }分が過ぎたため、元に戻せません。一つずつ /issue edit（課題 修正）で直すか、連携コーディネーターが /issue status（課題 状況）で「見送り」にできます。

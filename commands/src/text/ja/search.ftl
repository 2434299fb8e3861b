# Searching, similar issues, and merging what says the same.

search-title = 見つかった課題・アイデア　全{ $total }件
search-empty = 当てはまる課題は見つかりませんでした。ことばを減らすか、短く言いかえて、もう一度お試しください。すべて見るときは /issue list（課題 一覧）をお使いください。
search-cut = 当てはまるものが多いため、新しい{ $limit }件の中から探しました。ことばを足すと絞りこめます。
search-note = 　備考：{ $note }
search-merged = 　（{ $stands }）
refused-search-empty = 探すことばを入れてください（例：退院 連絡）。
refused-search-too-long = 探すことばは{ $limit }字までです。短くして、もう一度お試しください。
refused-search-too-many = 探すことばは{ $limit }つまでです。減らして、もう一度お試しください。
refused-search-too-short = 「{ $word }」は短すぎます。2文字以上のことばで、もう一度お試しください。番号で見るときは「#12」のように書いてください。
refused-search-only-left-out = 除くことば（「-」の付いたことば）だけでは探せません。探すことばを一つ以上入れてください（例：退院 -夜間）。

field-similar = 似た意見
similar-line = #{ $number } [{ $status }] { $wording }（{ $likeness }{ $shared }）
similar-words = ：「{ $words }」
word-likeness-same = ほとんど同じ
word-likeness-near = よく似ている
word-likeness-alike = 似ている

button-merge-same = #{ $number }と同じ意見
button-merge-as-same = #{ $number }と同じ意見としてまとめる
button-merge-again = #{ $number }ともう一度まとめる
button-merge-apart = まとめを解く
field-merged = 同じ意見
merged = #{ $number } を #{ $into } と同じ意見としてまとめました。#{ $into } は{ $weight }件の意見になりました。#{ $number } の札は片付けます。ことばと経過は /issue show（課題 詳細）{ $number } で見られ、状況は #{ $into } に合わせて変わります。
merged-into = #{ $into } と同じ意見としてまとめました
merged-somewhere = ほかの意見とまとめて取り扱っています
merged-weight = この意見を含めて{ $weight }件（{ $numbers }）
merged-apart = #{ $number } のまとめを解きました。状況は、いまのままです。
list-weight = 　（{ $weight }件の意見）
card-merged-weight = この意見を含めて{ $weight }件

refused-merge-together = #{ $number } と #{ $into } は、すでに一つの意見になっています。/issue show（課題 詳細）{ $number } でお確かめください。
refused-merge-elsewhere = #{ $number } は、ほかの意見とまとめてあります。別の意見とまとめるときは、連携コーディネーターが /issue show（課題 詳細）{ $number } の「まとめを解く」を押してからお試しください。
refused-merge-ended = #{ $into } は、すでに終わっています。同じことがまた起きているときは、#{ $number } をそのままにするか、連携コーディネーターが /issue status（課題 状況）{ $into } で状況を戻してからまとめてください。
refused-merge-waiting = #{ $number } には、返事を待っている共有の提案があります。承認か見送りを決めてから、もう一度お試しください。
refused-merge-full = #{ $into } にまとめられる意見は{ $limit }件までです。そのままにするか、連携コーディネーターへお伝えください。
refused-merge-for-the-desk = ご自身が記録した、ご自身の団体の意見どうしだけをまとめられます。まとめたいときは連携コーディネーターへお伝えください。
refused-merge-too-late = ご自身でまとめられるのは、記録してから{ $minutes }分以内で、まだ整理が始まっていないものだけです。まとめたいときは連携コーディネーターへお伝えください。
refused-not-merged = #{ $number } は、ほかの意見とまとめてありません。/issue show（課題 詳細）{ $number } でお確かめください。
refused-merged-status = #{ $number } の状況は、まとめ先の #{ $into } に合わせて変わります。/issue status（課題 状況）{ $into } で変えるか、先に /issue show（課題 詳細）{ $number } の「まとめを解く」を押してください。
refused-merged-share = ほかの意見とまとめてあるため、ここからは共有できません。まとめ先の課題を共有するか、連携コーディネーターへお伝えください。

undo-late-merge = まとめを解くときは、連携コーディネーターが /issue show（課題 詳細）{ $number } の「まとめを解く」を押してください。
undone-again-merge = やはりまとめるときは、「同じ意見」のボタンをもう一度押してください。

act-issue-merge = 同じ意見としてまとめる
act-issue-gather = 同じ意見をまとめた
act-issue-apart = まとめを解く
act-issue-release = まとめた意見が離れた
act-issue-follow = まとめ先に合わせた変更

command-issue-search = 検索
command-issue-search-description = ことばから課題を探します
command-issue-search-query = ことば
command-issue-search-query-description = 例：退院 連絡　-夜間（除く）　【情報 共有】（続けて）　#12（番号）

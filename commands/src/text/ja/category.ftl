# Categories: the office's own list, and what an issue is in.

what-category = カテゴリの名前
field-category = カテゴリ
word-unsorted = 未分類

category-now = いまのカテゴリ：{ $names }
category-now-none = いまはどのカテゴリにも入っていません。
category-added = #{ $number } に{ $names }を付けました。{ $now }
category-removed = #{ $number } から{ $names }を外しました。{ $now }
category-already = #{ $number } には{ $names }がすでに付いています。外すときは /issue category（課題 分類）で「外す」（remove）を選んでください。
category-not-there = #{ $number } には、そのカテゴリは付いていません。{ $now }

category-new = 新しいカテゴリ{ $names }を作りますか。作るときは下のボタンを押してください。打ちまちがいのときは、このままで何も作られません。
category-new-for-issue = 新しいカテゴリ{ $names }を作って #{ $number } に付けますか。作るときは下のボタンを押してください。打ちまちがいのときは、このままで何も作られません。
category-alike = ・「{ $name }」に似た「{ $known }」がすでにあります。
category-made = カテゴリ{ $names }を作りました。課題に付けるときは /issue category（課題 分類）をお使いください。
category-made-and-added = #{ $number } に{ $names }を付けました。新しいカテゴリは、これから選べます。
button-category-create = 作る

category-suggested = 次のカテゴリかもしれません。付けるときは下から選んでください。
category-suggested-line = ・**{ $name }**（{ $reason }）
category-why-both = 決め手：{ $words }、{ $numbers } に似ています
category-why-words = 決め手：{ $words }
category-why-past = { $numbers } に似ています
category-choose-hint = カテゴリを選んで付ける

category-list = カテゴリ　全{ $total }
category-list-empty = カテゴリはまだありません。/office category（拠点設定 カテゴリ）の「名前」（name）に書くと作れます。
category-list-next = 名前を選んで「新しい名前」（rename）を書くと変わり、ほかのカテゴリの名前を選ぶと、そこにまとまります。「外す」（remove）で、これからは選べなくなります。
category-line = **{ $name }**　{ $count }件
category-line-retired = { $name }　{ $count }件（いまは選べません）
category-known = 「{ $name }」は、すでにあります（{ $count }件）。変えるときは「新しい名前」（rename）、使わないときは「外す」（remove）もお選びください。
category-renamed = カテゴリ「{ $from }」を「{ $to }」に変えました。札の名前も変わります。戻すときは、もう一度「新しい名前」（rename）で変えてください。
category-same-name = カテゴリの名前は、すでに「{ $name }」です。
category-restored = カテゴリ「{ $name }」を、また選べるようにしました。
category-retired = カテゴリ「{ $name }」を、これからは選べないようにしました。付いている課題は、そのままです。戻すときは /office category（拠点設定 カテゴリ）で同じ名前をお選びください。
category-removed-from-list = カテゴリ「{ $name }」を一覧から外しました。付いている課題はありませんでした。
category-merge = カテゴリ「{ $from }」（{ $from_count }件）を「{ $into }」（{ $into_count }件）にまとめますか。「{ $from }」の課題はすべて「{ $into }」に移り、「{ $from }」は一覧からなくなります。ボタンでは元に戻せません。
category-merged = カテゴリ「{ $from }」を「{ $into }」にまとめました（{ $count }件が移りました）。
button-category-merge = まとめる

step-category = 　カテゴリ：{ $before } → { $after }

share-categories = #{ $number } を、カテゴリだけで「{ $audience }」へ共有します。元の文は伝わりません。次のように読まれます。
share-categories-issue = { $names }に関する課題が挙がっています。
share-categories-idea = { $names }に関するアイデアが挙がっています。
button-share-categories = カテゴリだけを共有する
share-categories-first = カテゴリを付けると、カテゴリだけを共有できます（/issue category（課題 分類）{ $number }）。
refused-share-no-categories = #{ $number } にはカテゴリがありません。先に /issue category（課題 分類）{ $number } で付けてください。

refused-category-name = カテゴリの名前は文字で、1行に書いてください。「、」「,」「@」「<」「>」やかぎかっこは使えません。
refused-category-personal-data = カテゴリの名前に個人情報と思われるところがあるため、使えません。どなたのことか分からない名前にしてください。
refused-category-reserved = 「未分類」は、カテゴリのない課題を探すためのことばです。別の名前にしてください。
refused-category-gone = そのカテゴリは、いまは一覧にありません。/issue category（課題 分類）で、もう一度お選びください。
refused-category-list-changed = カテゴリの一覧が変わりました。/office category（拠点設定 カテゴリ）で確かめて、もう一度お試しください。
refused-category-which = どのカテゴリか分かりません。「名前」（name）も選んでください。
refused-category-both = 「新しい名前」（rename）と「外す」（remove）は、どちらか一つだけを選んでください。
refused-category-retired = 「{ $name }」は、いまは選べないカテゴリです。ほかのカテゴリを選ぶか、連携コーディネーターへお伝えください。
refused-category-retired-desk = 「{ $name }」は、いまは選べないカテゴリです。また使うときは /office category（拠点設定 カテゴリ）で「名前」（name）に選んでください。
refused-unknown-category = 「{ $written }」というカテゴリはありません。次から選んでください：{ $names }
    新しいカテゴリは、連携コーディネーターが作れます。
refused-no-category-yet = この拠点には、まだカテゴリがありません。「カテゴリ」（category）を空けてお試しください。連携コーディネーターは /office category（拠点設定 カテゴリ）で作れます。
refused-categories-too-many = 1件の課題に付けられるカテゴリは{ $limit }までです。先にどれかを外してください。{ $now }
refused-categories-at-once = カテゴリは一度に{ $limit }までです。減らして、もう一度お試しください。
refused-categories-full = カテゴリは{ $limit }までです。/office category（拠点設定 カテゴリ）で、似たものを一つにまとめるか、使わないものを外してください。

undo-late-category = /issue category（課題 分類）{ $number } で、もう一度選んでください。
undone-again-category = やはり変えるときは /issue category（課題 分類）{ $number } をお使いください。

act-issue-category = 分類
act-office-category-add = カテゴリの追加
act-office-category-rename = カテゴリの名前の変更
act-office-category-restore = カテゴリを戻す
act-office-category-retire = カテゴリを使わない
act-office-category-remove = カテゴリの削除
act-office-category-merge = カテゴリをまとめる

command-issue-category = 分類
command-issue-category-description = 課題にカテゴリを付けます（連携コーディネーター）
command-issue-category-number = 番号
command-issue-category-number-description = 番号（例：12）
command-issue-category-category = カテゴリ
command-issue-category-category-description = カテゴリ（「、」で区切る）
command-issue-category-remove = 外す
command-issue-category-remove-description = 付けずに、外します
command-issue-add-category = カテゴリ
command-issue-add-category-description = 拠点のカテゴリ（「、」で区切る）
command-issue-list-category = カテゴリ
command-issue-list-category-description = このカテゴリだけ（相談窓口は「未分類」も）
command-office-category = カテゴリ
command-office-category-description = カテゴリの一覧を見て、作り、変え、まとめます
command-office-category-name = 名前
command-office-category-name-description = カテゴリの名前（空けると一覧）
command-office-category-rename = 新しい名前
command-office-category-rename-description = 新しい名前（ほかのカテゴリの名前なら、そこにまとめます）
command-office-category-remove = 外す
command-office-category-remove-description = これからは選べないようにします

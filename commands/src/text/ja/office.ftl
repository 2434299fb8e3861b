# Answers about the set-up.

role-set = { $capacity }の役割を { $role } にしました。
channel-set = { $channel } を{ $place }にしました。見られる人が決まりどおりのときだけ送られます。
circle-set = { $channel } を二次連携チャンネルにしました（{ $associations }）。見られる人が決まりどおりのときだけ送られます。
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

# Notices (行政通知).

command-notice = 行政通知
command-notice-description = 国や都道府県からの通知を登録し、団体に届けます。

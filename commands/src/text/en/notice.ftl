# Notices.

command-notice = notice
command-notice-description = Notices of ministry and prefecture: keep them and bring them to associations.

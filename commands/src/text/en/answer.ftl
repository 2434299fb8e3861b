# Refusals (what is the matter, and what to do next), faults, help.

fault = Something went wrong on our side. Please try again in a moment. If it happens again, tell a coordinator the number { $number }.

refused-outside-server = Please use this within the server of your liaison office.
refused-busy = It is busy just now. Please try again.
refused-unknown-button = This button no longer works. Please start again from the command.
refused-stale-command = The command has changed. Please reopen Discord and try again.
refused-draft-gone = It is older than 24 hours or was used already. Please start again from the command.
refused-roles-changed = Nothing was recorded, because your roles changed meanwhile. Please start again from the command.
refused-changed-meanwhile = Somebody else changed it first. Look at it with /issue show and try again.

refused-undo-gone = This cannot be undone from here. Please use a command to correct it, or tell a coordinator.
refused-undone-already = #{ $number } has been undone already. /issue show tells how it stands now.
refused-undo-changed-meanwhile = Somebody has changed it since, so it cannot be undone. Please look at it with /issue show and tell a coordinator what to correct.
refused-undo-late = More than { $minutes } minutes have passed, so this cannot be undone. { $instead }
undo-late = Please tell a coordinator what to correct.
undo-late-add = The wording can be corrected with /issue edit { $number }. To give it up, a coordinator can drop it with /issue status.
undo-late-edit = Please correct it again with /issue edit { $number }.
undo-late-tier = Please change it again with /issue tier { $number }.
undo-late-status = Please change it again with /issue status { $number }.
undo-late-pass-on = Please talk to the association it was passed on to.

refused-unknown-person = It is not known which association you belong to. Please ask a coordinator about your role in the server.
refused-readers-only = Your role is for reading. Please tell a coordinator what you would like to have recorded.
refused-coordinators-only = Only coordinators can do this. Please tell a coordinator what you would like to change.
refused-set-up = Only coordinators and administrators of the server can set this up. Please tell one of them.
refused-not-yours = You can correct what you wrote down yourself. Please tell a coordinator what should change.
refused-only-shared = What you read is a shared wording. Please tell a coordinator what should change in the issue itself.
refused-taken-up = It has been taken up already. Please tell a coordinator what should change.
refused-origin = Only coordinators can say that it was said openly. Choose the desk or leave the origin out and try again.
refused-other-association = You can record what your own association or profession says. Leave “profession” empty and try again.

refused-no-such-issue = There is no such number, or you cannot see it. Please check with /issue list.
refused-not-a-number = Write the number as 12 or #12.
refused-not-a-year = Write the fiscal year as 令和9年度, R9 or 2027.
refused-not-a-date = Please write a date like 2026-12-01, 12/1, 令和8年12月1日, R8.12.1 or 昨日.
refused-no-such-day = The calendar has no such day. Please check the date and try again.
refused-wrong-weekday = { $date } is not the weekday that was written. Please check either and try again.
refused-from-after-to = The first day ({ $from }) comes after the last ({ $to }). Please swap them and try again.
refused-empty = Please put in { $what } and try again.
refused-too-long = Please shorten or split { $what } ({ $actual } characters, at most { $limit }) and try again.
refused-message-without-words = This message has no words. Write it down with /issue add.

refused-unknown-profession = There is no profession or association “{ $written }”. Choose one of: { $names }
refused-unknown-about = There is no profession or association “{ $written }”. Separate several by 、 and choose from: { $names }
refused-about-too-many = At most { $limit } professions and associations. Please take some out and try again.
refused-unknown-association = There is no association of this name. Please choose from the suggestions. A coordinator can make a new one with /office association.

refused-personal-data = Nothing was recorded, because this looks like personal data.
    Please reword what is masked.
    > { $masked }
refused-personal-data-doubtful = Nothing was recorded, because this may be personal data.
    Please reword what is masked; if it is none, press “Reword” and give the reason.
    > { $masked }
refused-personal-data-in-reason = Nothing was recorded, because this looks like personal data. Please reword it and try again.
    > { $masked }
refused-personal-data-in-edit-doubtful = Nothing was changed, because this may be personal data.
    Please reword what is masked; if it is none, press “Reword” and give the reason.
    > { $masked }
refused-personal-data-in-edit = Nothing was changed, because this looks like personal data.
    Please reword what is masked.
    > { $masked }
refused-number-in-speaker = Nothing was recorded, because the speaker holds a number. Put in the name alone and try again.
refused-single-case = Please tell what you saw of one patient straight to the doctor, dentist or pharmacist; it is not kept here.
    If it keeps happening in the region, write it so that nobody can be recognised and try again.

refused-same-tier = It is { $tier } already. Choose another tier.
refused-same-status = It has this status already. Choose another one.
refused-done-needs-reason = A measure is looked back on in a review before it is done. To do without, give the reason in “note”.
refused-dropped-needs-reason = To drop it, give the reason in “note”, so that those who raised it can be told.
refused-later-needs-year = Give the fiscal year in “year” (such as { $year }).
refused-year-not-ahead = The fiscal year must be { $year } or later.
refused-channel-unset = { $place } has no channel. To choose one, give “channel” as well.
refused-circle-known = { $channel } is the tier 2 channel of exactly these associations. Please change its associations first, or take it back.
refused-circle-unknown = There is no tier 2 channel of exactly { $associations }. Please check the associations.
refused-role-unset = No role stands for { $capacity }. To choose one, give “role” as well.
refused-taken-meanwhile = Somebody else has just given that channel or role another use. Please look at the set-up with /office association, then try again.
refused-year-without-later = A fiscal year goes with the status “later” only. Please leave the year out, or choose that status.
refused-passed-on-already = #{ $number } was passed on already.
refused-cannot-pass-on = Only a tier 1 issue whose association has a channel can be passed on. Please check with /issue show.

refused-fixed = The configuration file sets this. Please ask whoever runs the server to change the file.
refused-everyone-role = @everyone is everybody's role. Please make a role of its own and choose that.
refused-managed-role = Roles of bots and integrations cannot be used. Please make a role of its own and choose that.
refused-role-in-use = This role is already used for: { $used }. Please choose another one.
refused-role-twice = Officers, contacts and members need roles of their own. Please choose different ones.
refused-channel-in-use = This channel is already { $place }. Please choose another one.
refused-circle-needs-associations = A tier 2 channel needs two or more associations in “association”. Please add them.
refused-unknown-profession-of = There is no profession “{ $written }”. Make it with /office profession or choose from: { $names }
refused-name-taken = This name is taken. Please choose another one.
refused-name-characters = A name has no line breaks and none of 、 , @ < >. Please take them out and try again.
refused-alias-taken = “{ $alias }” already stands for { $profession }. Please take it out there first.
refused-too-many = At most { $limit }. Please take some out and try again.
refused-not-one-of = Choose one of: { $values }
refused-not-a-time-zone = This is no time zone. Write it as Asia/Tokyo.
refused-not-between = Choose a number from { $least } to { $most }.
refused-bad-rule = Rule { $line } cannot be read. Write tier and words as in 3:防災無線;1:研修記録. “none” takes all out.

help-title = How to use Renkei
help-start =
    {""}**/issue add** writes down what is wrong or what came to mind. Without words a form opens.
    {""}**/issue list** lists what you can see; with “mine” what you wrote down.
    {""}**/issue show** tells what became of it.
    You can also press a message (right click) → Apps → “Record as issue”.

    For more, choose a topic of /help.
help-you-unknown = It is not known yet which association you belong to. Please ask a coordinator about your role.
help-you-add = You can record issues.
help-you-read = You can read tier 3.
help-you-set-up = You administer the server. Start by choosing the coordinators' role with /office role.
help-issue =
    Type **/issue add** whenever something comes to mind. It need not be polished.
    ・Renkei works out whose matter it is and which tier can solve it, and tells you why.
    ・If that is wrong, /issue tier changes it.
    ・Only the desk sees the speaker's name.
    ・Please no names, numbers or conditions of patients. What is found is not kept; it comes back masked.
help-audience =
    ・**What is said in a tier 1 talk or to the desk is confidential.** Only that association's officers and contacts (in some associations its members), whoever wrote it down and the desk read it, and the adviser where the office says so.
    ・Other professions get a wording that a coordinator approved, usually without saying who said it. **/issue share** proposes one.
    ・The speaker's name is for the desk only, always.
    ・What is said openly (in tier 2 and 3 gatherings) stands in that channel.
    ・When a channel can be seen by others than it should, nothing is sent to it.
help-tier =
    {""}**① one profession (tier 1)**: the association's own matter, such as uneven knowledge.
    {""}**② between professions (tier 2)**: dealing with each other, such as discharge from hospital.
    {""}**③ whole region (tier 3)**: who does what in the region, such as emergencies, ICT, informing residents.
help-office =
    An administrator of the server or a coordinator sets up, in this order:
    1. **/office role**: the coordinators' role
    2. **/office channel**: the desk
    3. **/office association**: each association's professions, channel and roles
    4. **/office channel**: tier 2 (with its associations) and tier 3
    5. **/office check**: whether all is well, and accepting those who see everything
    Hide every channel from @everyone and add the bot. Renkei sends only where exactly the right people can see.
help-privacy =
    {""}**What is kept**: wording, profession and association, the speaker's name (encrypted), the Discord id of whoever wrote it down, and what changed.
    {""}**What is not kept**: anything about patients. What is found is not stored.
    {""}**What for**: cooperation of health and care in this region, nothing else.
    {""}**How long**: as many years after the fiscal year's end as the office has set (5 at first).
    {""}**To be told what is kept, or have your name removed**: ask by a button below. The desk hears who asks for which, nothing more.
    {""}**Deletion of records**: after the keeping time coordinators look at them and delete them. Copies in backups remain until those are thrown away.

refused-queue-full = Too much waits to be sent, so nothing can be recorded now. Please ask a coordinator to look with /office check whether sending has stopped.
refused-file-too-large = The file would be too large (at most { $limit } MiB). Please narrow it down by tier, association or session and try again.
refusal-and-notice = { $refusal }

    { $notice }
desk-stopped = ⚠ The desk channel{ $channel } cannot be sent to, so notices do not arrive (stoppage { $number }). Please see /office check for what to mend; then everything that waits arrives.

# Stoppages (送信の停止): their card at the desk, and the line of what comes late.

card-late = Late: it was to be sent on { $moment }
button-stoppage = Show the state now
stoppage-title = Stoppage { $number }　sending has stopped
stoppage-title-over = Stoppage { $number }　is over
stoppage-channel = Nothing is sent to { $place } now.
stoppage-channel-over = { $place } can be sent to again.
stoppage-message = Discord does not take { $subject } for { $place }. Everything else arrives.
stoppage-message-over = The matter of { $subject } for { $place } is settled.
stoppage-released = What waited is sent: { $count }.
stoppage-recalled = What was sent just before was taken back: { $count }. It comes again after the mend.
stoppage-next = After the mend everything that waits is sent by itself. /office check shows what is missing.
stoppage-over-next = There is nothing for you to do.
field-since = Since
field-until = Until
field-reason = Reason
field-remedy = How to mend it
field-waiting = Waiting ({ $count })
field-visible = Posts that others could read ({ $count })

stoppage-reason-unbound = No channel is set.
stoppage-remedy-unbound = Set the channel with /office channel or /office association.
stoppage-reason-drift-unknown-channel = The channel was deleted, or the bot cannot see it.
stoppage-remedy-drift-unknown-channel =
    1. If the channel is there: channel settings → permissions, allow “View Channel” for the role of the bot.
    2. If it was deleted: set another channel with /office channel or /office association.
stoppage-reason-drift-everyone = Everybody in the server (@everyone) can see it.
stoppage-remedy-drift-everyone = Channel settings → permissions → deny “View Channel” for @everyone.
stoppage-reason-drift-roles = Roles it is not meant for can see it: { $names }
stoppage-remedy-drift-roles =
    1. Channel settings → permissions, deny “View Channel” for these roles.
    2. If they may see it, set them with /office role or /office association.
stoppage-reason-drift-members = Single people are allowed “View Channel”: { $names }
stoppage-remedy-drift-members = Channel settings → permissions, take them off the list. Give those who may see it a role that may.
stoppage-reason-drift-unaccepted = People or bots who see everything have not been accepted: { $names }
stoppage-remedy-drift-unaccepted = If they may see it, accept them with the button of /office check. Otherwise take the administrator right or the channel permission away.
stoppage-reason-drift-self-assigned = There are roles that people can get by themselves: { $names }
stoppage-remedy-drift-self-assigned = Server settings → onboarding, take these roles out of the questions. Use roles that are given by hand.
stoppage-reason-drift-nobody = Nobody it is meant for can see it.
stoppage-remedy-drift-nobody =
    1. Look at the roles of /office role and /office association.
    2. Channel settings → permissions, allow “View Channel” for the roles that should see it.
stoppage-reason-channel-kind = It is not a kind of channel that can be posted in.
stoppage-remedy-channel-kind = Set a text channel or a forum with /office channel or /office association.
stoppage-reason-permission-view-channel = The bot lacks the permission “View Channel”.
stoppage-remedy-permission-view-channel = Channel settings → permissions, allow “View Channel” for the role of the bot.
stoppage-reason-permission-send-messages = The bot lacks the permission “Send Messages”.
stoppage-remedy-permission-send-messages = Channel settings → permissions, allow “Send Messages” (in a forum “Create Posts”) for the role of the bot.
stoppage-reason-permission-send-messages-in-threads = The bot lacks the permission “Send Messages in Threads”.
stoppage-remedy-permission-send-messages-in-threads = Channel settings → permissions, allow “Send Messages in Threads” for the role of the bot.
stoppage-reason-permission-embed-links = The bot lacks the permission “Embed Links”.
stoppage-remedy-permission-embed-links = Channel settings → permissions, allow “Embed Links” for the role of the bot.
stoppage-reason-permission-attach-files = The bot lacks the permission “Attach Files”.
stoppage-remedy-permission-attach-files = Channel settings → permissions, allow “Attach Files” for the role of the bot.
stoppage-reason-permission-read-message-history = The bot lacks the permission “Read Message History”.
stoppage-remedy-permission-read-message-history = Channel settings → permissions, allow “Read Message History” for the role of the bot.
stoppage-reason-discord-access = Discord refuses what the bot posts ({ $code }).
stoppage-remedy-discord-access =
    1. See in the server settings whether the bot still has its role and is not timed out.
    2. It is tried again every 15 minutes. If it goes on, tell whoever runs the bot this number.
stoppage-reason-discord-message = Discord refuses this post alone ({ $code }).
stoppage-remedy-discord-message = Change the wording a little and it is sent again. If it goes on, tell whoever runs the bot this number.

post-without-files = The chart and the sheet could not be attached. Channel settings → permissions, allow “Attach Files” for the role of the bot; they come with the next change.

# Events (イベント) of the server's own list, and what the desk is told of them.

place-event = the server's events
subject-event = the event of session { $number }
subject-hand = a change by hand to the event of session { $number }
act-event-right = Event put right
word-setting-session_event = Sessions that become events of the server (tier3 / never)

event-what = { $kind } (the office's part: { $role })
event-associations = Associations: { $names }
event-time-unsettled = The time is not settled yet; this will change when it is.
event-end-unsettled = The end is an estimate.
event-more = For details, use /session show with number { $number }.
event-mark = Reference { $mark }
event-place-unsettled = Place to be settled

event-noticed-title = The event of session { $number } was changed in Discord
event-settled-title = The event of session { $number } is settled
event-settled = There is nothing for you to do.
event-hand-changed = Somebody changed the event of the server by hand. The session itself is planned as before.
event-hand-deleted = Somebody deleted, cancelled or ended the event of the server by hand. The session itself is planned as before.
event-remedy-changed =
    1. To change the session too, use /session move with number { $number }; the event follows.
    2. To put the event back as planned, press the button below.
event-remedy-deleted =
    1. To make the event again, press the button below.
    2. To call the session off too, use /session cancel with number { $number }.
    3. If you just do not want the event, there is nothing to do. It is not made again by itself.
field-event-parts = What differs
field-event-planned = Planned
field-event-seen = In Discord
event-span = { $start } to { $end }
word-event-part-name = title
word-event-part-time = time
word-event-part-place = place
word-event-part-description = description
button-event-right-changed = Put it back as planned
button-event-right-deleted = Make it again
button-event-now = How it stands now
event-righted = The event of session { $number } will be shown as planned.
event-righted-back = What was changed by hand is not kept. To have that after all, change session { $number } with /session move; its event follows.
event-righted-back-span = By hand, the event was set to { $span }. To have that after all, move session { $number } to that time with /session move; its event follows.
event-righted-again = If it should not be shown after all, please delete the event in Discord. It will not be made again by itself.
event-stands = The event of session { $number } needs nothing.
event-stands-changed = The event of session { $number } still differs from the plan.
event-stands-deleted = The event of session { $number } is still deleted.
refused-event-settled = This is already settled. You can see the session with /session show.

check-events-ill = {""}**× Events of the server** Sessions of tier 3 cannot become events.
check-events-what = The bot lacks “Create Events”.
check-events-mend = Server Settings → Roles → the bot's role: allow “Create Events”. If you want no events, set session_event to never with /office setting.
stoppage-reason-permission-create-events = The bot lacks “Create Events”.
stoppage-remedy-permission-create-events =
    1. Server Settings → Roles → the bot's role: allow “Create Events”.
    2. If you want no events, set session_event to never with /office setting.
stoppage-reason-events-full = The server has as many events as Discord allows (100).
stoppage-remedy-events-full = Please delete events of the server that are no longer needed. It is tried again every 15 minutes.

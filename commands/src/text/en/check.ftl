# /office check and renkei check: what hinders sending, and how to mend it.

word-permission-view-channel = View Channel
word-permission-send-messages = Send Messages (in a forum Create Posts)
word-permission-send-messages-in-threads = Send Messages in Threads
word-permission-embed-links = Embed Links
word-permission-attach-files = Attach Files
word-permission-read-message-history = Read Message History

check-unbound = No channel is bound.
check-unbound-mend = Bind one by /office channel.
check-unknown-channel = The channel is not there (deleted, or hidden from the bot).
check-unknown-channel-mend = Bind another one by /office channel or /office association.
check-everyone = Everybody in the server can see it.
check-everyone-mend = Edit Channel → Permissions → @everyone: set View Channel to ✕.
check-roles = Roles outside its audience can see it: { $roles }
check-roles-mend = Edit Channel → Permissions → { $roles }: set View Channel to ✕. If they may see it, register them by /office role or /office association.
check-members = Single members are allowed to view it: { $members }
check-members-mend = Edit Channel → Permissions: take { $members } off the list. Give a role of the audience to those who may see it.
check-unaccepted = Somebody can see it whom the desk has not accepted: { $names }
check-unaccepted-mend = If that is right, a coordinator accepts them by the buttons of /office check. If not, take Administrator from them, or take them out of the channel's permissions.
check-unaccepted-here = ・Not accepted yet on the first page: { $names }
check-self-assigned-here = ・Roles that people come by themselves: { $roles }. Mend them as it says under Roles.
check-prompt = Roles that people can choose when they join: { $roles }
check-prompt-mend = Server Settings → Onboarding: take { $roles } out of the questions.
check-connection = Roles that come with a linked account or a service: { $roles }
check-connection-mend = Server Settings → Roles → { $roles }: remove the conditions under Links, or register roles that are given by hand.
check-purchase = Roles that can be bought or boosted for: { $roles }
check-purchase-mend = Make roles that are given by hand, and register them by /office role or /office association.
check-nobody = Nobody of its audience can see it.
check-nobody-mend = Look at the roles of /office role and /office association, and under Edit Channel → Permissions set View Channel to ✓ for those that should see it.
check-kind = It is not a channel for messages or posts.
check-kind-mend = Bind a text channel or a forum.
check-permission = The bot lacks { $permissions }.
check-permission-mend = Edit Channel → Permissions → the bot's role: set { $permissions } to ✓.
check-quoted = “{ $word }”

overseer-owner = the owner of the server { $name }
overseer-role = the administrators' role { $name }
overseer-bot = the bot { $name }
overseer-gone = somebody who no longer sees everything { $name }
overseer-accepted = ○ accepted
overseer-accepted-fixed = ○ accepted (configuration file)
overseer-unaccepted = × not accepted yet
overseer-line = { $number }. { $overseer }: { $state }

check-title = Check
check-well = ○ All is well.
check-ill = × Something has to be mended: where there is a ×, do what stands after the →. What waits is sent then.
check-page = Page { $page } of { $pages }
check-overseers = {""}**Who sees everything**
    The owner of the server, administrators' roles and other bots see channels whatever their permissions say. Nothing is sent until each is accepted by name.
check-overseers-desk-only = Coordinators accept them.
check-first-role = × The coordinators' role is not mapped.
    → Map it first, by /office role. Who holds it can accept here.
check-place-well = {""}**○ { $place }** { $channel }
    Roles that see it: { $roles }
check-place-ill = {""}**× { $place }** { $channel }
    Roles that see it: { $roles }
check-declared = Roles that should: { $roles }
check-place-unknown = {""}**× { $place }** { $channel }
check-step = ・{ $what }
    → { $mend }
check-nobody-listed = none
check-desk-unbound = {""}**× desk**
    ・No channel is bound. Issues with no other place, and messages to the office, go there.
    → Bind one by /office channel.
check-uses-unbound = ・Uses without a channel: { $uses }
    Bind one by /office channel when you need it.
check-associations-unbound = ・Associations without a tier 1 channel: { $names }
    Their issues go to the desk.
check-role-gone = {""}**× Roles**
    ・The role of { $duty } is not in the server.
    → Choose another one by /office role or /office association.
check-association-without-roles = {""}**× { $association }**
    ・It has no roles, so nobody belongs to it.
    → Choose roles for officers, contacts and members by /office association.
check-roles-open = {""}**× Roles**
check-shared-channel = {""}**× { $channel }**
    ・One channel has several uses: { $places }
    → Give each use its own channel by /office channel or /office association.

check-hint = Nothing can be sent there yet. See /office check for what to mend.
accepted = { $name } may see everything: accepted.
accepted-no-longer = { $name } is no longer accepted.
button-accept = Accept that { $name } sees everything
button-accept-no-longer = No longer accept { $name }
button-overseer-owner = the owner
button-overseer-role = @{ $name }
button-overseer-bot = the bot { $name }
button-overseer-gone = no. { $number }
refused-server-unread = The server cannot be read just now. Please wait a little and try again.
refused-no-overseer = They do not see everything now. Please look at /office check.

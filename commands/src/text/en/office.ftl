# Answers about the set-up.

role-set = { $role } is now the role of { $capacity }.
channel-set = { $channel } is now { $place }. Renkei sends only while exactly the right people can see it.
circle-set = { $channel } is now a tier 2 channel ({ $associations }). Renkei sends only while exactly the right people can see it.
profession-set = Profession “{ $profession }” is set. Other words ({ $count }): { $aliases }
profession-set-alone = Profession “{ $profession }” is set, without other words.
setting-set-nothing = “{ $setting }” is now none.
setting-set = “{ $setting }” is changed.
    > { $value }
association-made = Association “{ $association }” is made.
association-changed = Association “{ $association }” is changed.
association-unset = (not set)
association-professions = Professions
association-scopes = Service scopes
association-channel = Tier 1 channel
association-feedback = Feedback channel
association-talk = Who takes part in tier 1

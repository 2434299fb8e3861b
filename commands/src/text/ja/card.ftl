# What stands in channels.

card-title = #{ $number }　{ $kind }　{ $tier }
card-post-title = #{ $number } { $wording }
card-footer = { $date } 記録

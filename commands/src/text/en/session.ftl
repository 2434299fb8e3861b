# Sessions.

subject-session = session { $number }

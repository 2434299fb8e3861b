# Matching, links between issues, key persons.

subject-matching = proposal { $number }
subject-key_person = key person { $number }

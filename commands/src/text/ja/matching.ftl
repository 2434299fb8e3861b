# Matching, links between issues, key persons.

subject-matching = 提案 { $number }
subject-key_person = キーパーソン { $number }

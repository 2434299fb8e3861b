# Several lines recorded at once.

form-batch-title = Correct the lines
form-batch-text-hint = Each line becomes an issue of its own. Please leave out patients' names and conditions

batch-title = To be recorded as { $count } issues
batch-title-held = To be recorded as { $count } issues ({ $held } more need rewording)
batch-title-none = This cannot be recorded as it is ({ $held })
batch-line = **{ $line }** { $wording }
batch-line-source = {" "}({ $source })
batch-line-tier = → { $tier }
batch-place = { $place }: { $count }
batch-next = Nothing is recorded yet. Please decide within 24 hours.
batch-tier-hint = Change the tier of a line
option-batch-tier = line { $line } → { $tier }
batch-all-line = { $name }: { $value }
field-batch-places = Where they go
field-batch-all = For every line

batch-held-personal-data = ⚠ There seems to be personal data. Reword it with “Correct”.
batch-held-single-case = ⚠ One person's condition: please tell the doctor, dentist or pharmacist directly.
batch-held-too-long = ⚠ Too long (at most { $limit } characters each). Split it with “Correct”.
batch-held-unknown-source = ⚠ There is no such profession or association. Check the name with “Correct”.
batch-held-others-source = ⚠ You can only record what your own association or profession said. Leave it out with “Correct”.
batch-held-beyond = ⚠ At most { $limit } at once. The rest can be recorded right after.
batch-held-all = ⚠ It can be recorded once the note or the speaker is corrected.

button-batch-keep = Record as { $count } issues
button-batch-one = Record as one text
button-batch-reword = Correct
button-batch-rest = Reword the other { $count }
button-batch-undo = Undo all (within { $minutes } minutes)

batch-kept = { $count } issues recorded (#{ $first } to #{ $last })
batch-kept-place = **{ $place }**
batch-kept-line = #{ $number } { $tier } { $wording }
batch-kept-new-category = There is no category { $names } yet, so it was not given. /issue category makes it and gives it.
batch-kept-next = Follow them with /issue show. If a tier is wrong, use /issue tier.
batch-undone = { $count } issues were taken back (#{ $first } to #{ $last }). These numbers are not used again.
batch-undone-stayed = { $numbers } stayed, because they have changed since.

refused-batch-kept = They are recorded already (#{ $first } to #{ $last }). Look with /issue list.
refused-batch-changed = The lines were changed on another screen. Please go on there.
refused-batch-nothing-fits = No line can be recorded as it is. Reword them with “Correct”.
refused-batch-not-one = It cannot be recorded as one text. Record the lines, or reword them with “Correct”.
refused-batch-undone = This was taken back already. Look with /issue list.
refused-batch-undo-late = More than { $minutes } minutes have passed. Correct them one by one with /issue edit, or ask a coordinator to drop them with /issue status.

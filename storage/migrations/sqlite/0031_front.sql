-- What waits is looked at from its front: the lane that has been free the longest, and of one place only
-- what is due there. Neither costs more when a hundred thousand others wait.

create index outbox_lane_free on outbox_lane (free_at, office_id, destination);

create index occurrence_place on occurrence (office_id, destination, due_at) where not settled;

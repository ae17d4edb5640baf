-- What others were told of a person goes with the person's name.
CREATE INDEX notifications_actor ON notifications.notifications ((params ->> 'actor_id'));
CREATE INDEX notifications_member ON notifications.notifications ((params ->> 'member_id'))
  WHERE params ->> 'member_id' IS NOT NULL;

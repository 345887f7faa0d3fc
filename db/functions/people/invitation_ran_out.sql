-- Returns whether an open invitation has run out: after 14 days, as its mail says.
create or replace function invitation_ran_out(invited_at timestamptz, at timestamptz) returns boolean language sql immutable as $$
  select invited_at <= at - 14 * interval '24 hours'
$$;

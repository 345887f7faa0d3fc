-- Whether an invitation that nobody accepted has run out. Of 14 days, as the mail says.
create or replace function invitation_ran_out(invited_at timestamptz, at timestamptz) returns boolean language sql immutable as $$
  select invited_at <= at - 14 * interval '24 hours'
$$;

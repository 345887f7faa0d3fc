-- Removes all assignments of an account and all that signs in to it. Returns what was removed, for the audit.
create or replace function take_away(p_user_id uuid, p_at timestamptz) returns jsonb language plpgsql as $$
declare
  v_sessions integer;
  v_assignments jsonb;
begin
  update sessions set ended_at = p_at where user_id = p_user_id and ended_at is null;
  get diagnostics v_sessions = row_count;
  delete from pending_sign_ins where user_id = p_user_id;
  delete from second_factors where user_id = p_user_id;
  delete from calendar_links where user_id = p_user_id;
  with gone as (delete from entitlement_assignments where user_id = p_user_id returning entitlement_id)
  select coalesce(jsonb_agg(entitlement_id order by entitlement_id), '[]') into v_assignments from gone;
  -- A new revision, so that decisions made before become stale. In a fixed order, so that two concurrent calls cannot deadlock.
  update entitlements set revision = revision + 1 where id in (
    select e.id from entitlements e where v_assignments ? e.id::text order by e.id for no key update);
  return jsonb_build_object('sessionsEnded', v_sessions, 'entitlements', v_assignments);
end
$$;

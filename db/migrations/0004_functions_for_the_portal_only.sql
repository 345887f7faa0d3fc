-- Only the role of the portal, which is granted them by name, performs the functions.
revoke execute on function settle_leases(uuid, timestamptz), write_exchange(jsonb), write_audit(jsonb), record_attempt(jsonb, jsonb, uuid),
  write_device(jsonb, timestamptz), commit_issue(jsonb), commit_return(jsonb), commit_release(jsonb), refuse_change() from public;

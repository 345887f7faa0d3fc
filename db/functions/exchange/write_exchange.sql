-- Writes an exchange row from its JSON form. Members that are missing become null or the column's default.
create or replace function write_exchange(p jsonb) returns void language sql as $$
  insert into exchanges (id, at, customer_id, user_id, visitor_id, actor, via, kind, outcome, submission_id, answered_by, file_name,
    file_size, file_digest, content, kind_asked, dialect, request_key, payload_digest, product_code, device_name, entitlement_id,
    device_id, activation_id, code, facts, trouble_code, reply_name, reply)
  select id, at, customer_id, user_id, visitor_id, actor, via, kind, outcome, submission_id, answered_by, file_name,
    file_size, file_digest, decode(p->>'content', 'base64'), kind_asked, dialect, request_key, payload_digest, product_code, device_name,
    entitlement_id, device_id, activation_id, code, coalesce(facts, '{}'), trouble_code, reply_name, decode(p->>'reply', 'base64')
  from jsonb_to_record(p) as x(id uuid, at timestamptz, customer_id uuid, user_id uuid, visitor_id uuid, actor text, via text, kind text,
    outcome text, submission_id uuid, answered_by uuid, file_name text, file_size integer, file_digest text, kind_asked text, dialect text,
    request_key text, payload_digest text, product_code text, device_name text, entitlement_id uuid, device_id uuid, activation_id uuid,
    code text, facts jsonb, trouble_code text, reply_name text)
$$;

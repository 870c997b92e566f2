-- One text for SQLite and PostgreSQL: times are RFC 3339 UTC text with milliseconds, so that they sort; JSON is text; money is hundredths.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The last link of each hash chain. Whoever appends to a chain holds this row, so that two writers never take the same place.
CREATE TABLE chains (
    name TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO chains (name, seq, hash) VALUES ('plans', 0, ''), ('publications', 0, ''), ('audit_trail', 0, '');

CREATE TABLE members (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'alliance_planner', 'port_planner', 'member', 'shipper')),
    member TEXT REFERENCES members (code),
    label TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT,
    CHECK ((role = 'member') = (member IS NOT NULL))
);

CREATE TABLE instances (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    tables TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES jobs (id),
    instance_id TEXT NOT NULL REFERENCES instances (id),
    request TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    attempt BIGINT NOT NULL,
    worker TEXT,
    -- Times a worker has died with it.
    lost BIGINT NOT NULL DEFAULT 0,
    -- Milliseconds since 1970 by the clock of the database.
    lease_until_ms BIGINT,
    seen_ms BIGINT,
    -- Planning time of all attempts.
    worked_ms BIGINT NOT NULL DEFAULT 0,
    cancel_asked BIGINT NOT NULL,
    stage TEXT,
    incumbent DOUBLE PRECISION,
    bound DOUBLE PRECISION,
    gap DOUBLE PRECISION,
    best TEXT,
    best_profit_cents BIGINT,
    plan_id TEXT,
    reason TEXT,
    made_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT
);
CREATE INDEX jobs_by_state ON jobs (state, created_at, id);
CREATE INDEX jobs_by_parent ON jobs (parent_id);

CREATE TABLE job_events (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    seq BIGINT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
);

-- Revisions of an instance's plan: never changed, never deleted (see the guards of each engine).
CREATE TABLE plans (
    seq BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    instance_id TEXT NOT NULL REFERENCES instances (id),
    revision BIGINT NOT NULL,
    job_id TEXT UNIQUE,
    profit_cents BIGINT NOT NULL,
    document TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    record_hash TEXT NOT NULL,
    UNIQUE (instance_id, revision)
);

-- Publishing and withdrawing, in order: the last row that is not withdrawn names the current plan.
CREATE TABLE publications (
    seq BIGINT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plans (id),
    action TEXT NOT NULL CHECK (action IN ('published', 'withdrawn')),
    note TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    record_hash TEXT NOT NULL
);
CREATE INDEX publications_by_plan ON publications (plan_id, seq);

-- Who did what.
CREATE TABLE audit_trail (
    seq BIGINT PRIMARY KEY,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    record_hash TEXT NOT NULL
);

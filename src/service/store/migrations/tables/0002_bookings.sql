-- The ledger of bookings. Times of the timetable are minutes since Monday 1 January 2024, 00:00 in Asia/Shanghai.

-- Which plan is booked on, and whether bookings of the plan before still wait to be moved to it. One row.
CREATE TABLE ledger_state (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    plan_id TEXT,
    carrying BIGINT NOT NULL CHECK (carrying IN (0, 1)),
    -- What the alliance has set, as JSON; nothing: the usual terms.
    terms TEXT,
    -- The published price list, as JSON; nothing: none is published.
    tariff TEXT
);
INSERT INTO ledger_state (id, plan_id, carrying) VALUES (1, (SELECT plan_id FROM publications p WHERE action = 'published' AND NOT EXISTS
    (SELECT 1 FROM publications later WHERE later.plan_id = p.plan_id AND later.seq > p.seq) ORDER BY seq DESC LIMIT 1), 0);

-- The room of one leg of one voyage; made when it is first booked or waited for. What the checks say holds whatever a program does.
CREATE TABLE ledger_legs (
    -- plan:service:cycle:sailing:leg
    place TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL,
    service TEXT NOT NULL,
    cycle BIGINT NOT NULL,
    sailing BIGINT NOT NULL,
    leg BIGINT NOT NULL,
    berthing_min BIGINT NOT NULL,
    -- Unused allotments have gone back to everybody.
    returned BIGINT NOT NULL CHECK (returned IN (0, 1)),
    capacity_teu BIGINT NOT NULL,
    -- The capacity, and what the alliance lets be booked beyond it.
    limit_teu BIGINT NOT NULL,
    used_teu BIGINT NOT NULL CHECK (used_teu >= 0),
    -- Kept for members: their allotments less what they have booked on them.
    held_teu BIGINT NOT NULL CHECK (held_teu >= 0),
    capacity_kg BIGINT NOT NULL,
    used_kg BIGINT NOT NULL CHECK (used_kg >= 0),
    capacity_plugs BIGINT NOT NULL,
    used_plugs BIGINT NOT NULL CHECK (used_plugs >= 0),
    capacity_dangerous BIGINT NOT NULL,
    used_dangerous BIGINT NOT NULL CHECK (used_dangerous >= 0),
    CHECK (used_teu + held_teu <= limit_teu),
    CHECK (used_kg <= capacity_kg),
    CHECK (used_plugs <= capacity_plugs),
    CHECK (used_dangerous <= capacity_dangerous)
);
CREATE INDEX ledger_legs_by_cycle ON ledger_legs (plan_id, cycle);
CREATE INDEX ledger_legs_by_return ON ledger_legs (returned, berthing_min);

-- A member's allotment on a leg, as far as it has not gone back to everybody.
CREATE TABLE ledger_shares (
    place TEXT NOT NULL REFERENCES ledger_legs (place),
    member TEXT NOT NULL,
    allotted_teu BIGINT NOT NULL,
    used_teu BIGINT NOT NULL CHECK (used_teu >= 0),
    PRIMARY KEY (place, member),
    CHECK (used_teu <= allotted_teu)
);

CREATE TABLE bookings (
    id TEXT PRIMARY KEY,
    -- Place in the waiting list: identifiers sort by the time they were given.
    line TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('RECEIVED', 'PENDING_UPDATE', 'CONFIRMED', 'PENDING_AMENDMENT', 'REJECTED', 'DECLINED',
        'CANCELLED', 'COMPLETED')),
    plan_id TEXT NOT NULL,
    made_by TEXT NOT NULL,
    -- Through which member; nothing for one that takes open slots only.
    member TEXT,
    teu BIGINT NOT NULL CHECK (teu > 0),
    kg BIGINT NOT NULL CHECK (kg >= 0),
    plugs BIGINT NOT NULL CHECK (plugs >= 0),
    dangerous BIGINT NOT NULL CHECK (dangerous >= 0),
    closes_min BIGINT NOT NULL,
    loads_min BIGINT NOT NULL,
    ends_min BIGINT NOT NULL,
    offer_until_min BIGINT,
    reason TEXT,
    -- What the shipper asked for and was promised, as JSON.
    detail TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CHECK ((state = 'PENDING_UPDATE') = (offer_until_min IS NOT NULL))
);
CREATE INDEX bookings_by_state ON bookings (state, line);
CREATE INDEX bookings_by_end ON bookings (state, ends_min);
CREATE INDEX bookings_by_maker ON bookings (made_by, id);
CREATE INDEX bookings_by_member ON bookings (member, id);

-- Legs that a booking needs; where it holds slots, whose they are.
CREATE TABLE booking_legs (
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    place TEXT NOT NULL REFERENCES ledger_legs (place),
    -- Nothing: no slots are held. Empty: open slots. Otherwise the member's.
    account TEXT,
    PRIMARY KEY (booking_id, place)
);
CREATE INDEX booking_legs_by_place ON booking_legs (place);

-- What became of each booking, each record chained to the one before of the same booking: never changed, never deleted.
CREATE TABLE booking_events (
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    seq BIGINT NOT NULL,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    made_by TEXT NOT NULL,
    -- The booking as it was afterwards, as JSON.
    booking TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    record_hash TEXT NOT NULL,
    PRIMARY KEY (booking_id, seq)
);

-- Answers by idempotency key, to be given again.
CREATE TABLE answers (
    -- SHA-256 of the caller and its key.
    id TEXT PRIMARY KEY,
    -- SHA-256 of what was asked.
    asked TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX answers_by_time ON answers (created_at);

-- What became of bookings when another plan was published.
CREATE TABLE carry_overs (
    plan_id TEXT NOT NULL,
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    from_plan_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (plan_id, booking_id, at)
);

-- That somebody was nudged about a sitting. Rows of one person and moment are one message.
CREATE TABLE nudge (
    partnership BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    at_ms       BIGINT NOT NULL,
    sitting     TEXT   NOT NULL,
    stage       TEXT   NOT NULL CHECK (stage IN ('half', 'late')),
    PRIMARY KEY (partnership, person, at_ms, sitting),
    FOREIGN KEY (partnership, person) REFERENCES person (partnership, id)
);

-- That hosts were told of missing partners near the end of a sitting.
CREATE TABLE hosts_told (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    sitting     TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, sitting, at_ms)
);

-- A better day: the next nudge about a sitting comes then.
CREATE TABLE better_day (
    partnership BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    sitting     TEXT   NOT NULL,
    day         TEXT   NOT NULL, -- a date in the person's own zone
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, person, sitting),
    FOREIGN KEY (partnership, person) REFERENCES person (partnership, id)
);

-- Where somebody wants to be nudged, if they said so.
CREATE TABLE reach (
    partnership BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    reach       TEXT   NOT NULL CHECK (reach IN ('room', 'direct', 'nowhere')),
    PRIMARY KEY (partnership, person),
    FOREIGN KEY (partnership, person) REFERENCES person (partnership, id)
);

-- Where one account alone is written to.
CREATE TABLE direct_room (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    account     BIGINT NOT NULL,
    room        BIGINT NOT NULL,
    PRIMARY KEY (partnership, account)
);

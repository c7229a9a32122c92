-- A link under which the canvas can be read. Only the SHA-256 of its token lies here, in hex.
CREATE TABLE share (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    scope       TEXT   NOT NULL CHECK (scope IN ('partners', 'outside')),
    hash        TEXT   NOT NULL UNIQUE,
    by_person   BIGINT NOT NULL,
    at_ms       BIGINT NOT NULL,
    until_ms    BIGINT NOT NULL,
    revoked_ms  BIGINT,
    PRIMARY KEY (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);

-- From when on outsiders may see which sections; the newest counts. nth is the order.
CREATE TABLE released (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    by_person   BIGINT NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, id),
    UNIQUE (partnership, nth),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);

CREATE TABLE released_section (
    partnership BIGINT NOT NULL,
    released    BIGINT NOT NULL,
    section     TEXT   NOT NULL,
    PRIMARY KEY (partnership, released, section),
    FOREIGN KEY (partnership, released) REFERENCES released (partnership, id)
);

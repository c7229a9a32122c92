-- A card: what somebody wrote, and what became of it.
CREATE TABLE card (
    partnership   BIGINT NOT NULL REFERENCES partnership (id),
    id            BIGINT NOT NULL,
    source        TEXT   NOT NULL, -- the ask or list it belongs to
    window_       BIGINT,
    by_person     BIGINT,
    behalf        BIGINT,          -- the host who wrote it down for them
    partner       BIGINT,
    grouping_     BIGINT,          -- the triad may be gone while its cards stay
    item          TEXT,
    state         TEXT   NOT NULL CHECK (state IN ('open', 'withdrawn', 'merged')),
    merged_into   BIGINT,
    parked        TEXT,
    confirmed_by  BIGINT,
    confirmed_yes BIGINT,
    confirmed_ms  BIGINT,
    disputed      BIGINT NOT NULL CHECK (disputed IN (0, 1)),
    PRIMARY KEY (partnership, id),
    CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id),
    FOREIGN KEY (partnership, behalf) REFERENCES person (partnership, id),
    FOREIGN KEY (partnership, confirmed_by) REFERENCES person (partnership, id),
    FOREIGN KEY (partnership, partner) REFERENCES partner (partnership, id)
);

-- A wording: who worded a card so, how and when. Wordings are added, not changed.
CREATE TABLE wording (
    partnership BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    by_person   BIGINT,
    via         TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, card, nth),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);

-- The words of a wording, a row a field.
CREATE TABLE card_text (
    partnership BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    field       TEXT   NOT NULL,
    words       TEXT   NOT NULL,
    PRIMARY KEY (partnership, card, nth, field),
    FOREIGN KEY (partnership, card, nth) REFERENCES wording (partnership, card, nth) ON DELETE CASCADE
);

-- What a window has on the table.
CREATE TABLE slate (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, nth),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);

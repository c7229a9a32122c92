-- A window: one opening of one ask. Named window_ because SQL owns the word.
CREATE TABLE window_ (
    partnership BIGINT NOT NULL REFERENCES partnership (id),
    id          BIGINT NOT NULL,
    ask         TEXT   NOT NULL,
    nth         BIGINT NOT NULL,
    opens_ms    BIGINT NOT NULL,
    ends_ms     BIGINT NOT NULL,
    state       TEXT   NOT NULL,
    closed_ms   BIGINT,
    because_of  TEXT   NOT NULL,
    despite     TEXT   NOT NULL, -- why it was closed although people were missing
    PRIMARY KEY (partnership, id)
);

-- In a run-off: the partners that are spoken of.
CREATE TABLE about (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    nth         BIGINT NOT NULL,
    partner     BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, nth),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id),
    FOREIGN KEY (partnership, partner) REFERENCES partner (partnership, id)
);

-- Who was named to draft.
CREATE TABLE drafter (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, person),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id),
    FOREIGN KEY (partnership, person) REFERENCES person (partnership, id)
);

-- Who has given in a window, apart from what. The giver is a person, a partner or a group.
CREATE TABLE given (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    giver_kind  TEXT   NOT NULL CHECK (giver_kind IN ('person', 'partner', 'group')),
    giver       BIGINT NOT NULL,
    how         TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, giver_kind, giver),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id)
);

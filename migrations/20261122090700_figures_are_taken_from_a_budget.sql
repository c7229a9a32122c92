-- The budget of a window: one row for each figure that a giver has in hand. The rows are made from
-- the plan's piles when the window opens. A figure names its row, so a fourth green has no place.
-- (An ask without piles, a consent round, is bounded by its slate: there the row comes with the answer.)
CREATE TABLE budget (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    pile        TEXT   NOT NULL,
    slot        BIGINT NOT NULL CHECK (slot BETWEEN 1 AND 255),
    PRIMARY KEY (partnership, window_, pile, slot),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id)
);

-- A figure with a name on it. about is the partner it speaks of, 0 if it speaks of none.
CREATE TABLE figure (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    giver_kind  TEXT   NOT NULL CHECK (giver_kind IN ('person', 'partner', 'group')),
    giver       BIGINT NOT NULL,
    pile        TEXT   NOT NULL,
    about       BIGINT NOT NULL,
    slot        BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    value       TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, giver_kind, giver, pile, about, slot),
    FOREIGN KEY (partnership, window_, pile, slot) REFERENCES budget (partnership, window_, pile, slot),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);

-- A ballot: the same for an unnamed ask while it is open. Closing leaves counts and deletes the rows.
CREATE TABLE ballot (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    giver_kind  TEXT   NOT NULL CHECK (giver_kind IN ('person', 'partner', 'group')),
    giver       BIGINT NOT NULL,
    pile        TEXT   NOT NULL,
    about       BIGINT NOT NULL,
    slot        BIGINT NOT NULL,
    card        BIGINT NOT NULL,
    value       TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, giver_kind, giver, pile, about, slot),
    FOREIGN KEY (partnership, window_, pile, slot) REFERENCES budget (partnership, window_, pile, slot),
    FOREIGN KEY (partnership, card) REFERENCES card (partnership, id)
);

-- That somebody's marks, figures or answers were entered by a host; gone when they give by themselves.
CREATE TABLE entered (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    giver_kind  TEXT   NOT NULL CHECK (giver_kind IN ('person', 'partner', 'group')),
    giver       BIGINT NOT NULL,
    by_person   BIGINT NOT NULL,
    via         TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_, giver_kind, giver),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id)
);

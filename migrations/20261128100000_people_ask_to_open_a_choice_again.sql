-- Somebody asks to open again what a decision settled; opened is the window that came of it.
CREATE TABLE plea (
    partnership BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    decision    BIGINT NOT NULL,
    by_person   BIGINT,
    reason      TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL,
    opened      BIGINT,
    PRIMARY KEY (partnership, id),
    FOREIGN KEY (partnership, decision) REFERENCES decision (partnership, id),
    FOREIGN KEY (partnership, by_person) REFERENCES person (partnership, id),
    FOREIGN KEY (partnership, opened) REFERENCES window_ (partnership, id)
);

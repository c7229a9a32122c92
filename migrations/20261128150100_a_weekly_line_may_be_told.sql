-- Where the weekly line is switched on: the moment after which the next one comes.
CREATE TABLE weekly_line (
    partnership BIGINT NOT NULL PRIMARY KEY REFERENCES partnership (id),
    after_ms    BIGINT NOT NULL
);

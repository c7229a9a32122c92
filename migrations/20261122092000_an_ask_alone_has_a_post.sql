-- The post of an ask that was opened by itself. Asks that are open at the same time share one message.
CREATE TABLE round (
    partnership BIGINT NOT NULL,
    window_     BIGINT NOT NULL,
    message     BIGINT NOT NULL,
    PRIMARY KEY (partnership, window_),
    FOREIGN KEY (partnership, window_) REFERENCES window_ (partnership, id)
);

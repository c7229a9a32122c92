-- A window closes by itself. Where the quorum was missing at its end it was extended, once.
ALTER TABLE window_ ADD COLUMN extended BIGINT NOT NULL DEFAULT 0;
ALTER TABLE window_ ADD COLUMN itself   BIGINT NOT NULL DEFAULT 0;
-- Until now hosts were told when a window had ended, and closed it by hand: that was its second time.
UPDATE window_ SET extended = 1, state = 'open' WHERE state = 'due';

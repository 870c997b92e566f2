-- A plan is chosen by its worth, which is its profit where only money counts.
ALTER TABLE jobs ADD COLUMN best_worth_cents BIGINT;
UPDATE jobs SET best_worth_cents = best_profit_cents;

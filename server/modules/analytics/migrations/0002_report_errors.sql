-- Why a report failed is a word for people; the error itself is in the log.
UPDATE analytics.reports SET error = CASE WHEN error LIKE 'It was begun %' THEN 'interrupted' ELSE 'fault' END
WHERE error IS NOT NULL;
ALTER TABLE analytics.reports ADD CHECK (error IN ('fault', 'interrupted'));

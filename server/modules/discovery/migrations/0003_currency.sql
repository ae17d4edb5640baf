-- Of the budget, where there is one: amounts are compared within one currency alone.
ALTER TABLE discovery.project_documents ADD COLUMN currency text;
UPDATE discovery.project_documents SET currency = card->>'currency'
WHERE budget_max > 0 OR (budget_max IS NULL AND budget_min IS NOT NULL);

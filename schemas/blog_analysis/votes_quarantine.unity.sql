-- What Unity Catalog knows about blog_analysis.votes_quarantine: it shows lines as they were delivered, whatever stands in
-- them, so only those who may see personal data may read it. Applied by the task apply_schemas whenever it has changed.

ALTER TABLE blog_analysis.votes_quarantine SET TAGS ('product' = 'votes', 'personal_data' = 'yes');
ALTER TABLE blog_analysis.votes_quarantine ALTER COLUMN _text SET TAGS ('personal_data' = 'document');

GRANT SELECT ON TABLE blog_analysis.votes_quarantine TO `${personal_data_group}`;

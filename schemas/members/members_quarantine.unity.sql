-- What Unity Catalog knows about members.members_quarantine: it shows rows as the source has them, so only those who may
-- see personal data may read it. Applied by the task apply_schemas whenever it has changed.

ALTER TABLE members.members_quarantine SET TAGS ('product' = 'members', 'personal_data' = 'yes');
ALTER TABLE members.members_quarantine ALTER COLUMN first_name SET TAGS ('personal_data' = 'name');
ALTER TABLE members.members_quarantine ALTER COLUMN last_name SET TAGS ('personal_data' = 'name');
ALTER TABLE members.members_quarantine ALTER COLUMN email SET TAGS ('personal_data' = 'email');
ALTER TABLE members.members_quarantine ALTER COLUMN phone_number SET TAGS ('personal_data' = 'phone');
ALTER TABLE members.members_quarantine ALTER COLUMN address SET TAGS ('personal_data' = 'address');

GRANT SELECT ON TABLE members.members_quarantine TO `${personal_data_group}`;

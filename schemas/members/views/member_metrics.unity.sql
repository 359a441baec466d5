-- Figures about members that readers, dashboards and alerts share: SELECT country_of_residence, MEASURE(members) FROM
-- members.member_metrics GROUP BY ALL. Only Unity Catalog has metric views. Groups and numbers alone, and no column that is
-- masked or tagged as personal data, so readers may query it.

CREATE OR REPLACE VIEW members.member_metrics
WITH METRICS
LANGUAGE YAML
AS $$
version: 1.1
comment: How many members there are, by month of registration and country
source: "`${catalog}`.members.members"
dimensions:
  - name: registration_month
    expr: trunc(registration_date, 'MM')
    comment: First day of the month in which the member registered
  - name: registration_year
    expr: year(registration_date)
    comment: Year in which the member registered
  - name: country_of_residence
    expr: coalesce(country, 'unknown')
    comment: Country where the member resides
measures:
  - name: members
    expr: count(1)
    comment: How many members
  - name: cities
    expr: count(DISTINCT city)
    comment: In how many cities they reside
  - name: registered_in_30_days
    expr: count(1) FILTER (WHERE registration_date > date_sub(current_date(), 30))
    comment: How many of them registered in the last 30 days
  - name: latest_registration
    expr: max(registration_date)
    comment: Day on which the latest of them registered
$$;

GRANT SELECT ON VIEW members.member_metrics TO `${reader_group}`;

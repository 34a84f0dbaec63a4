-- Coverage with the names that people read.
CREATE VIEW cells AS
SELECT partners.name AS partner_name, areas.number, areas.label AS area_label, coverage.*, partners.in_table
FROM coverage
JOIN partners ON partners.id = coverage.partner
JOIN areas ON areas.id = coverage.area
ORDER BY areas.number, partners.position;

"""What is recorded beside the areas, and that nothing recorded is not nothing there."""

from sdp_matrix import Partnerships, Selection
from sdp_matrix.analysis.selection import select
from sdp_matrix.views import lists, show

NOT_RECORDED = "bsent means not recorded"


def test_a_partnership_shows_its_mechanisms_with_their_sources(partnerships: Partnerships) -> None:
    table = show.partnership(partnerships, partnerships.partner("korea"))
    section = next(section for section in table.sections if NOT_RECORDED in section.title)
    assert [tuple(cell.text for cell in row) for row in section.rows] == [
        ("framework participation", "in place since 2016: The first with a country of Asia."),
        ("SAFE", "requested: A formal request for its industry, as reported."),
    ]
    assert all(row[-1].notes for row in section.rows)


def test_the_list_has_a_row_per_partner_and_a_column_per_kind(partnerships: Partnerships) -> None:
    table = lists.mechanisms(partnerships, select(partnerships, Selection(everyone=True)))
    rows = {row[0].value: [cell.text for cell in row[1:]] for row in table.rows}
    assert rows["moldova"] == ["agreed", "", "", "", "", "", "in place", ""]
    assert not any(rows["ghana"])
    assert any(NOT_RECORDED in remark for remark in table.remarks)

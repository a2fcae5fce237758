import pytest

from helpers import language
from helpers.errors import DataError
from helpers.tables import sections, sources


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [
        ("5.1.2", "evaluatie, paragraaf 5.1.2", "evaluation, section 5.1.2"),
        ("7", "evaluatie, hoofdstuk 7", "evaluation, chapter 7"),
        ("Appendix 3", "evaluatie, bijlage 3", "evaluation, appendix 3"),
        ("Summary", "evaluatie, samenvatting", "evaluation, summary"),
    ],
)
def test_sections(number, nl, en):
    """A section is named as each language names it."""
    assert sections.label(number) == (nl, en)


def test_line_groups_by_section():
    """Figures of one section share its mention; a series is named by publisher and table."""
    cited = [sources.cite(item) for item in ("trade-04", "trade-05", "cbs-83028ned")]
    with language.use("en"):
        line = sources.line(cited)
    assert line == "trade-04, trade-05 (evaluation, section 5.1.2); CBS 83028NED"


def test_series_lead_to_their_publisher():
    """A series has an address, its title and its licence."""
    source = sources.cite("cbs-83028ned")
    assert source.url.startswith("https://")
    assert "CC BY 4.0" in source.detail.en


@pytest.mark.parametrize(
    ("name", "near"),
    [("5.9.9", "5.1.7"), ("Appendix 9", "Appendix 4"), ("summary", "Summary"), ("trade-5", "trad")],
)
def test_what_can_not_be_cited_is_told(name, near):
    """A section, number or series that there is not is refused with the nearest that there is."""
    with pytest.raises(DataError, match=rf"source: found '{name}'; .* such as '{near}"):
        sources.cite(name)


@pytest.mark.parametrize("name", ["Summary", "2.2", "5.1.7", "8", "Appendix 1"])
def test_every_section_can_be_cited(name):
    """A section can be cited whether or not a row comes from it."""
    assert sources.cite(name).label == sections.label(name)

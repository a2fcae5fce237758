import pytest

from helpers import language, sources


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
    assert sources.section(number) == (nl, en)


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

"""What Tab offers after the name of a part of the library."""

import importlib
import subprocess
import sys

import pytest

OFFERED = {
    "helpers": "charts claims counts evidence explore language measures present ranges statements "
    "tables",
    "helpers.charts": "Chart bars columns dots lines stacked timeline",
    "helpers.claims": "COLOURS LABELS Ledger MARKS VERDICTS by_verdict overall",
    "helpers.counts": "Gap alternates count count_by distinct gaps tally",
    "helpers.explore": "Choice lines readings rows verdicts",
    "helpers.measures": "ShiftShare annual_growth as_euros change complement constant_prices "
    "growth_factor growth_ratio implied_total in_millions in_unit index_numbers "
    "per_unit relative_growth share share_of_sum shift_share total value_before yearly_change",
    "helpers.present": "Column say show_chart show_table",
    "helpers.ranges": "at_least at_most ends rank up_to width",
    "helpers.statements": "Check choose each every extents highest lowest none only",
    "helpers.tables": "cite describe labels load names reported_numbers section titles unit_label "
    "units with_readings",
}


@pytest.mark.parametrize("name", OFFERED)
def test_tab_offers_what_a_notebook_uses(name):
    """No module that another one imports stands between the names to choose from, and each name
    that is offered is there."""
    part = importlib.import_module(name)
    assert dir(part) == OFFERED[name].split()
    assert all(hasattr(part, each) for each in dir(part))


def test_the_parts_come_with_the_library():
    """After `import helpers` alone each part that is offered can be used; others are no parts."""
    code = "import helpers\nprint(helpers.ranges.__name__, hasattr(helpers, 'nothing'))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("helpers.ranges False\n", "")

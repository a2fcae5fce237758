"""matplotlib, pandas and seaborn draw columns of quantities, as they draw floats."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
import seaborn.objects as so
from test_array import column


@pytest.fixture
def frame() -> pd.DataFrame:
    """Two groups in three years; one cost is missing."""
    return pd.DataFrame({
        "group": ["x", "x", "x", "y", "y", "y"],
        "year": [2001, 2002, 2003] * 2,
        "cost": column(1, 2, 4, 3, None, 5),
        "people": column(10, 20, 40, 30, 20, 60, unit="persons"),
    })  # fmt: skip


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    plt.close("all")
    assert figure


KNOWN = [1, 2, 4, 3, np.nan, 5]


def same(found, expected) -> None:
    np.testing.assert_allclose(np.asarray(found, dtype=float), expected)


def heights(ax) -> list[float]:
    return [patch.get_height() for patch in ax.patches]


def test_matplotlib_lines(ax, frame):
    """A line has the values, and a gap where a cell is missing; a quantity is a place."""
    (line,) = ax.plot(frame.year, frame.cost)
    same(line.get_ydata(), KNOWN)
    (line,) = ax.plot(frame.people, frame.cost)
    same(line.get_xdata(), [10, 20, 40, 30, 20, 60])
    same(ax.axhline(frame.cost.iloc[1]).get_ydata(), [2, 2])
    ax.set_ylim(0, frame.cost.max())
    assert ax.get_ylim() == (0, 5)
    same(np.linspace(frame.cost.min(), frame.cost.max(), 3), [1, 3, 5])


def test_matplotlib_points_bars_and_counts(ax, frame):
    """So have points, bars, areas, and the counts of a histogram."""
    same(
        ax.scatter(frame.people, frame.people).get_offsets(),
        [[n, n] for n in (10, 20, 40, 30, 20, 60)],
    )
    bars = ax.bar(range(6), frame.people)
    same([bar.get_height() for bar in bars], [10, 20, 40, 30, 20, 60])
    counts, _, _ = ax.hist(frame.people, bins=[0, 25, 70])
    assert counts.tolist() == [3, 3]
    ax.fill_between(frame.year[:3], frame.cost[:3])
    ax.errorbar(frame.year[:3], frame.cost[:3])
    medians = ax.boxplot(frame.people)["medians"]
    same(medians[0].get_ydata(), [25, 25])


def test_pandas_plots(frame):
    """`plot` of a series or a frame has the values, in lines, bars and points."""
    same(frame.cost.plot().lines[0].get_ydata(), KNOWN)
    plt.close("all")
    assert heights(frame.people.plot.bar()) == [10, 20, 40, 30, 20, 60]
    plt.close("all")
    wide = frame.pivot(index="year", columns="group", values="cost")
    same(wide.plot().lines[1].get_ydata(), [3, np.nan, 5])
    assert heights(wide.fillna(wide.x.iloc[0]).plot.bar(stacked=True)) == [1, 2, 4, 3, 1, 5]
    points = frame.plot.scatter(x="people", y="people").collections[0].get_offsets()
    same(points[0], [10, 10])
    frame.plot(x="year", y=["cost", "people"])
    frame.people.plot.hist()
    frame.people.plot.box()
    frame.boxplot("people", by="group")
    frame.hist("people")
    plt.close("all")


def test_seaborn_lines_and_points(ax, frame):
    """seaborn draws lines of means and points of two columns."""
    sns.lineplot(frame, x="year", y="people", hue="group", ax=ax)
    same(ax.lines[0].get_ydata(), [10, 20, 40])
    sns.scatterplot(frame, x="people", y="cost", hue="group", size="people", ax=ax)
    same(ax.collections[-1].get_offsets()[0], [10, 1])


@pytest.mark.filterwarnings("ignore:vert. bool:DeprecationWarning")  # of seaborn, on floats too
def test_seaborn_distributions(ax, frame):
    """Histograms, boxes and bars have counts, medians and means."""
    sns.histplot(frame, x="people", bins=[0, 25, 70], ax=ax)
    assert heights(ax) == [3, 3]
    ax.clear()
    sns.barplot(frame, x="group", y="people", errorbar=None, ax=ax)
    same(heights(ax), [70 / 3, 110 / 3])
    ax.clear()
    sns.boxplot(frame, x="group", y="people", ax=ax)
    sns.stripplot(frame, x="group", y="cost", ax=ax)
    sns.violinplot(frame, x="group", y="people", ax=ax)
    sns.kdeplot(frame, x="people", ax=ax)
    sns.ecdfplot(frame, x="people", ax=ax)


@pytest.mark.filterwarnings("ignore:vert. bool:DeprecationWarning")  # of seaborn, on floats too
def test_seaborn_regressions(ax, frame):
    """Regression lines leave out rows with a missing cell."""
    sns.regplot(frame, x="people", y="cost", ci=None, ax=ax)
    assert len(ax.collections[0].get_offsets()) == 5
    grid = sns.lmplot(frame, x="people", y="cost", ci=None)
    assert len(grid.ax.collections[0].get_offsets()) == 5
    sns.relplot(frame, x="year", y="people", col="group", kind="line")
    sns.catplot(frame, x="group", y="people", kind="box")
    sns.pairplot(frame[["cost", "people"]].dropna())


def test_seaborn_heatmap(ax, frame):
    """A pivot, as floats, is a grid of its values, masked where one is missing."""
    wide = frame.pivot(index="group", columns="year", values="cost")
    sns.heatmap(wide.astype(float), annot=True, ax=ax)
    same(ax.collections[-1].get_array().filled(np.nan).ravel(), KNOWN)


@pytest.mark.filterwarnings("ignore:The copy keyword:DeprecationWarning")  # of seaborn as well
def test_seaborn_objects(frame):
    """`seaborn.objects` draws them too, if no cell is missing, as of all types but floats."""
    plot = so.Plot(frame.dropna(), x="people", y="cost", color="group")
    figure = plot.add(so.Dot()).add(so.Line(), so.Agg()).plot()._figure
    offsets = figure.axes[0].collections[0].get_offsets()
    same(sorted(offsets[:, 0].tolist())[:2], [10, 20])
    plt.close("all")

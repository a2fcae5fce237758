import gc
import signal
import time
import weakref

import nbformat
import psutil
import pytest

from conftest import EXAMPLE, notebook
from helpers.annex.run import execute, notebook_files
from helpers.annex.run.kernels import parent
from helpers.errors import NotebookError


def run(tmp_path, jobs=2, **notebooks):
    """Run notebooks in a folder of their own; those with fresh outputs, by name."""
    for name, book in notebooks.items():
        nbformat.write(book, tmp_path / f"{name}.ipynb")
    paths = {name: tmp_path / f"{name}.ipynb" for name in notebooks}
    with execute.running(paths, tmp_path, EXAMPLE / "data", jobs) as ran:
        seen = {each.name: each.book for each in ran}
    assert sorted(seen) == sorted(notebooks)
    return {name: seen[name] for name in notebooks}


def outputs(book) -> str:
    return "".join(o.get("text", "") for cell in book.cells for o in cell.get("outputs", []))


def test_runs_each_in_a_kernel_of_its_own(tmp_path):
    """No notebook sees the variables of another."""
    books = {name: notebook("print('shared' in globals()); shared = 1") for name in ("a", "b")}
    assert [outputs(book) for book in run(tmp_path, jobs=1, **books).values()] == ["False\n"] * 2


def test_stored_outputs_are_not_used(tmp_path):
    """What a notebook says is what it computes now, not what was saved in it."""
    book = notebook("print('fresh')", "")
    for cell in book.cells[2:]:
        cell.outputs = [nbformat.v4.new_output("stream", text="stale")]
    assert outputs(run(tmp_path, a=book)["a"]) == "fresh\n"


def test_reads_the_data_it_is_given(tmp_path):
    """Kernels read the data folder named for the build."""
    book = notebook("from helpers import tables\nprint(*tables.descriptor.folder().parts)")
    assert outputs(run(tmp_path, a=book)["a"]).split() == [*(EXAMPLE / "data").parts]


def test_failure_names_notebook_cell_and_lines(tmp_path):
    """A failing cell is named with its error and its lines; every failing notebook is named."""
    with pytest.raises(NotebookError) as error:
        run(tmp_path, a=notebook("x = 1\nx / 0"), b=notebook("ok = 1"), c=notebook("nonsense"))
    first, second = error.value.problems
    assert first.place == "notebooks/a.ipynb, cell [1]"
    assert "ZeroDivisionError: division by zero" in first.found
    assert first.expected == "a cell that runs:\n    1 | x = 1\n>   2 | x / 0"
    assert "NameError" in second.found


@pytest.mark.parametrize("last", ["f(0)", "y = = 1", "say(nl='{n}', en='{n}', n=1)"])
def test_the_line_at_which_a_cell_stopped_is_marked(tmp_path, last):
    """It is marked, and no other, also when it calls a cell above, is no Python, or is refused."""
    above = "from helpers.present import say\ndef f(x):\n    return 1 / x"
    with pytest.raises(NotebookError) as error:
        run(tmp_path, a=notebook(above, f"x = 2\n\n{last}\nx"))
    (problem,) = error.value.problems
    shown = f"\n    1 | x = 2\n    2 | \n>   3 | {last}\n    4 | x"
    assert problem.expected == f"a cell that runs:{shown}"


def test_a_file_that_is_no_notebook_hides_no_other_problem(tmp_path):
    """What can't be read is told together with what fails."""
    nbformat.write(notebook("nonsense"), tmp_path / "b.ipynb")
    (tmp_path / "a.ipynb").write_text("{")
    paths = {name: tmp_path / f"{name}.ipynb" for name in ("a", "b")}
    with (
        pytest.raises(NotebookError) as error,
        execute.running(paths, tmp_path, EXAMPLE / "data", 2) as ran,
    ):
        list(ran)
    assert [problem.place for problem in error.value.problems] == [
        "notebooks/a.ipynb", "notebooks/b.ipynb, cell [1]",
    ]  # fmt: skip


def test_warning_is_a_failure(tmp_path):
    """A warning would stand on the page, so it stops the build by name."""
    with pytest.raises(NotebookError, match=r"cell \[1\]: found .*UserWarning: careful"):
        run(tmp_path, a=notebook("import warnings\nwarnings.warn('careful')"))


def test_every_warning_of_a_cell_is_told_once(tmp_path):
    """Each by its own words, without the name of the file that a cell has in this run; two cells
    that warn from the same line of a library are both named."""
    (tmp_path / "library.py").write_text("import warnings\ndef warn(n): warnings.warn(f'no {n}')\n")
    say = "from helpers.errors import warn_of_overlap\nwarn_of_overlap('same')"
    cells = [
        f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport library",
        "library.warn(1)\nlibrary.warn(2)\nlibrary.warn(2)", say, say,
    ]  # fmt: skip
    assert refused(tmp_path, *cells) == [
        ("notebooks/a.ipynb, cell [2]", "UserWarning: no 1"),
        ("notebooks/a.ipynb, cell [2]", "UserWarning: no 2"),
        ("notebooks/a.ipynb, cell [3]", "OverlapWarning: same"),
        ("notebooks/a.ipynb, cell [4]", "OverlapWarning: same"),
    ]


def test_a_warning_before_an_error_is_told_too(tmp_path):
    """A notebook that stops names the warnings of the cells before."""
    found = refused(tmp_path, "import warnings\nwarnings.warn('careful')", "1 / 0")
    assert found == [
        ("notebooks/a.ipynb, cell [2]", "ZeroDivisionError: division by zero"),
        ("notebooks/a.ipynb, cell [1]", "UserWarning: careful"),
    ]


def refused(tmp_path, *cells, tags=()) -> list[tuple[str, str]]:
    """Where and what is refused in a notebook."""
    book = notebook(*cells)
    book.cells[2].metadata["tags"] = list(tags)
    with pytest.raises(NotebookError) as error:
        run(tmp_path, a=book)
    return [(problem.place, problem.found) for problem in error.value.problems]


def test_an_error_that_a_tag_allows_is_a_failure(tmp_path):
    """It would stand on the page; where another one ends the run, both are told."""
    first = ("notebooks/a.ipynb, cell [1]", "ZeroDivisionError: division by zero")
    assert refused(tmp_path, "1 / 0", "print(1)", tags=["raises-exception"]) == [first]
    assert refused(tmp_path, "1 / 0", "nonsense", tags=["raises-exception"]) == [
        first, ("notebooks/a.ipynb, cell [2]", "NameError: name 'nonsense' is not defined"),
    ]  # fmt: skip


def test_what_only_jupyterlab_does_is_refused(tmp_path):
    """Help in a pager, a cell that a cell makes, and an end of the kernel are on no page."""
    cells = ["print?", "%psearch prin*", "get_ipython().set_next_input('x')", "exit"]
    assert refused(tmp_path, *cells) == [
        ("notebooks/a.ipynb, cell [1]", "help in a pager, which only JupyterLab does"),
        ("notebooks/a.ipynb, cell [2]", "help in a pager, which only JupyterLab does"),
        ("notebooks/a.ipynb, cell [3]", "a new cell, which only JupyterLab does"),
        ("notebooks/a.ipynb, cell [4]", "an exit, which only JupyterLab does"),
    ]


LATE = """
import asyncio
async def later():
    await go.wait()
    print("late")
    display("late")
go = asyncio.Event()
task = asyncio.create_task(later())
"""


SOON = """
kernel = get_ipython().kernel
answer = kernel.shell_handlers["kernel_info_request"]
async def asked(*request):
    go.set()
    await task
    await answer(*request)
kernel.shell_handlers["kernel_info_request"] = asked
"""


def test_an_output_after_the_last_cell_is_refused(tmp_path):
    """What a cell leaves to be done, and is done before the kernel does anything else, is not
    lost."""
    assert refused(tmp_path, LATE + SOON) == [
        ("notebooks/a.ipynb, cell [1]", "an output that came after the cell had ended"),
    ]


THREADS = {
    "a thread": "import threading\nthreading.Thread(target=later).start()",
    "a timer": "import threading\nthreading.Timer(0.2, later).start()",
    "a pool": "from concurrent.futures import ThreadPoolExecutor\n"
              "_ = ThreadPoolExecutor(1).submit(later)",
}  # fmt: skip
LATER = "import time\ndef later():\n    time.sleep(0.2)\n    print('late')\n"


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("kind", THREADS)
def test_what_a_thread_prints_after_the_last_cell_is_refused(tmp_path, monkeypatch, kind, warm):
    """A kernel is not ended before its threads have."""
    monkeypatch.setattr(parent, "WARM", warm and parent.WARM)
    assert refused(tmp_path, LATER, THREADS[kind]) == [
        ("notebooks/a.ipynb, cell [3]", "an output that came after the cell had ended"),
    ]


def test_a_pool_with_nothing_left_to_do_is_not_waited_for(tmp_path, monkeypatch):
    """Its threads would wait for work for ever."""
    monkeypatch.setattr(execute, "CELL_SECONDS", 20)
    pool = "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(1)\n"
    done = run(tmp_path, a=notebook(pool + "print(pool.submit(len, 'abc').result())"))["a"]
    assert outputs(done) == "3\n"


@pytest.mark.parametrize("last", ["threading.Event().wait", "lambda: os._exit(1)"])
def test_a_thread_that_goes_on_is_refused(tmp_path, monkeypatch, last):
    """One that does not end in the time of a cell, or ends the kernel, is told by the last cell."""
    monkeypatch.setattr(execute, "CELL_SECONDS", 3)
    code = f"import os, threading\nthreading.Timer(0.2, {last}).start()"
    with pytest.raises(NotebookError, match=r"a\.ipynb, cell \[1\]: found a thread that runs 3"):
        run(tmp_path, a=notebook(code, said=False))


@pytest.mark.parametrize("after", [["go.set()\nawait task"], ["go.set()\nawait task", "print(1)"]])
def test_an_output_that_comes_late_is_refused(tmp_path, after):
    """It stands in JupyterLab under a cell that has ended, where no build would wait for it."""
    assert refused(tmp_path, LATE, *after) == [
        ("notebooks/a.ipynb, cell [1]", "an output that came after the cell had ended"),
    ]


def test_an_output_that_no_notebook_holds_is_refused(tmp_path):
    """A display that is no text, by its cell."""
    [(place, found)] = refused(tmp_path, "display({'text/plain': 5}, raw=True)")
    assert place == "notebooks/a.ipynb, cell [1]"
    assert found.startswith("an output that is invalid in a notebook: 5 is not valid")


ENDLESS = {
    "one text": ("print('x' * 30_000_000)", "outputs of 100,001 characters or more"),
    "lines": ("while True: print('x')", "outputs of"),
    "program": ("import os\n_ = os.system('yes')", "outputs of"),
    "terminal": ("!yes", "outputs of"),
    "descriptor": ("import os\nwhile True: os.write(1, b'x' * 1000)", "outputs of"),
    "values": ("while True: display('x' * 1000)", "outputs of 100,200 characters or more"),
    "HTML": ("from IPython.display import HTML\ndisplay(HTML('x' * 100_001))", "outputs of"),
    "many": ("for n in range(20_000): display(n)", "more than 500 outputs"),
    "updates": ("x = display(1, display_id='x')\nwhile True: x.update(2)", "more than 500 outputs"),
}


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_cell_that_shows_too_much_is_stopped(tmp_path, monkeypatch, kind, warm):
    """By its cell, as soon as it has, and not when memory, or the time that it may take, is out."""
    monkeypatch.setattr(parent, "WARM", warm and parent.WARM)
    code, expected = ENDLESS[kind]
    [(place, found)] = refused(tmp_path, "x = 1", code, "1 / 0")
    assert place == "notebooks/a.ipynb, cell [2]"
    assert found.startswith(expected)


def test_a_cell_may_show_what_a_page_can_hold(tmp_path):
    """A hundred thousand characters, and five hundred outputs; each cell by itself."""
    most = "print('x' * 99_999)"
    book = run(tmp_path, a=notebook(most, most, "for n in range(500): display(n)"))["a"]
    assert [len(outputs(book)), len(book.cells[4].outputs)] == [200_000, 500]


def test_dead_kernel_is_a_failure(tmp_path):
    """A kernel that dies is reported by notebook, not waited for."""
    with pytest.raises(NotebookError, match=r"notebooks/a\.ipynb"):
        run(tmp_path, a=notebook("import os\nos._exit(1)"))


def test_transport_by_length_of_path():
    """Kernels use no network, but where the path of a socket would be too long."""
    assert execute._transport("short/annex-kernel-1-x") == "ipc"
    assert execute._transport("long/" + "x" * 90) == "tcp"


def test_not_a_notebook(tmp_path):
    """A file that is no notebook is named."""
    (tmp_path / "a.ipynb").write_text("{}")
    with pytest.raises(NotebookError, match=r"a\.ipynb"):
        notebook_files.read(tmp_path / "a.ipynb")


def test_dead_kernel_names_the_cell(tmp_path):
    """A kernel that dies is told by notebook and cell."""
    book = notebook("x = 1", "import os; os._exit(1)", "x")
    with pytest.raises(NotebookError, match=r"01_a\.ipynb, cell \[2\]: found DeadKernelError"):
        run(tmp_path, **{"01_a": book})


def test_slow_cell_names_the_cell(tmp_path, monkeypatch):
    """A cell that takes too long is told by notebook and cell, with what it may take."""
    monkeypatch.setattr(execute, "CELL_SECONDS", 1)
    with pytest.raises(NotebookError, match=r"cell \[1\]: .*a cell that ends within 1 sec"):
        run(tmp_path, a=notebook("import time; time.sleep(30)"))


def test_a_stream_is_one_output(tmp_path):
    """Where a stream is cut depends on time, so what a cell prints is one output."""
    code = "import time\nfor n in range(3):\n    print(n, flush=True)\n    time.sleep(0.3)"
    done = run(tmp_path, a=notebook(code))["a"]
    assert [output.text for output in done.cells[2].outputs] == ["0\n1\n2\n"]


def test_streams_of_two_kinds_stay_apart():
    """Only pieces of the same stream that follow each other become one, whatever stands in them."""
    book = notebook("1")
    parts = [("stdout", "a"), ("stdout", "b\r"), ("stderr", "\n"), ("stdout", "x" * 300_000)]
    own = [nbformat.v4.new_output("stream", name=name, text=text) for name, text in parts]
    shown = nbformat.v4.new_output("display_data", {"text/plain": "shown"})
    again = nbformat.v4.new_output("stream", name="stdout", text="y")
    book.cells[2].outputs = [*own, shown, again]
    notebook_files.join(book)
    outputs = book.cells[2].outputs
    assert [o.get("name") for o in outputs] == ["stdout", "stderr", "stdout", None, "stdout"]
    assert [len(o.get("text", "")) for o in outputs] == [3, 1, 300_000, 0, 1]


def test_lines_end_as_on_a_page():
    """A terminal's two characters for the end of a line are one, also where a stream is cut."""
    book = notebook("1")
    pieces = ["a\r\nb\r", "\nc\r", "d"]
    book.cells[2].outputs = [nbformat.v4.new_output("stream", text=text) for text in pieces]
    notebook_files.join(book)
    assert [output.text for output in book.cells[2].outputs] == ["a\nb\nc\rd"]


def test_an_empty_line_of_warning_is_told(tmp_path):
    """A cell that writes nothing but a line break where warnings go is named too."""
    with pytest.raises(NotebookError, match=r"a\.ipynb, cell \[1\]: found '\\n'"):
        run(tmp_path, a=notebook("import sys\nprint(file=sys.stderr)"))


def test_a_notebook_that_has_run_is_let_go(tmp_path):
    """At the end of many notebooks the first ones are no longer in memory."""
    names = ["a", "b", "c", "d"]
    for name in names:
        nbformat.write(notebook("1"), tmp_path / f"{name}.ipynb")
    seen, alive = [], []
    paths = {name: tmp_path / f"{name}.ipynb" for name in names}
    gc.disable()  # only what the run does itself counts
    try:
        with execute.running(paths, tmp_path, EXAMPLE / "data", 1) as ran:
            for each in ran:
                alive.append(sum(ref() is not None for ref in seen))
                seen.append(weakref.ref(each.book))
    finally:
        gc.enable()
    assert alive == [0, 0, 0, 0]


def test_kernels_work_while_the_block_does_and_end_with_it(tmp_path):
    """A notebook begins though nobody asks for it yet; an error in the block ends its kernel, and
    signals are answered as before."""
    code = "import os, time\nwith open('begun', 'w') as file: print(os.getpid(), file=file)\n"
    nbformat.write(notebook(code + "time.sleep(60)"), tmp_path / "a.ipynb")
    begun, before = tmp_path / "begun", [signal.getsignal(n) for n in execute._STOP_SIGNALS]
    with (
        pytest.raises(ZeroDivisionError),
        execute.running({"a": tmp_path / "a.ipynb"}, tmp_path, EXAMPLE / "data", 1),
    ):
        end = time.monotonic() + 60
        while not begun.exists() or not begun.read_text().strip():
            assert time.monotonic() < end
        1 / 0  # noqa: B018
    assert time.monotonic() < end
    assert not psutil.pid_exists(int(begun.read_text()))
    assert [signal.getsignal(n) for n in execute._STOP_SIGNALS] == before


def test_what_no_build_repeats_is_refused_by_notebook_and_cell(tmp_path):
    """An address in memory and a folder of this machine, printed or shown, stop the build."""
    with pytest.raises(NotebookError) as error:
        run(tmp_path, a=notebook("object()", f"print('in {tmp_path}')"), b=notebook("print(len)"))
    first, second = error.value.problems
    assert first.place == "notebooks/a.ipynb, cell [1]"
    assert first.found.startswith("<object at 0x")
    assert first.expected == (
        "words or quantities, as an address in memory differs between builds or machines, or the "
        "tag explore on a cell that only JupyterLab runs:\n    1 | object()"
    )
    assert (second.place, second.found) == ("notebooks/a.ipynb, cell [2]", str(tmp_path))


def test_nothing_of_the_user_reaches_a_kernel(tmp_path, monkeypatch):
    """A kernel has the variables by which things are found, and its own; no start-up file runs."""
    (tmp_path / "startup.py").write_text("print('hostile')")
    names = ("IPYTHONDIR", "MINE", "MPLBACKEND", "ANNEX_LANGUAGE", "PYTHONPATH", "PYTHONOPTIMIZE",
             "TZ")  # fmt: skip
    for name in names:
        monkeypatch.setenv(name, "7")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "startup.py"))
    mine = f"[name for name in {names} if os.environ.get(name) == '7']"
    code = f"import os\nprint(*{mine}, 'PATH' in os.environ)"
    assert outputs(run(tmp_path, a=notebook(code))["a"]) == "True\n"

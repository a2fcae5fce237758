"""The Jupyter client of a build: runs the cells and notes outputs that no page could show."""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import AsyncIterator

import zmq.asyncio
from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbformat import ValidationError

from ...errors import LIBRARY
from ...limits import KERNEL_SECONDS, OUTPUT_CHARACTERS, OUTPUTS, SILENCE_SECONDS
from .kernels.threads import JOIN
from .outputs import from_present
from .turns import Turn

_OUTPUT_TYPES = {"stream", "display_data", "execute_result", "update_display_data", "error"}
# Requests to the front end in the payload of a reply, by their name in the Jupyter protocol.
_PAYLOADS = {"page": "help in a pager", "set_next_input": "a new cell", "ask_exit": "an exit"}
_WAITS = "a cell that waits for its threads and child processes (`join`, `wait`)"

Fault = tuple[int, str, str]  # index of a cell, found, expected


class Client(NotebookClient):
    """nbclient without its signal handlers (an interrupt must end the whole build), with a `turn`
    (a kernel starts at once, its cells wait for their turn), and with checks of outputs that
    JupyterLab shows and nbclient ignores.

    begun: index of the cell started last. faults: outputs that no page can show. stopped: whether
    the kernel was killed because a cell showed too much. seconds: run time of the cells.
    """

    # nbclient sets both to None, but only before the start and after the end.
    km: AsyncKernelManager
    kc: AsyncKernelClient

    def __init__(self, book, turn: Turn, **options):
        options |= {"iopub_timeout": SILENCE_SECONDS, "raise_on_iopub_timeout": True}
        super().__init__(book, on_cell_executed=self._note_payloads, **options)
        self._turn = turn
        self._requests: dict[str, int] = {}
        self._count = self._characters = 0
        self.seconds = 0.0
        self.begun = 0
        self.faults: list[Fault] = []
        self.stopped = False

    @contextlib.asynccontextmanager
    async def async_setup_kernel(self, **options) -> AsyncIterator[None]:
        try:
            await self.async_start_new_kernel(**options)
            await self.async_start_new_kernel_client()
            async with self._turn:
                start = time.monotonic()
                yield
                await self._await_threads()
                self.seconds = time.monotonic() - start
        finally:
            if self.km is not None:  # nbclient has already removed one that did not start
                await self._async_cleanup_kernel()
            # These are reference cycles, which would keep the notebook until a garbage collection.
            self.comm_open_handlers.clear()
            self.set_trait("on_cell_executed", None)

    async def _async_poll_output_msg(self, parent_msg_id: str, cell, cell_index: int) -> None:
        """Read the outputs of a cell until it has ended. Unlike nbclient's own method it notes
        outputs of earlier cells, which come late, and limits their number."""
        self.begun, self._requests[parent_msg_id] = cell_index, cell_index
        self._count = self._characters = 0
        while True:
            message = await self.kc.iopub_channel.get_msg(timeout=None)
            asked = self._requests.get(message["parent_header"].get("msg_id"))
            if asked != cell_index:
                self._note_late(message, asked)
                continue
            if excess := self._excess(message):
                self.faults.append((cell_index, *excess))
                self.stopped = True
                assert self.km.provisioner is not None  # it started the kernel
                await self.km.provisioner.kill()  # nbclient notices that the kernel died
                return
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                return
            except ValidationError as error:
                found = f"an output that is invalid in a notebook: {error.message}"
                expected = f"text, or an output of {LIBRARY}.present"
                self.faults.append((cell_index, found, expected))

    async def _await_threads(self) -> None:
        """Read outputs after the last cell until the notebook's threads have ended and the kernel
        has answered one more request."""
        if self.faults:  # the notebook is refused already, and its kernel may be dead
            return
        assert self.timeout is not None  # an option of every run
        self._requests[self.kc.execute(JOIN, silent=True)] = self.begun
        asked, end = self.kc.kernel_info(), time.monotonic() + self.timeout
        while time.monotonic() < end and await self.km.is_alive():
            with contextlib.suppress(queue.Empty):
                message = await self.kc.get_iopub_msg(timeout=1)
                parent = message["parent_header"].get("msg_id")
                if parent == asked and message["content"].get("execution_state") == "idle":
                    return
                self._note_late(message, self._requests.get(parent))
        found = f"a thread that runs {self.timeout} seconds after the last cell, or ends Python"
        self.faults.append((self.begun, found, _WAITS))

    def _note_late(self, message: dict, index: int | None) -> None:
        """Note an output of a cell that has ended, for example printed by a thread."""
        if self.stopped or index is None or message["msg_type"] not in _OUTPUT_TYPES:
            return
        fault = (index, "an output that came after the cell had ended", _WAITS)
        if fault not in self.faults:
            self.faults.append(fault)

    def _excess(self, message: dict) -> tuple[str, str] | None:
        """Count an output; (found, expected) if the cell now exceeds a limit."""
        if message["msg_type"] not in _OUTPUT_TYPES:
            return None
        content = message["content"]
        data = content.get("data", {})
        texts = [] if from_present(data) else [content.get("text"), *data.values()]
        self._count += 1
        self._characters += sum(len(text) for text in texts if isinstance(text, str))
        if self._characters > OUTPUT_CHARACTERS:
            found = f"outputs of {self._characters:,} characters or more"
            return found, f"a cell that shows at most {OUTPUT_CHARACTERS:,}"
        if self._count > OUTPUTS:
            return f"more than {OUTPUTS} outputs", f"a cell that shows at most {OUTPUTS}"
        return None

    def _note_payloads(self, cell, cell_index: int, execute_reply: dict) -> None:
        """Note requests to the front end, such as a pager, which a page can't fulfil."""
        for part in execute_reply["content"].get("payload", []):
            found = f"{_PAYLOADS.get(part['source'], part['source'])}, which only JupyterLab does"
            self.faults.append((cell_index, found, "a cell that prints what a reader should see"))


class OneKind(KernelSpecManager):
    """Offers this environment's kernel only, none that the user has installed elsewhere."""

    def __init__(self, spec: KernelSpec):
        super().__init__()
        self._spec = spec

    def get_kernel_spec(self, name: str) -> KernelSpec:
        return self._spec


class Prompt(AsyncKernelClient):
    """A client that is ready as soon as its kernel answers. `AsyncKernelClient` would drain iopub
    for another 0.2 s, which nbclient does not need: it ignores messages of other requests."""

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        # The client connects before the kernel listens: retry after 5 ms instead of 100 ms.
        context.setsockopt(zmq.RECONNECT_IVL, 5)
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when a message has arrived on both channels. Raises RuntimeError for a kernel that
        is dead or does not answer within `timeout` seconds (`KERNEL_SECONDS` if None)."""
        assert self.parent is not None  # the kernel's manager, which made this client
        end = time.monotonic() + (KERNEL_SECONDS if timeout is None else timeout)
        while time.monotonic() < end and await self.parent.is_alive():
            self.kernel_info()
            with contextlib.suppress(queue.Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=1)
                return
        raise RuntimeError("a kernel that died or does not answer")

"""What a build asks of a kernel, and which of its answers no page could show."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import time
from collections.abc import AsyncIterator

import zmq.asyncio
from jupyter_client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbformat import ValidationError

from ...limits import KERNEL_SECONDS, OUTPUT_CHARACTERS, OUTPUTS, SILENCE_SECONDS
from .kernels.threads import JOIN
from .outputs import ours

_SHOWN = {"stream", "display_data", "execute_result", "update_display_data", "error"}
# What JupyterLab does beside showing outputs, by the name that Jupyter has for it.
_ASKED = {"page": "help in a pager", "set_next_input": "a new cell", "ask_exit": "the kernel's end"}
_WAITS = "a cell that waits for its threads and programs (`join`, `wait`)"

Fault = tuple[int, str, str]  # index of a cell, what was found, what would be right


class Client(NotebookClient):
    """nbclient without its handling of signals (an interrupt ends the whole build, in order), with
    turns (a kernel starts at once, its cells wait until it is their turn), and with an account of
    what JupyterLab would show and nbclient passes over.

    begun: index of the cell that was begun last. faults: outputs that no page can show. stopped:
    whether the kernel was ended because a cell showed too much.
    """

    def __init__(self, book, turn: asyncio.Semaphore, **options):
        own = {"iopub_timeout": SILENCE_SECONDS, "raise_on_iopub_timeout": True}
        super().__init__(book, on_cell_executed=self._replied, **own, **options)
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
                await self._rest()
                self.seconds = time.monotonic() - start
        finally:
            if self.km is not None:  # a kernel that did not start is gone already
                await self._async_cleanup_kernel()
            # They hold the client, and with it the notebook, until Python looks for such rings.
            self.comm_open_handlers.clear()
            self.on_cell_executed = None

    async def _async_poll_output_msg(self, parent_msg_id: str, cell, cell_index: int) -> None:
        """Take the outputs of a cell until it has ended; nbclient's own way passes over those that
        come late, and takes any number."""
        self.begun, self._requests[parent_msg_id] = cell_index, cell_index
        self._count = self._characters = 0
        while True:
            message = await self.kc.iopub_channel.get_msg(timeout=None)
            asked = self._requests.get(message["parent_header"].get("msg_id"))
            if asked != cell_index:
                self._late(message, asked)
                continue
            if excess := self._excess(message):
                self.faults.append((cell_index, *excess))
                self.stopped = True
                await self.km.provisioner.kill()  # nbclient sees that it has ended
                return
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                return
            except ValidationError as error:
                found = f"an output that no notebook holds: {error.message}"
                self.faults.append((cell_index, found, "text, or an output of helpers.present"))

    async def _rest(self) -> None:
        """Take what comes after the last cell, until the threads of all cells have ended and the
        kernel has answered once more."""
        if self.faults:  # the notebook is refused, and its kernel may have ended
            return
        self._requests[self.kc.execute(JOIN, silent=True)] = self.begun
        asked, end = self.kc.kernel_info(), time.monotonic() + self.timeout
        while time.monotonic() < end and await self.km.is_alive():
            with contextlib.suppress(queue.Empty):
                message = await self.kc.get_iopub_msg(timeout=1)
                parent = message["parent_header"].get("msg_id")
                if parent == asked and message["content"].get("execution_state") == "idle":
                    return
                self._late(message, self._requests.get(parent))
        found = f"a thread that goes on {self.timeout} seconds after the last cell, or ends Python"
        self.faults.append((self.begun, found, _WAITS))

    def _late(self, message: dict, index: int | None) -> None:
        """Note an output of a cell that has ended, such as a thread prints."""
        if self.stopped or index is None or message["msg_type"] not in _SHOWN:
            return
        fault = (index, "an output that came after the cell had ended", _WAITS)
        if fault not in self.faults:
            self.faults.append(fault)

    def _excess(self, message: dict) -> tuple[str, str] | None:
        """What is too much in a cell, with this output, and what would be right."""
        if message["msg_type"] not in _SHOWN:
            return None
        content = message["content"]
        data = content.get("data", {})
        texts = [] if ours(data) else [content.get("text"), *data.values()]
        self._count += 1
        self._characters += sum(len(text) for text in texts if isinstance(text, str))
        if self._characters > OUTPUT_CHARACTERS:
            found = f"outputs of {self._characters:,} characters or more"
            return found, f"a cell that shows at most {OUTPUT_CHARACTERS:,}"
        if self._count > OUTPUTS:
            return f"more than {OUTPUTS} outputs", f"a cell that shows at most {OUTPUTS}"
        return None

    def _replied(self, cell, cell_index: int, execute_reply: dict) -> None:
        """Note what a cell asks of JupyterLab, and of no page."""
        for part in execute_reply["content"].get("payload", []):
            found = f"{_ASKED.get(part['source'], part['source'])}, which JupyterLab alone has"
            self.faults.append((cell_index, found, "a cell that prints what a reader should see"))


class OneKind(KernelSpecManager):
    """Knows this environment's kernel, and none that the user has installed elsewhere."""

    def __init__(self, spec: KernelSpec):
        super().__init__()
        self._spec = spec

    def get_kernel_spec(self, name: str) -> KernelSpec:
        return self._spec


class Prompt(AsyncKernelClient):
    """A client that goes on as soon as its kernel answers; the stock one then listens 0.2 s more,
    for messages that nbclient leaves aside by itself."""

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        # A kernel's sockets are sought before it has made them: again soon, not after 0.1 s.
        context.setsockopt(zmq.RECONNECT_IVL, 5)
        return context

    async def wait_for_ready(self, timeout: float = KERNEL_SECONDS) -> None:
        """Return when both channels have brought something; RuntimeError for a dead kernel."""
        end = time.monotonic() + timeout
        while time.monotonic() < end and await self.parent.is_alive():
            self.kernel_info()
            with contextlib.suppress(queue.Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=1)
                return
        raise RuntimeError("a kernel that died or does not answer")

"""Every limit that stops or refuses something: how much, in which unit, and for whom.

They are met by mistakes, such as a loop without an end or the wrong file, and are far above what an
evaluation needs. Each is told with what was found.
"""

# Files that a project is made of, in bytes. Whoever builds is told of the wrong file, and does not
# wait until memory is full. The largest table of this project has a hundredth of it.
FILE_BYTES = 16_000_000  # a table, the descriptor, a manifest, a page that is compared
NOTEBOOK_BYTES = 100_000_000  # a notebook; outputs stored in one may be many
COPY_MEGABYTES = {"text": 2, "PDF": 500}  # a copy of the document, for `annex trace`

# Tables. Readers get pages that a browser can show; authors, messages that they can read.
TABLE_ROWS = 100_000
CELL_CHARACTERS = 20_000  # of a text in a table or in the descriptor; the longest here has 704
NUMBER_DIGITS = 18  # a longer row of digits is a slip, for which no number is proposed
TABLE_PROBLEMS = 1000  # that are told of one table

# Notebooks while they run. Whoever builds does not wait for a cell that never ends, and readers get
# no page of megabytes: a page weighs 300 kB at most.
OUTPUT_CHARACTERS = 100_000  # that a cell may show
OUTPUTS = 500  # that a cell may show; a kernel drops some when a thousand wait to be read
CELL_SECONDS = 600  # that a cell may run, and threads after the last cell
SILENCE_SECONDS = 60  # from the end of a cell to the last of its outputs
KERNEL_SECONDS = 60  # until a kernel that was started answers
STREAM_BYTES = 65_536  # of what a cell prints that are read, and kept before they are sent, at once

# What a build keeps. The disk of whoever builds does not fill up.
CACHED_ENTRIES = 3  # of one name: what a figure was before, and before that
SPOOL_BYTES = 10 * 2**20  # that must be free for temporary files; this project takes half

# Pages of an annex that somebody else made, in `annex verify`. Whoever verifies does not wait for a
# parser that takes minutes over a page that was built to keep it busy.
PAGE_TAGS = 30_000  # wherever they stand; a page of an annex has half of them at most

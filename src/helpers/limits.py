"""Every limit of size, number or time: its value, its unit, and whom it protects.

Only mistakes reach them, such as an infinite loop or the wrong file: they are far above what an
evaluation needs. Each problem names the limit and the value found.
"""

# Input files, in bytes. Whoever builds gets a message about a wrong file before memory is full. The
# largest table of this project has a hundredth of the limit.
FILE_BYTES = 16_000_000  # a table, the descriptor, a manifest, or a page that is compared
NOTEBOOK_BYTES = 100_000_000  # a notebook, with its stored outputs
COPY_MEGABYTES = {"text": 2, "PDF": 500}  # a copy of the report, for `annex trace`

# Tables. Readers get pages that a browser can show; authors get a readable number of messages.
TABLE_ROWS = 100_000
CELL_CHARACTERS = 20_000  # of a text in a table or in the descriptor; the longest so far has 704
NUMBER_DIGITS = 18  # a longer number is a typing error, for which no correction is proposed
TABLE_PROBLEMS = 1000  # reported for one table

# What a process keeps of the tables that it has read, so that memory does not fill up.
KEPT_ENTRIES = 256  # tables, claims and the like, of all data folders; this project has 80

# Formulas. Readers follow an input each; more are named as the rows of their tables.
FORMULA_INPUTS = 60

# Notebooks. A longer cell does not fit on a screen.
CELL_LINES = 25  # of code; a build warns about more

# Titles. Readers see them whole: two lines on a page, and one in a list of search results.
TITLE_CHARACTERS = 54  # of a notebook
WINDOW_TITLE_CHARACTERS = 70  # of a page, with what the annex adds

# Notebooks while they run. Whoever builds does not wait for a cell that never ends, and readers get
# no page of megabytes: the largest page of this project has 300 kB.
OUTPUT_CHARACTERS = 100_000  # of all outputs of a cell
OUTPUTS = 500  # of a cell; a kernel drops outputs when a thousand wait to be read
CELL_SECONDS = 600  # run time of a cell, and of threads after the last cell
SILENCE_SECONDS = 60  # from the end of a cell to its last output
KERNEL_SECONDS = 60  # from starting a kernel to its first answer
STREAM_BYTES = 65_536  # of stdout, stderr or a file that are read at once
PAGE_PROCESSES = 4  # that make the pages of a build; each does half a second of the work for itself
GARBAGE_OBJECTS = 50_000  # made until unreachable ones are looked for; Python's 700 cost 2-8%
TURN_SECONDS = 0.02  # until a turn is seen that another build has given back

# A picture that an author draws freely. Readers get no page of megabytes: a scatter of ten thousand
# points would be one. The largest picture of this project has a tenth.
PICTURE_BYTES = 200_000
SHEET_PAGES = 2  # of paper, for the page of who has five minutes: both sides of one leaf
CONTRAST_RATIO = 4.5  # of text and its background, as WCAG AA asks: readers can read it

# `annex preview`. An editor may save in several steps, and who saves wants to see it at once.
QUIET_SECONDS = 0.02  # without a further change before a build begins
LOOK_SECONDS = 1  # until it is seen that what runs, or a folder that is watched, was replaced
CHANGED_BUILDS = 5  # begun anew as files changed meanwhile, until that is told as a problem
END_SECONDS = 5  # that a process gets to end by itself
MESSAGE_BYTES = 2**24  # of a line that it writes: it lists all files of an annex

# What a build keeps on disk, so that the disk of whoever builds does not fill up.
CACHED_ENTRIES = 3  # per name: the current one and the two before it
SPOOL_BYTES = 10 * 2**20  # that must be free for temporary files; this project uses half

# Pages of an annex that somebody else made, in `annex verify`. Whoever verifies does not wait
# minutes for a parser on a page that was made to be slow to parse.
MANIFEST_PROBLEMS = 1000  # reported for one manifest
MANIFEST_ROWS = 1_000_000  # of all numbers and claims together; this project has 10,000
PAGE_BYTES = 1_000_000  # a page of this project has a quarter of that at most
TAG_BYTES = 5000  # of one tag; a parser is slow with thousands of attributes
PAGE_DEPTH = 5000  # tags that are open at once; a parser looks through them at each new one
PAGE_TAGS = 30_000  # at any depth; a page of this project has half of that at most

"""Block Kit's figures, from Slack's reference and its own SDKs; lengths in characters."""

BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100

MESSAGE_TEXT = 40_000
"""`chat.postMessage` cuts a longer text off."""
UPDATE_TEXT = 4_000
"""`chat.update` refuses a longer text (`msg_too_long`) where posting one only cuts it."""
MARKDOWN_TEXT = 12_000
MESSAGE_BLOCKS_TEXT = 12_000
"""All text in a message's blocks, with `BLOCK_COST` for each block.

Slack documents no figure for `msg_blocks_too_long`. In slackapi/bolt-js issues 2509 and 2867 Slack's side speaks of
12,000 with something for the blocks themselves, and users measured: 9,597 in 50 blocks was taken, 11,341 in 45 was
refused.
"""
BLOCK_COST = 32

BLOCK_ID = 255
ACTION_ID = 255
CALLBACK_ID = 255
PRIVATE_METADATA = 3_000
EXTERNAL_ID = 255
VIEW_TITLE = 24
VIEW_SUBMIT = 24
VIEW_CLOSE = 24

SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 3_000
CONTEXT_ACTIONS = 5
ACTIONS_ELEMENTS = 25
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
IMAGE_TITLE = 2_000
ALT_TEXT = 2_000
URL = 3_000
VIDEO_TITLE = 200
VIDEO_AUTHOR = 50
TABLE_ROWS = 100
TABLE_CELLS = 20

BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
ACCESSIBILITY_LABEL = 75
PLACEHOLDER = 150
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTION_DESCRIPTION = 75
SELECT_OPTIONS = 100
OPTION_GROUPS = 100
OVERFLOW_OPTIONS = 5
BOX_OPTIONS = 10
"""Checkboxes and radio buttons."""
INPUT_LENGTH = 3_000
"""The most that `max_length` of a text input may be."""
FILE_INPUT_FILES = 10

CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

ATTACHMENTS = 100

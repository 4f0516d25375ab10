"""What the Slack side is told when it is built."""

from dataclasses import dataclass, field

_SKIN_TONE = "::skin-tone-"


@dataclass(frozen=True, slots=True)
class Signs:
    """The words and emoji that people use towards the bot in this workspace.

    Attributes:
        command: The slash command's name, with its slash.
        claim: Reactions that claim an item, by name, without colons; the first is the one that is shown.
        finish: Reactions that finish an item, likewise.
    """

    command: str = "/process"
    claim: tuple[str, ...] = ("hand", "raised_hand", "raising_hand", "person_raising_hand")
    finish: tuple[str, ...] = ("white_check_mark", "heavy_check_mark", "ballot_box_with_check")

    def claims(self, reaction: str) -> bool:
        """Say whether a reaction, in whatever skin tone, claims an item."""
        return _toneless(reaction) in self.claim

    def finishes(self, reaction: str) -> bool:
        """Say whether a reaction finishes an item."""
        return _toneless(reaction) in self.finish


def _toneless(reaction: str) -> str:
    return reaction.split(_SKIN_TONE, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """How to listen.

    Attributes:
        signing_secret: Slack's, for requests over HTTP; empty with Socket Mode, where Slack signs nothing.
        signs: What people use towards the bot.
    """

    signing_secret: str = ""
    signs: Signs = field(default_factory=Signs)

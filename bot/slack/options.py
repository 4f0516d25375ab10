"""What the Slack side is told when it is built."""

from dataclasses import dataclass, field

from bot.errors import BadInput

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

    def __post_init__(self) -> None:
        """Refuse what leaves people without a sign.

        Raises:
            BadInput: There is no emoji to claim or to finish with.
        """
        if not self.claim or not self.finish:
            raise BadInput("There is no emoji to claim or to finish an item with.", "Set CLAIM_EMOJI and DONE_EMOJI.")

    def claims(self, reaction: str) -> bool:
        """Say whether a reaction, whoever's hand it shows, claims an item."""
        return not {reaction, _anybodys(reaction)}.isdisjoint(self.claim)

    def finishes(self, reaction: str) -> bool:
        """Say whether a reaction finishes an item."""
        return not {reaction, _anybodys(reaction)}.isdisjoint(self.finish)


def _anybodys(reaction: str) -> str:
    """Return an emoji's name without skin tone and gender: `woman-raising-hand::skin-tone-4` is `raising_hand`."""
    name = reaction.split(_SKIN_TONE, maxsplit=1)[0]
    for gender in ("woman-", "man-"):
        if name.startswith(gender):
            return name.removeprefix(gender).replace("-", "_")
    return name


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """How to listen.

    Attributes:
        signing_secret: Slack's, for requests over HTTP; empty with Socket Mode, where Slack signs nothing.
        signs: What people use towards the bot.
    """

    signing_secret: str = ""
    signs: Signs = field(default_factory=Signs)

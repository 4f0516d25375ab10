"""Meeting products that show a recording to signed-in people only, and let them export it."""

from bot.links.source import DROP, Action, Source, patterns

_UUID = r"[0-9a-f-]{36}"


def _exports(id_: str, name: str, example: str, pattern: str, *, hosts: tuple[str, ...], how: str) -> Source:
    product = name.rsplit(" ", 1)[0]
    denied = f"{product} shows this only to people who are signed in."
    return Source(
        id_,
        name,
        Action.SIGN_IN,
        example,
        hosts,
        patterns(pattern),
        denied=denied,
        cure=f"Open it in {product}, {how}, {DROP}",
    )


SOURCES = (
    _exports(
        "fireflies",
        "Fireflies meeting",
        "https://app.fireflies.ai/view/Weekly::abc",
        r"^app\.fireflies\.ai/view/(?P<id>[^/?]+)",
        hosts=("fireflies.ai",),
        how="choose Download → Transcript or Audio",
    ),
    _exports(
        "otter",
        "Otter conversation",
        "https://otter.ai/u/abc",
        r"^otter\.ai/(u|s|note)/(?P<id>[\w-]+)",
        hosts=("otter.ai",),
        how="choose Export → Text (TXT or SRT) or Audio",
    ),
    _exports(
        "gong",
        "Gong call",
        "https://app.gong.io/call?id=123",
        r"^[\w.-]*\bapp\.gong\.io/call\?(.*&)?id=(?P<id>\d+)",
        hosts=("gong.io",),
        how="choose More → Download transcript",
    ),
    _exports(
        "tldv",
        "tl;dv recording",
        "https://tldv.io/app/meetings/abc",
        r"^(app\.)?tldv\.io/(app/)?meetings/(?P<id>\w+)",
        hosts=("tldv.io",),
        how="choose Download → Transcript",
    ),
    _exports(
        "grain",
        "Grain recording",
        "https://grain.com/share/recording/26b3ae9e-4a48-4dcc-96ba-0befba08a0fb",
        rf"^(\w+\.)?grain\.com?/(app/)?(share/|meetings/)?(recording/)?(?P<id>{_UUID})",
        hosts=("grain.com", "grain.co"),
        how="choose Download → Transcript",
    ),
    _exports(
        "read",
        "Read meeting",
        "https://app.read.ai/analytics/meetings/01ABC",
        r"^app\.read\.ai/analytics/meetings/(?P<id>\w+)",
        hosts=("read.ai",),
        how="choose Export → Transcript",
    ),
    _exports(
        "granola",
        "Granola notes",
        "https://notes.granola.ai/d/abc",
        r"^(app|notes)\.granola\.(ai|so)/(d|t|p)/(?P<id>[\w-]+)",
        hosts=("granola.ai", "granola.so"),
        how="copy the transcript into a text file",
    ),
    _exports(
        "riverside",
        "Riverside recording",
        "https://riverside.fm/shared/abc",
        r"^riverside\.(fm|com)/shared/(?P<id>[\w/-]+)",
        hosts=("riverside.fm", "riverside.com"),
        how="download a track or the transcript",
    ),
    _exports(
        "circleback",
        "Circleback meeting",
        "https://app.circleback.ai/view/abc",
        r"^app\.circleback\.ai/(view|meetings)/(?P<id>\w+)",
        hosts=("circleback.ai",),
        how="choose Download → Transcript",
    ),
)

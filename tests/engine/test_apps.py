"""Several apps on one engine: each with its own conversations, its own limit, and nothing of the others'."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.engine.apps import App, read_apps
from bot.errors import BadInput
from bot.settings import Settings, shown
from bot.store.sqlite import open_database
from tests.clocks import SettableClock
from tests.databases import KINDS, opened
from tests.engine.serving import TESTS, asking, ended, engine_in, engine_on, read, said, sent, settings, submitted

OTHERS = App("others", "just as secret")
BOTH = (TESTS, OTHERS)
NO_CONVERSATION = {"message": "The conversationId is either invalid or does not exist."}


@pytest.mark.parametrize("kind", KINDS)
async def test_an_app_sees_its_own_conversations_only(kind: str, tmp_path: Path) -> None:
    async with (
        opened(kind, tmp_path) as database,
        engine_on(database, tmp_path, settings(apps=BOTH)) as engine,
        asking(engine) as mine,
        asking(engine, OTHERS) as theirs,
    ):
        conversation_id, job_id = await submitted(mine, said("Anna: I will write to Bo."))
        await ended(mine, job_id)
        path = f"/v1/conversations/{conversation_id}"
        member = (await read(mine, conversation_id, "members"))["members"][0]
        rename = {"id": member["id"], "name": "Eve"}
        event = {"type": "started_speaking", "user": {"name": "Eve"}, "offset": {"seconds": 0}}
        for method, where, body in [
            *(("GET", part, None) for part in ("", "/messages", "/action-items", "/topics", "/summary", "/members")),
            *(("GET", part, None) for part in ("/analytics", "/entities", "/trackers-detected", "/decisions")),
            ("PUT", "", {"metadata": {"label": "stolen"}}),
            ("PUT", f"/members/{member['id']}", rename),
            ("PUT", "/speakers", {"speakerEvents": [event]}),
            ("POST", "/transcript", {"contentType": "text/markdown"}),
            ("POST", "/summary", None),
            ("DELETE", "", None),
        ]:
            answer = await theirs.request(method, path + where, json=body)
            assert (answer.status_code, answer.json()) == (404, NO_CONVERSATION), (method, where)
        append = await theirs.put(f"/v1/process/text/{conversation_id}", json=said("Eve: Hello."))
        assert (append.status_code, append.json()) == (404, NO_CONVERSATION)
        job = await theirs.get(f"/v1/job/{job_id}")
        assert (job.status_code, job.json()) == (404, {"message": f"Job with id {job_id} not found"})
        assert (await theirs.get("/v1/conversations")).json() == {"conversations": []}
        assert [each["id"] for each in (await mine.get("/v1/conversations")).json()["conversations"]] == [
            conversation_id
        ]
        assert (await read(mine, conversation_id, "members"))["members"] == [member]


async def test_an_app_at_its_limit_leaves_room_for_the_others_until_all_is_taken(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(tmp_path / "engine.db"))
        mine_only = settings(apps=BOTH, max_jobs=2, max_all_jobs=3)
        engine = await stack.enter_async_context(engine_on(database, tmp_path, mine_only))
        mine = await stack.enter_async_context(asking(engine))
        theirs = await stack.enter_async_context(asking(engine, OTHERS))
        jobs = [(mine, (await sent(mine, f"WAIT {gate}", "Hello."))[1]) for _ in range(2)]
        refused = await mine.post("/v1/process/text", json=said("Hello."))
        assert refused.status_code == 429
        assert "maximum of 2 number of concurrent jobs per account" in refused.json()["message"]
        jobs.append((theirs, (await sent(theirs, f"WAIT {gate}", "Hello."))[1]))
        refused = await theirs.post("/v1/process/text", json=said("Hello."))
        assert refused.status_code == 429
        assert refused.json() == {
            "statusCode": 429,
            "message": "This server takes 3 jobs at once, and has them. Nothing was created; try again later.",
        }
        gate.touch()
        for api, job in jobs:
            assert (await ended(api, job))["status"] == "completed"


async def test_a_secret_of_one_app_opens_nothing_as_another(tmp_path: Path) -> None:
    async with (
        open_database(tmp_path / "engine.db") as database,
        engine_on(database, tmp_path, settings(apps=BOTH)) as engine,
        asking(engine) as api,
    ):
        crossed = {"type": "application", "appId": TESTS.id, "appSecret": OTHERS.secret}
        assert (await api.post("/oauth2/token:generate", json=crossed)).status_code == 401


async def test_what_was_stored_before_there_were_apps_belongs_to_the_first(tmp_path: Path) -> None:
    async with open_database(tmp_path / "engine.db") as database:
        async with engine_on(database, tmp_path, settings()) as engine, asking(engine) as api:
            conversation_id, job_id = await submitted(api, said("Anna: Hello."))
            await ended(api, job_id)
        async with database.transaction() as tx:
            await tx.execute("UPDATE conversations SET app_id = ''")
        async with (
            engine_on(database, tmp_path, settings(apps=BOTH)) as engine,
            asking(engine) as mine,
            asking(engine, OTHERS) as theirs,
        ):
            assert (await read(mine, conversation_id))["id"] == conversation_id
            assert (await theirs.get(f"/v1/conversations/{conversation_id}")).status_code == 404


async def test_whoever_guesses_secrets_is_not_heard_for_a_while(tmp_path: Path) -> None:
    clock = SettableClock()
    right = {"type": "application", "appId": TESTS.id, "appSecret": TESTS.secret}
    async with engine_in(tmp_path, clock=clock) as api:
        for _ in range(10):
            assert (await api.post("/oauth2/token:generate", json={**right, "appSecret": "x"})).status_code == 401
        for guess in ({**right, "appSecret": "x"}, right):
            answer = await api.post("/oauth2/token:generate", json=guess)
            assert answer.status_code == 429
            assert answer.headers["Retry-After"] == "60"
            assert answer.json() == {
                "statusCode": 429,
                "message": "Too many attempts with wrong credentials. Try again in 60 seconds.",
            }
        # who has a token already is not held up
        assert (await api.get("/v1/conversations")).status_code == 200
        clock.move(seconds=60)
        assert (await api.post("/oauth2/token:generate", json=right)).status_code == 200


async def test_right_credentials_are_taken_as_often_as_they_are_sent(tmp_path: Path) -> None:
    right = {"type": "application", "appId": TESTS.id, "appSecret": TESTS.secret}
    async with engine_in(tmp_path) as api:
        for _ in range(30):
            assert (await api.post("/oauth2/token:generate", json=right)).status_code == 200


async def test_a_body_for_a_token_is_small(tmp_path: Path) -> None:
    async with engine_in(tmp_path) as api:
        answer = await api.post("/oauth2/token:generate", json={"type": "application", "appId": "x" * 20_000})
        assert (answer.status_code, answer.json()) == (
            413,
            {"message": "The request is larger than the limit of 16384 bytes."},
        )


def test_apps_come_from_a_list_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "apps"
    file.write_text("# id:secret\nsales:one, two\n\n  support : with:colon \n", encoding="utf-8")
    assert read_apps("", "", "a:1, b:2,") == (App("a", "1"), App("b", "2"))
    assert read_apps("first", "0", "a:1") == (App("first", "0"), App("a", "1"))
    assert read_apps("", "", str(file)) == (App("sales", "one, two"), App("support", "with:colon"))


@pytest.mark.parametrize(
    ("app_id", "secret", "more", "said_of_it"),
    [
        ("", "", "", "needs to know its callers"),
        ("", "", "/nowhere/apps", "neither a list of apps nor a file"),
        ("a", "", "", "belong together"),
        ("", "", "a:s3cret, :s3cret", "entry 2 has no id"),
        ("", "", "a:s3cret, b:", "entry 2 has no secret"),
        ("a", "s3cret", "a:s3cret", "app id a is given twice"),
    ],
)
def test_apps_that_cannot_be_told_apart_are_refused_without_showing_a_secret(
    app_id: str, secret: str, more: str, said_of_it: str
) -> None:
    with pytest.raises(BadInput, match=said_of_it) as refusal:
        read_apps(app_id, secret, more)
    assert "s3cret" not in str(refusal.value)


def test_no_secret_of_an_app_is_shown() -> None:
    rows = shown(Settings(engine_apps="a:s3cret"))
    assert dict(rows)["ENGINE_APPS"] == "(set)"
    assert "s3cret" not in repr(settings(apps=(App("a", "s3cret"),)))

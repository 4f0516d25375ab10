"""`/v1/conversations/{id}/…`: what was said and what was understood of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.engine.analytics import analytics_body
from bot.engine.parameters import read_flag, read_text
from bot.engine.problems import Problem, bad_request
from bot.engine.records import Insight
from bot.engine.routes.reading import answer, conversation_of, flag, understood, understood_in
from bot.engine.runner import Runner
from bot.engine.storage import Storage
from bot.engine.trackers import trackers_body
from bot.engine.transcript_documents import markdown, srt
from bot.engine.uploads import read_json
from bot.engine.wire import (
    Understood,
    chapters_body,
    decisions_body,
    entities_body,
    insights_body,
    messages_body,
    summary_body,
    topics_body,
)
from bot.ports import Database

NOT_YET = "The summary is not ready: a job of this conversation has not completed yet."
NEVER = "There is no summary: no job of this conversation has completed."


@dataclass(frozen=True, slots=True)
class InsightRoutes:
    """The endpoints that read a conversation; before its job has completed they answer what there is so far."""

    database: Database
    runner: Runner

    def routes(self) -> list[Route]:
        """Return the routes below `/v1`."""
        reads = {
            "messages": self.messages,
            "action-items": self.action_items,
            "follow-ups": self.follow_ups,
            "questions": self.questions,
            "insights": self.insights,
            "decisions": self.decisions,
            "topics": self.topics,
            "entities": self.entities,
            "trackers": self.trackers,
            "trackers-detected": self.trackers,
            "analytics": self.analytics,
        }
        one = "/conversations/{conversation_id}"
        return [
            *(Route(f"{one}/{name}", endpoint, methods=["GET"]) for name, endpoint in reads.items()),
            Route(f"{one}/summary", self.summary, methods=["GET", "POST"]),
            Route(f"{one}/transcript", self.transcript, methods=["POST"]),
        ]

    async def messages(self, request: Request) -> Response:
        """Answer what was said, sentence by sentence."""
        if flag(request, "redact"):
            raise bad_request('"redact" is not supported by this engine: nothing would be hidden')
        verbose, with_sentiment = flag(request, "verbose"), flag(request, "sentiment")
        async with self.database.reading() as tx:
            found = await understood_in(tx, request)
            words = await Storage(tx).words(found.conversation.id) if verbose else None
        return await answer(lambda: {"messages": messages_body(found, words, with_sentiment=with_sentiment)})

    async def action_items(self, request: Request) -> Response:
        """Answer what has to be done."""
        found = await understood(self.database, request)
        return await answer(lambda: {"actionItems": insights_body(found, found.insights.action_items)})

    async def follow_ups(self, request: Request) -> Response:
        """Answer whom to call, write to and meet."""
        found = await understood(self.database, request)
        return await answer(lambda: {"followUps": insights_body(found, found.insights.follow_ups)})

    async def questions(self, request: Request) -> Response:
        """Answer what was asked."""
        found = await understood(self.database, request)
        return await answer(lambda: {"questions": insights_body(found, found.insights.questions)})

    async def insights(self, request: Request) -> Response:
        """Answer the three kinds in one list, in the order of the conversation."""
        found = await understood(self.database, request)
        return await answer(lambda: {"insights": insights_body(found, _all(found))})

    async def decisions(self, request: Request) -> Response:
        """Answer what was settled."""
        found = await understood(self.database, request)
        return await answer(lambda: {"decisions": decisions_body(found)})

    async def topics(self, request: Request) -> Response:
        """Answer what was talked about, and the chapters that it was talked about in."""
        with_sentiment, with_parents = flag(request, "sentiment"), flag(request, "parentRefs")
        if flag(request, "refresh"):
            await self._refresh(request)
        found = await understood(self.database, request)
        return await answer(
            lambda: {
                "topics": topics_body(
                    found, found.insights.topics, with_sentiment=with_sentiment, with_parents=with_parents
                ),
                "chapters": chapters_body(found, found.insights.chapters),
            }
        )

    async def entities(self, request: Request) -> Response:
        """Answer people, dates and the caller's own entities."""
        found = await understood(self.database, request)
        return await answer(lambda: {"entities": entities_body(found)})

    async def trackers(self, request: Request) -> Response:
        """Answer where the words of the caller's trackers were said; the API has a bare list here."""
        found = await understood(self.database, request)
        return await answer(
            lambda: trackers_body(
                found.conversation.id, found.asked.trackers, found.messages, insights_body(found, _all(found))
            )
        )

    async def analytics(self, request: Request) -> Response:
        """Answer who talked how long."""
        found = await understood(self.database, request)
        return await answer(lambda: analytics_body(found.roster.people, found.messages))

    async def summary(self, request: Request) -> Response:
        """Answer the summary and key moments; unlike the other reads, only once the conversation is understood."""
        async with self.database.reading() as tx:
            conversation = await conversation_of(tx, request)
            jobs = await Storage(tx).jobs_of(conversation.id)
        if any(not job.status.ended for job in jobs):
            raise Problem(404, NOT_YET)
        if not conversation.understood:
            raise Problem(404, NEVER)
        if flag(request, "refresh"):
            await self._refresh(request)
        found = await understood(self.database, request)
        return await answer(lambda: {"summary": summary_body(found)})

    async def transcript(self, request: Request) -> Response:
        """Answer the transcript as a document."""
        body = await read_json(request)
        content_type = read_text(body, "contentType")
        if content_type not in {"text/markdown", "text/srt"}:
            raise bad_request('"contentType" must be one of [text/markdown, text/srt]')
        speakers, paragraphs = read_flag(body, "showSpeakerSeparation"), read_flag(body, "createParagraphs")
        phrases = body.get("phrases")
        highlight = isinstance(phrases, dict) and (
            read_flag(phrases, "highlightAllKeyPhrases") or read_flag(phrases, "highlightOnlyInsightKeyPhrases")
        )
        found = await understood(self.database, request)

        def make() -> dict[str, Any]:
            if content_type == "text/srt":
                content = srt(found.messages, speakers=speakers)
                return {"transcript": {"payload": {"content": content, "contentType": content_type}}}
            marked = found.insights.phrases if highlight else {}
            content = markdown(found.messages, paragraphs=paragraphs, speakers=speakers, phrases=marked)
            return {"transcript": {"payload": content, "contentType": content_type}}

        return await answer(make)

    async def _refresh(self, request: Request) -> None:
        """Understand a conversation anew, unless it was not understood yet."""
        async with self.database.reading() as tx:
            conversation = await conversation_of(tx, request)
        if conversation.understood:
            await self.runner.refresh(conversation.id)


def _all(found: Understood) -> Sequence[Insight]:
    """Return every insight, in the order of the conversation."""
    places = {message.id: place for place, message in enumerate(found.messages)}
    insights = (*found.insights.action_items, *found.insights.follow_ups, *found.insights.questions)
    return sorted(insights, key=lambda insight: places.get(insight.message_ids[0], len(places)))

"""Records as Slack shows them in answers and events."""

from typing import Any

from bot.playground.attachments import CANVAS
from bot.playground.installed import InstalledApp
from bot.playground.records import Channel, ChannelKind, Ephemeral, File, Json, Message, Person, View
from bot.playground.rules import Rules
from bot.playground.seed import TEAM_DOMAIN, TEAM_ID, TEAM_NAME
from bot.playground.workspace import Workspace

_TYPES = {
    "audio/flac": ("flac", "FLAC"),
    "audio/mp4": ("m4a", "MPEG 4 Audio"),
    "audio/mpeg": ("mp3", "MP3"),
    "audio/ogg": ("ogg", "Ogg"),
    "audio/wav": ("wav", "WAV"),
    "audio/webm": ("webm", "WebM"),
    "text/plain": ("text", "Plain Text"),
    "text/vtt": ("vtt", "WebVTT"),
    "video/mp4": ("mp4", "MPEG 4 Video"),
    "video/quicktime": ("mov", "QuickTime Movie"),
    "video/webm": ("webm", "WebM"),
}


class Wire:
    """Shows a workspace's records as Slack's JSON.

    Attributes:
        origin: Where this Slack is, without a slash at the end: `http://127.0.0.1:8765`.
    """

    def __init__(self, workspace: Workspace, app: InstalledApp, rules: Rules, origin: str) -> None:
        self.workspace = workspace
        self.app = app
        self.rules = rules
        self.origin = origin

    def team(self) -> Json:
        """Show the workspace, as interactions name it."""
        return {"id": TEAM_ID, "domain": TEAM_DOMAIN}

    def team_info(self) -> Json:
        """Show the workspace in full."""
        return self.team() | {"name": TEAM_NAME, "email_domain": "", "url": f"{self.origin}/", "icon": {}}

    def user(self, person: Person, *, email: bool) -> Json:
        """Show a member."""
        profile = {
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": person.name,
            "display_name_normalized": person.name,
            "team": person.team or TEAM_ID,
        }
        if person.is_bot:
            profile |= {"bot_id": person.bot_id, "api_app_id": self.app.id if person.id == self.app.user else ""}
        elif email:
            profile["email"] = person.email
        return {
            "id": person.id,
            "team_id": person.team or TEAM_ID,
            "name": person.name,
            "real_name": person.real_name,
            "deleted": False,
            "tz": person.tz,
            "tz_label": person.tz,
            "tz_offset": person.tz_offset(self.workspace.clock.now()),
            "profile": profile,
            "is_admin": False,
            "is_owner": False,
            "is_restricted": person.guest,
            "is_ultra_restricted": False,
            "is_bot": person.is_bot,
            "is_app_user": False,
            "updated": 0,
        }

    def acting(self, user: str) -> Json:
        """Show who acts, as interactions name people."""
        person = self.workspace.person(user)
        return {"id": person.id, "username": person.name, "name": person.name, "team_id": TEAM_ID}

    def channel(self, channel: Channel, viewer: str) -> Json:
        """Show a conversation, as its member or not."""
        shown: Json = {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.archived,
            "is_im": channel.kind is ChannelKind.DIRECT,
            "is_mpim": channel.kind is ChannelKind.GROUP,
            "is_channel": channel.kind is ChannelKind.PUBLIC,
            "is_group": channel.kind is ChannelKind.PRIVATE,
            "is_private": channel.kind is not ChannelKind.PUBLIC,
            "context_team_id": TEAM_ID,
            "updated": channel.created * 1000,
        }
        if channel.kind is ChannelKind.DIRECT:
            other = next((each for each in channel.members if each != viewer), viewer)
            return shown | {"user": other, "is_org_shared": False}
        return shown | {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_member": viewer in channel.members,
            "is_general": channel.name == "general",
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "creator": channel.creator,
            "num_members": len(channel.members),
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        }

    def message(self, message: Message, *, metadata: bool = False) -> Json:
        """Show a message, with its replies counted."""
        shown = self.bare_message(message)
        if message.metadata and metadata:
            shown["metadata"] = dict(message.metadata)
        replies = self.workspace.replies(message.channel, message.ts)
        if replies:
            users = list(dict.fromkeys(each.user for each in replies))
            shown |= {
                "thread_ts": message.ts,
                "reply_count": len(replies),
                "reply_users_count": len(users),
                "latest_reply": replies[-1].ts,
                "reply_users": users,
                "is_locked": False,
                "subscribed": False,
            }
        if message.reactions:
            shown["reactions"] = [
                {"name": each.name, "users": list(each.users), "count": len(each.users)} for each in message.reactions
            ]
        return shown

    def bare_message(self, message: Message) -> Json:
        """Show what was posted, as an event does: without replies, reactions and metadata."""
        author = self.workspace.people.get(message.user)
        elsewhere = author.team if author else ""
        shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
        shown |= {"team": elsewhere or TEAM_ID}
        optional: dict[str, Any] = {
            "subtype": message.subtype or ("thread_broadcast" if message.broadcast else ""),
            "user_team": elsewhere,
            "source_team": elsewhere,
            "client_msg_id": message.client_msg_id,
            "bot_id": message.bot_id,
            "app_id": message.app_id,
            "blocks": list(message.blocks),
            "attachments": [*message.attachments, *message.unfurls],
            "thread_ts": message.thread_ts,
            "inviter": message.inviter,
            "files": [self._attached(each) for each in message.files],
        }
        shown |= {key: value for key, value in optional.items() if value}
        if message.files:
            shown |= {"upload": False, "display_as_bot": False}
        if message.thread_ts:
            shown["parent_user_id"] = self._author(message.channel, message.thread_ts)
        if message.edited_ts:
            shown["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
        if message.subtype == "bot_message":
            # as Slack shows incoming webhooks and old bots: a name, and no user
            shown["username"] = self.workspace.person(shown.pop("user")).real_name
        elif message.bot_id:
            shown["bot_profile"] = {
                "id": message.bot_id,
                "app_id": message.app_id,
                "name": self.app.name if message.bot_id == self.app.bot_id else "",
                "deleted": False,
                "updated": 0,
                "team_id": TEAM_ID,
            }
        return shown

    def _attached(self, file_id: str) -> Json:
        file = self.workspace.files.get(file_id)
        if file is None:
            return {"id": file_id, "mode": "tombstone"}
        if self.rules.hide_files:
            return {"id": file_id, "mode": "file_access", "file_access": "check_file_info"}
        return self.file(file)

    def _author(self, channel: str, ts: str) -> str:
        parent = self.workspace.find(channel, ts)
        return parent.user if parent else ""

    def ephemeral(self, ephemeral: Ephemeral) -> Json:
        """Show a message that one person sees."""
        shown = {"type": "message", "ts": ephemeral.ts, "text": ephemeral.text, "is_ephemeral": True}
        shown |= {"user": self.app.user, "bot_id": self.app.bot_id} if ephemeral.from_app else {"user": "USLACKBOT"}
        return shown | {"blocks": list(ephemeral.blocks)} if ephemeral.blocks else shown

    def file(self, file: File) -> Json:
        """Show a file."""
        if file.mimetype == CANVAS:
            return self._shown(file) | self._canvas(file)
        return self._shown(file) | (self._clip(file) if file.clip else {})

    def _canvas(self, file: File) -> Json:
        """Show what a canvas has that other files have not; who wrote it is not who took part."""
        shown: Json = {
            "mode": "quip",
            "filetype": "quip",
            "pretty_type": "Canvas",
            "editable": True,
            "permalink": f"{self.origin}/docs/{TEAM_ID}/{file.id}",
        }
        return shown | ({"is_huddle_canvas": True} if file.huddle else {})

    def _clip(self, file: File) -> Json:
        """Show what a clip has that other files have not."""
        transcription: Json = {"status": file.transcription}
        shown: Json = {"subtype": file.clip, "transcription": transcription}
        if file.transcription == "complete":
            transcription |= {"locale": file.locale, "preview": {"content": file.transcript[:200], "has_more": False}}
            shown["vtt"] = f"{self.origin}/files-tmb/{TEAM_ID}-{file.id}/{file.name}.vtt"
        return shown

    def _shown(self, file: File) -> Json:
        kind, pretty = _TYPES.get(file.mimetype, ("binary", "Binary"))
        private = f"{self.origin}/files-pri/{TEAM_ID}-{file.id}"
        public = [each for each in file.channels if self.workspace.channels[each].kind is ChannelKind.PUBLIC]
        closed = [each for each in file.channels if self.workspace.channels[each].kind is ChannelKind.PRIVATE]
        direct = [each for each in file.channels if each not in public and each not in closed]
        shares: dict[str, dict[str, list[Json]]] = {}
        for channel, ts in file.shared_as:
            known = shares.setdefault("public" if channel in public else "private", {})
            known.setdefault(channel, []).append(self._share(channel, ts))
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype,
            "filetype": kind,
            "pretty_type": pretty,
            "user": file.user,
            "user_team": TEAM_ID,
            "editable": False,
            "size": len(file.content),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": bool(public),
            "public_url_shared": False,
            "url_private": f"{private}/{file.name}",
            "url_private_download": f"{private}/download/{file.name}",
            "permalink": f"{self.origin}/files/{file.user}/{file.id}/{file.name}",
            "channels": public,
            "groups": closed,
            "ims": direct,
            "shares": shares,
            "has_rich_preview": False,
            "file_access": "visible",
        }

    def _share(self, channel: str, ts: str) -> Json:
        message = self.workspace.find(channel, ts)
        shown: Json = {"ts": ts, "channel_name": self.workspace.channels[channel].name, "team_id": TEAM_ID}
        shown["share_user_id"] = message.user if message else ""
        return shown | ({"thread_ts": message.thread_ts} if message and message.thread_ts else {})

    def view(self, view: View) -> Json:
        """Show a modal or Home."""
        body = view.body
        return {
            "id": view.id,
            "team_id": TEAM_ID,
            "type": body["type"],
            "blocks": body["blocks"],
            "private_metadata": body.get("private_metadata", ""),
            "callback_id": body.get("callback_id", ""),
            "state": {"values": view.values},
            "hash": view.hash,
            "title": body.get("title"),
            "clear_on_close": body.get("clear_on_close", False),
            "notify_on_close": body.get("notify_on_close", False),
            "close": body.get("close"),
            "submit": body.get("submit"),
            "previous_view_id": view.previous or None,
            "root_view_id": view.root or view.id,
            "app_id": self.app.id,
            "external_id": body.get("external_id", ""),
            "app_installed_team_id": TEAM_ID,
            "bot_id": self.app.bot_id,
        }

    def permalink(self, message: Message) -> str:
        """Return a message's address."""
        link = f"{self.origin}/archives/{message.channel}/p{message.ts.replace('.', '')}"
        return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}" if message.thread_ts else link

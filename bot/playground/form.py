"""What a person picks or types in an element, as actions and a view's state show it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.records import Json
from bot.playground.refusal import Refused

_FIELDS = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "files"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
}
"""For each type of element: the field that holds what was chosen, and the one that says what is chosen at first."""

_BUTTONS = {"button", "workflow_button", "icon_button"}


def identified(blocks: Sequence[Json]) -> tuple[Json, ...]:
    """Return blocks in which each has a block_id and each element an action_id, as Slack adds them."""
    return tuple(_identified(each) for each in blocks)


def _identified(block: Json) -> Json:
    block = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(4)}
    if isinstance(block.get("elements"), list) and block["type"] in {"actions", "context_actions"}:
        block["elements"] = [_with_action_id(each) for each in block["elements"]]
    for name in ("accessory", "element"):
        if name in block:
            block[name] = _with_action_id(block[name])
    return block


def _with_action_id(element: Json) -> Json:
    interactive = element["type"] in _FIELDS or element["type"] in _BUTTONS or element["type"] == "feedback_buttons"
    return element | {"action_id": element.get("action_id") or secrets.token_urlsafe(4)} if interactive else element


def elements(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each element that can be used, with its block."""
    for block in blocks:
        inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for each in inside:
            if isinstance(each, dict) and "action_id" in each:
                yield block, each


def find(blocks: Sequence[Json], action_id: str, block_id: str = "") -> tuple[Json, Json]:
    """Return the element with an action_id, and its block.

    Raises:
        Refused: There is none.
    """
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in {"", block["block_id"]}:
            return block, element
    raise Refused("element_not_found")


def chosen(element: Json, choice: Any) -> Json:
    """Return an element's type with what was chosen in it.

    Args:
        element: The element, as it was posted.
        choice: An option's value (or several), a date, a text, a user…; for a button nothing.

    Raises:
        Refused: It has no such option.
    """
    kind: str = element["type"]
    if kind in _BUTTONS:
        return {"type": kind} | {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    if kind == "feedback_buttons":
        options = [element["positive_button"], element["negative_button"]]
        pressed: Json = next((each for each in options if each["value"] == choice), options[0])
        return {**pressed, "type": kind}
    field, _ = _FIELDS[kind]
    if field == "selected_option":
        return {"type": kind, field: _option(element, choice)}
    if field == "selected_options":
        return {"type": kind, field: [_option(element, each) for each in choice]}
    return {"type": kind, field: choice}


def fitting(element: Json, choice: Any) -> Any:
    """Return what a client says was chosen, when the element takes such a thing.

    Raises:
        Refused: It does not.
    """
    if element["type"].endswith("external_select"):
        return _external(element, choice)
    choice = _choice(choice)
    field = _FIELDS.get(element["type"], ("", ""))[0]
    if field in {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}:
        fits = isinstance(choice, list) and all(isinstance(each, str) for each in choice)
    elif field == "selected_date_time":
        fits = choice is None or (isinstance(choice, int) and not isinstance(choice, bool))
    elif field == "rich_text_value":
        fits = choice is None or isinstance(choice, dict)
    else:
        fits = choice is None or isinstance(choice, str)
    if not fits:
        raise Refused("invalid_arguments")
    return choice


def _external(element: Json, choice: Any) -> Any:
    """Return options that the app gave: as whole ones, or by their values."""
    many = choice if isinstance(choice, list) else [choice]
    fits = all(isinstance(each, str) or _is_option(each) for each in many)
    if choice is None and not element["type"].startswith("multi"):
        return None
    if not fits or isinstance(choice, list) is not element["type"].startswith("multi"):
        raise Refused("invalid_arguments")
    return choice


def _is_option(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("value"), str):
        return False
    text = value.get("text")
    return isinstance(text, dict) and isinstance(text.get("text"), str)


def _option(element: Json, value: Any) -> Json | None:
    if value is None:
        return None
    if element["type"].endswith("external_select"):
        return (
            dict(value)
            if isinstance(value, dict)
            else {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
        )
    groups = [element.get("options", []), *(group["options"] for group in element.get("option_groups", []))]
    for each in (option for group in groups for option in group):
        if each.get("value") == value:
            return dict(each)
    raise Refused("option_not_found")


def choices(blocks: Sequence[Json], values: Mapping[str, Any]) -> Json:
    """Return a form's new state, given as a client sends it: by block_id and action_id, with fields as in `state`.

    Raises:
        Refused: It holds an option that is not there, or is no such thing at all.
    """
    found: Json = {}
    for block, element in elements(blocks):
        entered = values.get(block["block_id"])
        entry = entered.get(element["action_id"]) if isinstance(entered, dict) else None
        if not isinstance(entry, dict) or element["type"] not in _FIELDS:
            continue
        field, _ = _FIELDS[element["type"]]
        found.setdefault(block["block_id"], {})[element["action_id"]] = chosen(
            element, fitting(element, entry.get(field))
        )
    return found


def _choice(entered: Any) -> Any:
    """Return what `chosen` takes: an option's value where a whole option was sent."""
    if isinstance(entered, list):
        return [_choice(each) for each in entered]
    return entered["value"] if isinstance(entered, dict) and "value" in entered else entered


def state(blocks: Sequence[Json], given: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> Json:
    """Return the state of a view's or message's fields.

    Args:
        blocks: With their ids.
        given: What was chosen now, by action_id.
        before: The state until now, which holds where nothing new was chosen.
    """
    values: Json = {}
    for block, element in elements(blocks):
        kind, action_id = element["type"], element["action_id"]
        if kind not in _FIELDS or kind == "overflow":
            continue
        field, initial = _FIELDS[kind]
        kept = (before or {}).get(block["block_id"], {}).get(action_id)
        empty: Any = [] if field in {"selected_options", "files"} else None
        value = kept if kept and kept["type"] == kind else {"type": kind, field: element.get(initial, empty)}
        if action_id in given:
            value = chosen(element, given[action_id])
        values.setdefault(block["block_id"], {})[action_id] = value
    return values


def unanswered(blocks: Sequence[Json], values: Json) -> list[str]:
    """Return the block_ids of inputs that must be answered and are not."""
    missing = []
    for block in blocks:
        if block["type"] == "input" and not block.get("optional"):
            field, _ = _FIELDS[block["element"]["type"]]
            if not values[block["block_id"]][block["element"]["action_id"]][field]:
                missing.append(block["block_id"])
    return missing

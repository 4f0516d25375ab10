"""The methods of the Web API, one module a family."""

from bot.playground.methods import apps, blocks, canvases, chat, conversations, files, reactions, users, views
from bot.playground.methods.method import Method

METHODS: dict[str, Method] = {
    each.name: each
    for family in (apps, blocks, canvases, chat, conversations, files, reactions, users, views)
    for each in family.METHODS
}

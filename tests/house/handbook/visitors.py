"""What the declarations tell visitors: tiles, errands, keys, states, how long things are kept."""

from collections.abc import Mapping

from kiosk.central.guide.national import SWEDEN, national
from kiosk.domain.check_in import EARLY
from kiosk.domain.correction import changeable
from kiosk.domain.errand import Errand, Kind, OnlyIf, Question
from kiosk.domain.guessing import MOST_WRONG, WINDOW_S
from kiosk.domain.posting import STAGES, Board
from kiosk.domain.receipt import LENGTH, State
from kiosk.domain.retention import RULES, USUAL
from kiosk.domain.texts import text_for
from kiosk.errands import ERRANDS, NAMED
from kiosk.errands.board_words import STAGE_MEANINGS, STAGE_NAMES
from kiosk.errands.receipt_words import STATES, STEPS
from kiosk.errands.rooms import HOME, ROOMS, inside, room_of
from kiosk.errands.seat_words import REASONS
from kiosk.errands.wording import FACES, SPOKEN_LANGUAGES
from kiosk.i18n import EASY, LANGUAGES
from screens.frame import WISHES
from screens.help_card import RULES as GUIDE_RULES
from screens.home import is_about_one
from screens.hours import CLOSING_SOON
from screens.own_tiles import OWN_TILES, OwnTile
from tests.house.handbook.composing import Told, bullets, table
from tests.house.handbook.words import Words, written

SKIP = "You can skip this one."
"""What a question says itself, so that the handbook need not."""
_SAYS_ITSELF = {Kind.CHOICES: "Choose as many as you like", Kind.CONTACT: "E-mail or telephone."}
"""By kind: how a question begins that says itself how it is answered."""
_ON_THE_WAY = (State.SAVED, State.SENT, State.READ, State.ANSWERED, State.WITHDRAWN, State.ERASED)


def tiles(words: Words) -> str:
    """List the tiles in the order of their numbers, those of a room under it."""
    return "\n".join(_tiles(words, HOME.name, ""))


def _tiles(words: Words, room: str, indent: str) -> list[str]:
    shown: dict[str, OwnTile | Errand] = {
        **{name: each for name, each in ERRANDS.items() if not is_about_one(each)},
        **OWN_TILES,
    }
    lines = []
    for number, value in enumerate(inside(ROOMS[room], shown), start=1):
        tile = shown.get(value) or ROOMS[value]
        said = words.phrases.say
        lines.append(f"{indent}{number}. **{said(tile.title)}**: {said(tile.blurb)}")
        if value in ROOMS:
            lines += _tiles(words, value, indent + "   ")
    return lines


def errands(words: Words) -> str:
    """Tell every errand: where it is, its questions in order, and what happens then."""
    return "\n\n".join(_errand(each, words) for each in NAMED.values())


def _errand(errand: Errand, words: Words) -> str:
    say = words.phrases.say
    lines = [f"### {say(errand.title)}", "", f"{say(errand.blurb)} {_where(errand, words)}", ""]
    if errand.name == "questions":
        lines += [words.say("questions_first"), ""]
    for number, question in enumerate(errand.questions, start=1):
        lines += _question(number, question, errand, words)
    note = say(errand.note.calling, phone=words.say("number_of_branch")) if errand.note else ""
    lines += ["", words.say("then", thanks=say(errand.thanks), note=note).strip()]
    return "\n".join([*lines, kept_in_words(errand.name, words)])


def _where(errand: Errand, words: Words) -> str:
    """Say where one finds it."""
    for question in errand.questions:
        if question.kind in (Kind.WORKSHOP, Kind.IDEA):
            return words.say(f"where.{question.kind}")
    room = ROOMS[room_of(errand.name) or HOME.name]
    if room is HOME:
        return words.say("where.home")
    return words.say("where.room", room=words.phrases.say(room.title))


def _question(number: int, question: Question, errand: Errand, words: Words) -> list[str]:
    say = words.phrases.say
    helped = say(question.help) if question.help else ""
    itself = _SAYS_ITSELF.get(question.kind)
    facts = [] if itself and question.help.startswith(itself) else [_kind(question, words)]
    if question.only_if:
        facts.append(_condition(question.only_if, errand, words))
    if SKIP not in question.help:
        facts.append(words.say("required" if question.required else "skip"))
    told = " ".join(each for each in (helped, *facts) if each)
    lines = [f"{number}. **{say(question.ask)}** {told}"]
    if question.choices:
        labels = [
            f"{say(each.label)} ({say(each.note)})" if each.note else say(each.label)
            for each in question.choices
        ]
        lines.append(f"   - {' · '.join(labels)}")
    if question.note:
        told = say(question.note.calling, phone=words.say("number_of_branch"))
        lines.append(f"   - {told}")
    return lines


def _kind(question: Question, words: Words) -> str:
    first, last = (words.phrases.say(FACES[each]).lower() for each in (min(FACES), max(FACES)))
    return words.say(f"kind.{question.kind}", most=question.most, first=first, last=last)


def _condition(only_if: OnlyIf, errand: Errand, words: Words) -> str:
    """Say after which answer to which question it is asked."""
    before = errand.question(only_if.question)
    if before is None:
        raise LookupError(only_if.question)
    ask = words.phrases.say(before.ask)
    if not only_if.among:
        return words.say("after", ask=ask)
    if before.kind is Kind.SEATS:
        return words.say("after_children")
    labels = {each.value: words.phrases.say(each.label) for each in before.choices}
    among = " / ".join(labels[each] for each in only_if.among)
    return words.say("after_answer", ask=ask, among=among)


def kept_in_words(errand: str, words: Words) -> str:
    """Say how long one errand is kept."""
    rule = RULES.get(errand, USUAL)
    about_one = any(each.kind is Kind.WORKSHOP for each in NAMED[errand].questions)
    return words.say(
        "kept_past" if about_one else "kept",
        answered=words.span(rule.answered),
        unanswered=words.span(rule.unanswered),
        withdrawn=words.span(rule.withdrawn),
        past=words.span(rule.past),
    )


def correctable(words: Words) -> str:
    """List what can be answered anew, errand by errand."""
    lines = []
    for errand in ERRANDS.values():
        asks = " · ".join(words.phrases.say(each.ask) for each in changeable(errand))
        lines.append(f"**{words.phrases.say(errand.title)}**: {asks}")
    return bullets(lines)


def states(words: Words) -> str:
    """Tell what follow-up says of an errand, and what it means."""
    say = words.phrases.say
    rows = [[say(STEPS[each]), say(STATES[each])] for each in _ON_THE_WAY]
    return table([words.say("head.step"), words.say("head.state")], rows)


def seat_reasons(words: Words) -> str:
    """List every reason a visitor is given about her place."""
    return bullets(words.phrases.say(each) for each in REASONS.values())


def keys(words: Words) -> str:
    """List the keys that work on every screen, with the mark at the top of the screen."""
    rows = []
    for key in WISHES:
        told = written()["key"][key]
        name, mark = words.label(told["name"]), told.get("mark", "")
        shown = name if mark == told["name"] else mark
        rows.append([key.upper(), shown, f"**{name}**: {words.say(f'key.{key}')}"])
    return table([words.say(f"head.{each}") for each in ("key", "mark", "does")], rows)


def guide_rules(words: Words) -> str:
    """List how far the library goes."""
    return bullets(words.phrases.say(each) for each in GUIDE_RULES.values())


def needs(words: Words) -> str:
    """List what the guide knows."""
    found = national(SWEDEN).needs
    return bullets(text_for(each.title, words.language) for each in found)


def stages(words: Words) -> str:
    """List the stages of an idea with what each means."""
    say = words.phrases.say
    return bullets(
        f"**{say(STAGE_NAMES[each])}**: {say(STAGE_MEANINGS[each])}" for each in STAGES[Board.IDEA]
    )


def languages(words: Words) -> str:
    """List the languages, as this one calls them."""
    return words.listing(_language(each, words) for each in LANGUAGES)


def easy(words: Words) -> str:
    """List the languages that have easy words."""
    return words.listing(_language(each, words) for each in EASY)


def _language(code: str, words: Words) -> str:
    """Name a language; only English writes it with a capital inside of a sentence."""
    named = next(each.label for each in SPOKEN_LANGUAGES if each.value == code)
    return named if words.language == "en" else words.phrases.say(named).lower()


TOLD: Mapping[str, Told] = {
    "tiles": tiles,
    "errands": errands,
    "correctable": correctable,
    "states": states,
    "seat_reasons": seat_reasons,
    "keys": keys,
    "guide_rules": guide_rules,
    "needs": needs,
    "stages": stages,
    "languages": languages,
    "easy": easy,
    "signs": lambda _words: str(LENGTH),
    "wrong_codes": lambda _words: str(MOST_WRONG),
    "wrong_minutes": lambda _words: str(round(WINDOW_S / 60)),
    "early_minutes": lambda _words: str(round(EARLY.total_seconds() / 60)),
    "closing_minutes": lambda _words: str(round(CLOSING_SOON.total_seconds() / 60)),
}
"""What the page for visitors takes from the declarations."""

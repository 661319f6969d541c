"""The interface's words, in one catalogue per language; texts of documents are never translated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gazetteer.types import KINDS
from geo.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping

EN: Final[dict[str, str]] = {
    "lang": "en",
    "untitled": "Map of events",
    "skip": "Skip to the list",
    "map": "Map",
    "map_help": "Arrow keys move the map, plus and minus zoom. Everything on the map is also in the list.",
    "as_of": "Claims as of {date}",
    "as_of_all": "All known claims, whatever their date: no document has a date and none was given",
    "dates": "Documents of {start} to {end}",
    "date_one": "Document of {start}",
    "dates_none": "Documents without a date",
    "viewpoint": "Internationally recognised borders (UN)",
    "viewpoint.de-facto": "Borders by who administers (de facto), not the internationally recognised ones",
    "viewpoint.other": "Borders from the viewpoint of {viewpoint}, not the internationally recognised ones",
    "boundaries": "Boundaries: {source}",
    "disclaimer": "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by {publisher}. A hatched area shows that a claim is made, not who controls it.",
    "publisher": "its publisher",
    "attribution": "Data: {text}",
    "events": "Events",
    "regions": "Regions",
    "claims": "Claims",
    "claimed": "Claimed territory",
    "flows": "Movements",
    "mentions": "Places named",
    "unplaced": "Not on the map",
    "unplaced_help": "Found in the texts, but without a place that could be drawn.",
    "documents": "Documents",
    "legend": "Legend",
    "search": "Search events",
    "all_status": "Any status",
    "type": "Type",
    "status": "Status",
    "place": "Place",
    "date": "Date",
    "source": "Source",
    "sentence": "Sentence",
    "document": "Document",
    "reason": "Reason",
    "words": "Words",
    "region": "Region",
    "mention_count": "mentions",
    "event_count": "events",
    "counts": "mentions {mentions} · events {events}",
    "according": "according to {source}",
    "via": "via {chain}",
    "actors": "Actors",
    "quantities": "Numbers",
    "from_to": "{origin} → {destination}",
    "area_note": "known only to the region",
    "near": "near {place}",
    "gathered": "{places} places gathered into {marks} marks with their numbers of events; zoom in to part them.",
    "size": "Size: reports",
    "no_place": "no place",
    "no_date": "no date",
    "since": "since {date}",
    "until": "until {date}",
    "between": "{start} to {end}",
    "claim_proxy": "administrative boundary used in place of a line that the claim does not define",
    "claim_none": "No claim known on that day in this view.",
    "more": "Show {n} more",
    "shown": "{n} of {total}",
    "none": "Nothing matches.",
    "empty": "No event was found in these texts.",
    "first_rows": "The first {n} of {total} events.",
    "cell": "{place} and around",
    "cells": "{total} events are counted by cells of {side}° and by {unit}; the list has the newest {n} of them.",
    "cells_gathered": "{places} cells gathered into {marks} marks with their numbers of events; zoom in to part them.",
    "cells_list": "{n} events on the map; the list has the newest {kept} of {total}.",
    "close": "Close",
    "whole": "Show all",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "tint": "Events in a first-level unit",
    "control": "Control, as given by {source}",
    "tiles_note": "Background images are loaded from {hosts}: {attribution}.",
    "folium_note": "Layers added with folium, not in the table, in print or without JavaScript: {names}.",
    "online_note": "Parts of them are loaded from {hosts}.",
    "static": "Static map",
    "table": "Events as a table",
    "status.happened": "happened",
    "status.claimed": "claimed by one side",
    "status.planned": "planned",
    "status.called_for": "called for",
    "status.threatened": "threatened",
    "status.denied": "denied",
    "status.hypothetical": "hypothetical",
    "standing.reported": "reported",
    "standing.claimed": "claimed by one side",
    "standing.confirmed": "confirmed",
    "standing.corroborated": "corroborated",
    "standing.contested": "contested",
    "standing.denied": "denied",
    "line.recognised": "solid: recognised by this map's viewpoint",
    "line.disputed": "dashed: disputed",
    "line.approximate": "dotted: administrative boundary in place of a line that the claim does not define",
    "line.ended": "widely dotted: no longer claimed",
    "months": "January February March April May June July August September October November December",
    "months_alone": "January February March April May June July August September October November December",
    "summary": "{events} at {places} from {documents}; {unplaced} found but not placed.",
    "count.event": "{n} event|{n} events",
    "count.place": "{n} place|{n} places",
    "count.document": "{n} document|{n} documents",
    "time": "Time",
    "unit.day": "day",
    "unit.week": "week",
    "unit.month": "month",
    "unit.year": "year",
    "week_of": "week of {date}",
    "time_all": "All dates",
    "time_before": "Previous {unit} with data",
    "time_after": "Next {unit} with data",
    "play": "Play",
    "pause": "Pause",
    "undated": "without a date",
    "n_events": "{n} event|{n} events",
    "n_claims": "{n} claim|{n} claims",
    "more_filters": "More filters",
    "all_sources": "Any source",
    "all_sides": "Any side",
    "all_places": "Any place",
    "all_documents": "Any document",
    "side": "Side",
    "reset": "Clear all filters",
    "why": "Why here?",
    "why_candidates": "Places this can mean",
    "why_inherited": "Place taken from: {reason}",
    "why_none": "no place chosen",
    "country": "Country",
    "kind": "Kind",
    "belief": "Belief",
    **{f"kind.{kind}": kind for kind in KINDS},
    "kind.admin1": "first-level unit",
    "kind.admin2": "second-level unit",
    "kind.base": "military base",
    "kind.other": "other place",
}
UK: Final[dict[str, str]] = {
    "lang": "uk",
    "untitled": "Карта подій",
    "skip": "До списку",
    "map": "Карта",
    "map_help": "Стрілки рухають карту, плюс і мінус змінюють масштаб. Усе, що є на карті, є й у списку.",
    "as_of": "Претензії станом на {date}",
    "as_of_all": "Усі відомі претензії незалежно від дати: жоден документ не має дати, і її не задано",
    "dates": "Документи від {start} до {end}",
    "date_one": "Документ від {start}",
    "dates_none": "Документи без дати",
    "viewpoint": "Міжнародно визнані кордони (ООН)",
    "viewpoint.de-facto": "Кордони за фактичним управлінням, а не міжнародно визнані",
    "viewpoint.other": "Кордони з погляду {viewpoint}, а не міжнародно визнані",
    "boundaries": "Межі: {source}",
    "disclaimer": "Межі, назви та позначення на цій карті не означають їх офіційного схвалення чи визнання з боку "
    "{publisher}. Штрихування показує, що претензію висунуто, а не хто контролює територію.",
    "publisher": "видавця",
    "attribution": "Дані: {text}",
    "events": "Події",
    "regions": "Регіони",
    "claims": "Претензії",
    "claimed": "Територія, на яку претендують",
    "flows": "Переміщення",
    "mentions": "Згадані місця",
    "unplaced": "Немає на карті",
    "unplaced_help": "Знайдено в текстах, але без місця, яке можна показати.",
    "documents": "Документи",
    "legend": "Легенда",
    "search": "Пошук подій",
    "all_status": "Будь-який статус",
    "type": "Тип",
    "status": "Статус",
    "place": "Місце",
    "date": "Дата",
    "source": "Джерело",
    "sentence": "Речення",
    "document": "Документ",
    "reason": "Причина",
    "words": "Слова",
    "region": "Регіон",
    "mention_count": "згадок",
    "event_count": "подій",
    "counts": "згадки {mentions} · події {events}",
    "according": "за словами: {source}",
    "via": "через {chain}",
    "actors": "Учасники",
    "quantities": "Числа",
    "from_to": "{origin} → {destination}",
    "area_note": "відомо лише регіон",
    "near": "поблизу: {place}",
    "gathered": "{places} місць зібрано в {marks} позначок, кожна з кількістю подій; наблизьте, щоб розділити їх.",
    "size": "Розмір: повідомлення",
    "no_place": "без місця",
    "no_date": "без дати",
    "since": "з {date}",
    "until": "до {date}",
    "between": "{start} – {end}",
    "claim_proxy": "адміністративна межа замість лінії, якої претензія не визначає",
    "claim_none": "На цей день у межах карти відомих претензій немає.",
    "more": "Показати ще {n}",
    "shown": "{n} з {total}",
    "none": "Нічого не знайдено.",
    "empty": "У цих текстах подій не знайдено.",
    "first_rows": "Перші {n} з {total} подій.",
    "cell": "{place} та околиці",
    "cells": "Подій: {total}, їх пораховано за клітинками {side}°, у часі – одиниця: {unit}; у списку найновіші {n}.",
    "cells_gathered": "Клітинок: {places}, зібрано в позначки з числом подій: {marks}; щоб розділити, наблизьте.",
    "cells_list": "Подій на карті: {n}; у списку найновіші {kept} з {total}.",
    "close": "Закрити",
    "whole": "Показати все",
    "zoom_in": "Збільшити",
    "zoom_out": "Зменшити",
    "tint": "Подій в області",
    "control": "Контроль, за даними: {source}",
    "tiles_note": "Фонові зображення завантажуються з {hosts}: {attribution}.",
    "folium_note": "Шари, додані через folium, яких немає в таблиці, у друку та без JavaScript: {names}.",
    "online_note": "Їхні частини завантажуються з {hosts}.",
    "static": "Статична карта",
    "table": "Події таблицею",
    "status.happened": "відбулося",
    "status.claimed": "твердить одна сторона",
    "status.planned": "заплановано",
    "status.called_for": "заклик",
    "status.threatened": "погроза",
    "status.denied": "заперечено",
    "status.hypothetical": "припущення",
    "standing.reported": "повідомлено",
    "standing.claimed": "твердить одна сторона",
    "standing.confirmed": "підтверджено",
    "standing.corroborated": "підтверджено незалежно",
    "standing.contested": "оспорюється",
    "standing.denied": "заперечено",
    "line.recognised": "суцільна: визнано з погляду цієї карти",
    "line.disputed": "пунктир: оспорюється",
    "line.approximate": "крапки: адміністративна межа замість лінії, якої претензія не визначає",
    "line.ended": "рідкі крапки: більше не претендують",
    "months": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "months_alone": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "summary": "{events} у {places} із {documents}; знайдено, але не розміщено: {unplaced}.",
    "count.event": "{n} подія|{n} події|{n} подій",
    "count.place": "{n} місці|{n} місцях|{n} місцях",
    "count.document": "{n} документа|{n} документів|{n} документів",
    "time": "Час",
    "unit.day": "день",
    "unit.week": "тиждень",
    "unit.month": "місяць",
    "unit.year": "рік",
    "week_of": "тиждень від {date}",
    "time_all": "Усі дати",
    "time_before": "Попередній {unit} із даними",
    "time_after": "Наступний {unit} із даними",
    "play": "Програвати",
    "pause": "Зупинити",
    "undated": "без дати",
    "n_events": "{n} подія|{n} події|{n} подій",
    "n_claims": "{n} претензія|{n} претензії|{n} претензій",
    "more_filters": "Інші фільтри",
    "all_sources": "Будь-яке джерело",
    "all_sides": "Будь-яка сторона",
    "all_places": "Будь-яке місце",
    "all_documents": "Будь-який документ",
    "side": "Сторона",
    "reset": "Скинути всі фільтри",
    "why": "Чому тут?",
    "why_candidates": "Що це може бути",
    "why_inherited": "Місце взято звідси: {reason}",
    "why_none": "місця не вибрано",
    "country": "Країна",
    "kind": "Вид",
    "belief": "Певність",
    "type.strike": "Повітряний чи ракетний удар",
    "type.shelling": "Обстріл",
    "type.explosion": "Вибух",
    "type.sabotage": "Диверсія",
    "type.clash": "Бій",
    "type.advance": "Просування",
    "type.repelled_attack": "Атаку відбито",
    "type.counteroffensive": "Наступ чи контрнаступ",
    "type.siege": "Облога чи блокада",
    "type.control_change": "Зміна контролю",
    "type.withdrawal": "Відступ",
    "type.aircraft_downed": "Збито літак чи ракету",
    "type.evacuation": "Евакуація",
    "type.deportation": "Депортація",
    "type.displacement": "Переміщення людей",
    "type.detention": "Затримання чи викрадення",
    "type.prisoner_exchange": "Обмін, звільнення чи переміщення полонених",
    "type.casualties": "Загиблі чи поранені",
    "type.infrastructure_damage": "Пошкодження",
    "type.referendum": "Референдум",
    "type.annexation": "Анексія",
    "type.recognition": "Визнання",
    "type.condemnation": "Засудження",
    "type.threat": "Погроза",
    "type.protest": "Протест",
    "type.sanction": "Санкції",
    "type.arms_supply": "Постачання зброї",
    "type.mobilisation": "Мобілізація",
    "type.diplomacy": "Дипломатія",
    "type.earthquake": "Землетрус",
    "type.eruption": "Виверження вулкана",
    "type.storm": "Буря",
    "type.flood": "Повінь",
    "type.landslide": "Зсув або лавина",
    "type.wildfire": "Лісова пожежа",
    "type.accident": "Аварія чи катастрофа",
    "type.outbreak": "Спалах хвороби",
    "type.election": "Вибори",
    "claimed_by": "на це претендує {claimant} з {date}",
    "claimed_until": " до {date}",
    "kind.country": "країна",
    "kind.admin1": "регіон першого рівня",
    "kind.admin2": "район",
    "kind.city": "велике місто",
    "kind.town": "місто",
    "kind.village": "село",
    "kind.region": "місцевість",
    "kind.continent": "континент",
    "kind.river": "річка",
    "kind.lake": "озеро",
    "kind.sea": "море",
    "kind.strait": "протока",
    "kind.island": "острів",
    "kind.peninsula": "півострів",
    "kind.mountain": "гора",
    "kind.facility": "об'єкт",
    "kind.dam": "гребля",
    "kind.base": "військова база",
    "kind.bridge": "міст",
    "kind.other": "інше місце",
}
CATALOGUES: Final[dict[str, dict[str, str]]] = {"en": EN, "uk": UK}


def words(lang: str) -> dict[str, str]:
    """Catalogue of a language.

    Raises
    ------
    geo.errors.OptionError
        There is none; the message lists those there are.
    """
    try:
        return CATALOGUES[lang]
    except KeyError:
        raise OptionError(f"no interface language {lang!r}; there are {', '.join(CATALOGUES)}") from None


def viewpoint_text(viewpoint: str, catalogue: Mapping[str, str]) -> str:
    """Say whose view of disputed areas a map shows: "default", "de-facto" or a country's code."""
    key = {"default": "viewpoint", "de-facto": "viewpoint.de-facto"}.get(viewpoint, "viewpoint.other")
    return catalogue[key].format(viewpoint=viewpoint)


def counted(what: str, number: int, catalogue: dict[str, str]) -> str:
    """Number with the form of its noun: ``what`` is event, place or document."""
    forms = catalogue[f"count.{what}"].split("|")
    if len(forms) == 2:
        form = 0 if number == 1 else 1
    elif number % 10 == 1 and number % 100 != 11:
        form = 0
    else:
        form = 1 if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else 2
    return forms[form].format(n=number)


def day(iso: str | None, catalogue: dict[str, str]) -> str:
    """Date for people ("7 September 2022"); "" for None."""
    if not iso:
        return ""
    year, month, number = iso.split("-")
    return f"{int(number)} {catalogue['months'].split()[int(month) - 1]} {year}"


def period(row: dict[str, object], catalogue: dict[str, str]) -> str:
    """Dates of an event or report for people; "" where nothing is known."""
    start, end = (str(row.get(key) or "") for key in ("date_start", "date_end"))
    if start and end:
        whole = _whole(start, end, catalogue)
        return whole or catalogue["between"].format(start=day(start, catalogue), end=day(end, catalogue))
    if start:
        return catalogue["since"].format(date=day(start, catalogue))
    return catalogue["until"].format(date=day(end, catalogue)) if end else ""


def _whole(start: str, end: str, catalogue: dict[str, str]) -> str:
    """Name of a day, a month or a year that the interval covers exactly; "" for others."""
    if start == end:
        return day(start, catalogue)
    if start[5:] == "01-01" and end == f"{start[:4]}-12-31":
        return start[:4]
    last = {"02": ("28", "29"), "04": ("30",), "06": ("30",), "09": ("30",), "11": ("30",)}.get(
        start[5:7], ("31",)
    )
    if start[:8] == end[:8] and start[8:] == "01" and end[8:] in last:
        month = catalogue["months"].split()[int(start[5:7]) - 1]
        return f"{month} {start[:4]}" if catalogue is EN else start[:7]
    return ""

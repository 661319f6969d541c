"""Words that tell places from other things: English function words, verbs, titles, heads of organisations."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

from geo.text.words import phrases, words


@lru_cache(maxsize=8)
def listing(name: str) -> frozenset[str]:
    """Words of one of the lists in ``data``: "common", "given" (names) or "surnames"; folded, lower case."""
    return words((files("geo.mentions") / "data" / f"{name}.txt").read_text(encoding="utf-8"))


FUNCTION: Final = words(
    """a an the this that these those and or but nor so yet if as than then when while where who whom whose
    which what why how because although though unless until since before after during about above across
    against along amid among around at behind below beneath beside between beyond by despite down for
    from in inside into like near of off on onto out outside over past per through throughout to toward
    towards under up upon via with within without is are was were be been being am has have had having
    do does did done will would shall should can could may might must it its he she they we you i his
    her their our my your him them us me not no also only just even still already again too very more
    most much many some any all both each every either neither other another such same here there now
    today yesterday tomorrow tonight ago later earlier soon once twice meanwhile however instead whether
    including according back away together ever never always often almost about first last next ahead
    alone apart aside closest closer following late early due amid versus vs plus"""
)

GLUED: Final = words(
    """the and that this these those he she they we you his her their our its was were has have had will
    would can could which who whom when where while after before said says told from with for but not
    also then than there here into over under about against between during without near nearer nearest
    closer closest beyond"""
)
"""Function words that scraping glues to a name and that are no usual ending of a longer name."""

NO_GLUE: Final = words("is an as at on or us in it her are ore land town ton ville burg to of by over")
"""Endings that make other words of names (Iraqis, Texan, Parisian): never split off."""

LOCATIVE: Final = words(
    """in at near around outside inside across between throughout into toward towards through from to via beyond
    within over above along off"""
)

TITLES: Final = words(
    """mr mrs ms miss dr prof professor sir dame lord lady rev reverend president vice-president minister
    premier chancellor king queen prince princess emperor empress duke duchess sultan sheikh sheik emir
    ayatollah imam pope cardinal archbishop bishop father sister brother saint general gen colonel col
    lieutenant lt major maj captain capt commander cmdr sergeant sgt admiral adm marshal officer
    detective inspector constable sheriff judge justice senator sen congressman congresswoman
    representative rep governor gov mayor secretary ambassador director chairman chairwoman chairperson
    chief spokesman spokeswoman spokesperson coach manager analyst actor actress singer author writer
    professor reporter correspondent photographer editor lawyer attorney activist leader dictator
    defender midfielder striker forward goalkeeper quarterback pitcher"""
)

ORG_HEADS: Final = words(
    """university college school academy institute institution polytechnic hospital clinic infirmary bank
    police sheriff council parliament assembly government administration ministry department court
    courts tribunal congress senate legislature commission committee authority agency bureau office
    service services museum gallery library theatre theater orchestra symphony philharmonic opera ballet
    church cathedral mosque synagogue diocese archdiocese association federation union league society
    foundation club party front movement alliance coalition company corporation corp inc ltd llc group
    holdings airlines airways air railway railways transit motors energy oil gas petroleum insurance
    partners fund trust times post news herald tribune gazette journal chronicle star sun globe
    telegraph guardian mirror independent observer review magazine press radio tv television network
    channel studios records fc afc cf sc united rovers wanderers athletic team olympics marathon
    championship championships cup open grand tournament festival fair expo biennale conference summit
    forum agreement accord accords treaty pact convention declaration protocol act bill law stock
    exchange chamber board center centre command army navy force forces guard patrol fire embassy
    consulate mission delegation community authority"""
)

PUBLIC_HEADS: Final = words(
    """police sheriff council court courts department fire senate legislature assembly parliament commission
    commissioners coroner prosecutor supervisors trustees schools mayor library water works port transit
    constabulary coastguard magistrates ambulance borough embassy consulate guard government governor patrol
    public clerk treasurer auditor"""
)
"""Bodies that nearly always bear the name of their place: "Boise Police", "Georgia Senate", not "Macy Partners"."""

PAPERS: Final = words(
    """times post herald tribune gazette journal chronicle globe mail courier bulletin observer telegraph sun star
    examiner dispatch sentinel inquirer enquirer mercury argus standard express echo"""
)
"""Last words of papers' names: "the Boston Globe", "Kansas City Star"."""

TEAM_HEADS: Final = words(
    """rangers giants jets cowboys patriots eagles hawks falcons saints kings queens warriors raiders
    packers browns reds cubs rockets magic heat thunder bulls bucks celtics lakers clippers nets knicks
    mets yankees dodgers angels athletics mariners astros royals twins tigers indians guardians pirates
    brewers cardinals rockies diamondbacks padres phillies nationals braves marlins rays orioles bruins
    sabres canadiens leafs senators panthers lightning capitals penguins flyers islanders devils
    blackhawks wings predators blues stars avalanche wild oilers flames canucks sharks ducks coyotes
    bears lions vikings bengals steelers ravens colts texans titans jaguars dolphins bills chiefs
    broncos chargers seahawks rams buccaneers commanders redskins spurs suns mavericks grizzlies
    pelicans hornets wizards raptors pacers pistons cavaliers timberwolves blazers jazz nuggets city
    united rovers county town wanderers athletic albion villa"""
)

STREETS: Final = words(
    "street st road rd avenue ave boulevard blvd lane drive highway hwy freeway expressway turnpike parkway way"
)

ROLE_NOUNS: Final = words(
    """president premier minister chancellor king queen prince governor mayor senator ambassador secretary
    general police officials authorities government administration spokesman spokeswoman leader leaders
    head heads chief troops forces army military navy parliament regime residents lawmakers prosecutors
    court judge judges voters"""
)

MILITARY: Final = words("troops forces army military navy regime government authorities leadership officials")

DIRECTIONS: Final = words(
    """north south east west northern southern eastern western central northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern upper lower greater inner outer mid
    downtown uptown central rural coastal metropolitan old historic modern ancient mainland continental
    far"""
)

GEO_NOUNS: Final = words(
    """city cities town towns village villages capital coast coastline border borders frontier north south
    east west northern southern eastern western central northeast northwest southeast southwest region
    regions province provinces state states county counties district districts territory soil streets
    suburbs suburb outskirts neighborhood neighbourhood neighborhoods river rivers lake mountains island
    islands peninsula port airport waters airspace countryside downtown centre center interior valley
    desert shores beaches beach roads skyline landmark"""
)

SPEECH: Final = words(
    """said says say told tells added adds wrote writes tweeted asked asks replied stated states insisted
    insists explained explains warned warns noted notes declared declares claimed stressed recalled
    argued argues announced announces admitted admits concluded testified joked recounted confirmed
    denied denies"""
)

_AGENT_VERBS: Final = """
    blame leave share lack buy import export own view treat violate breach deport repel dedicate limit
    endorse spew include abandon adopt aim apologise apologize arrest assure assume avoid become believe
    benefit blockade blast borrow brace breach celebrate cite commit compete contribute count crack
    create curb deepen depend differ divert double ease elect emerge enact enforce enter evacuate evict
    examine exert exploit face favor favour fund grapple honor hold impeach inform inspect issue jail
    join lean legalise legalize levy mark mediate mull obtain outlaw overtake owe persist pivot postpone
    praise produce pursue question race raise ratify reap rebuild rebuke recover redouble refrain
    regulate reimpose rely renew repeal reopen rescue resent resist resume retain retreat revise revoke
    rush scramble scrap share shut slash slam spearhead spend struggle stumble submit sue suffer summon
    surrender swap tighten trade transfer trail unveil uphold violate vie wage widen withhold yield
    accuse accept acknowledge act agree allow annex announce appeal approve argue ask assert attack back
    ban block bomb boycott call cancel capture celebrate claim close comment complain condemn confirm
    consider continue control convince cooperate criticise criticize cut decide declare declassify
    defend delay deliver demand deny deploy detain develop discuss dismiss downplay erase escalate
    establish exchange expel express extend fear fight finance fire follow force gain give grant halt
    help hint hope host impose improve increase insist intend intensify intervene introduce invade
    invest invite join keep kill label launch lead lift lose maintain make mobilise mobilize move
    negotiate note nominate occupy offer open oppose order organise organize plan play pledge prepare
    present press prevent promise propose protect protest provide publish pull purchase push put reach
    react recall receive recognise recognize refuse regain reject release remain repeat reply request
    respond restore retaliate retake return reveal rule sanction say seek seize sell send set shell show
    sign signal sponsor stand start state stop stress strengthen strike suggest supply support suspend
    take target tell test threaten train try turn urge use veto vote vow want warn welcome win withdraw
    battle screen quarantine vaccinate isolate hire admit expand detect dispatch mourn cull log shun ration
    work"""
_IRREGULAR: Final = words(
    """began begun broke broken upheld brought built bought came chose chosen cut fell felt fought found gave
    given got kept knew known led left lost made met paid put ran said saw seen sent set shot sold spent
    spoke spoken stood struck swore taken taught thought threw told took understood went withdrew
    withdrawn won wrote written backed"""
)


PAST: Final = words(
    """rose fell burst shook lay hit grew swept drew sank flew ran rang hurt stood sat slept ate drank
    drove rode swam wore tore bore sold bought came went left lost met became remained kept held let set
    shut split spread arose awoke bent bit bled blew bred caught clung crept dealt dug fed fled forgot
    froze got hid hung knelt knew leapt lent lit made meant paid put quit read rid seen sent shone shot
    shrank slid spent spun stole stuck stung struck swore swung taught threw told took understood woke
    won wept"""
)
"""Irregular past forms: what follows a name is no noun that it modifies."""


def _forms(stems: str) -> frozenset[str]:
    """Third person, past and -ing forms of regular verbs, and the stems themselves."""
    made: set[str] = set()
    for stem in stems.split():
        base = stem[:-1] if stem.endswith("e") else stem
        third = stem + ("es" if stem.endswith(("s", "sh", "ch", "x", "z")) else "s")
        if stem.endswith("y") and stem[-2] not in "aeou":
            base, third = stem[:-1] + "i", stem[:-1] + "ies"
            made |= {stem + "ing"}
        doubled = base + base[-1] if stem in {"ban", "cut", "stop", "plan", "set", "put", "win"} else base
        made |= {stem, third, doubled + "ed", doubled + "ing"}
    return frozenset(made)


STEMS: Final = words(_AGENT_VERBS)
"""Base forms: after a single name they are nouns ("the Lagos fire"), after an auxiliary verbs."""

AGENT: Final = _forms(_AGENT_VERBS) | _IRREGULAR
"""Forms of verbs whose subject is an actor: a country or capital before one stands for its government."""

OBJECT_VERBS: Final = _forms(
    """accuse blame urge ask request condemn criticise criticize sanction support warn tell pressure arm supply
        prevent allow invite thank back threaten oppose help force convince persuade punish isolate assist join
        anger alarm irritate annoy embarrass
        infuriate enrage frustrate reassure unsettle rattle appease placate please worry surprise offend"""
) | words("told hurting helping letting")
"""Verbs whose object is an actor."""

WITH_NOUNS: Final = words(
    """talks negotiations negotiation relations ties deal deals agreement agreements treaty alliance war
    conflict cooperation dialogue trade relationship dispute tensions ceasefire truce partnership
    negotiate negotiated negotiating stand united allied contacts"""
)
GIVING: Final = words(
    """according deliver delivered delivering supply supplied provide provided providing give gave given pledge
    pledged aid weapons systems support assistance message letter apology loans loan arms missiles tanks
    ammunition deliveries supplies sell sold belongs loyal request appeal demands concessions"""
)
FROM_NOUNS: Final = words(
    "pressure support criticism approval permission condemnation help aid assistance pledge response"
)
ON_NOUNS: Final = words(
    "called calls calling call sanctions pressure imposed impose imposing embargo urged relies"
)

OFFICES: Final = words(
    """sheriff army bishop speaker commander secretary lawyer lawyers envoy envoys consul embassy head
    heads governor governors mayor mayors president presidents leader leaders ruler rulers chief chiefs
    minister ministers king queen prince parliament government governments ambassador ambassadors
    authorities administration university bank church bishop archbishop people citizens residents
    inhabitants natives nationals ministry"""
)
BODIES: Final = words("bank church university people administration")
"""Offices only with a capital: the bank of a river is none."""
PEOPLE_OF: Final = words("people citizens residents inhabitants natives nationals")
"""Offices whose "of" still leaves the place literal: people live there."""

NAMED_THINGS: Final = words(
    """rifle rifles shotgun shotguns pistol pistols revolver revolvers carbine carbines hat hats ham hams cheese cheeses
    mustard sauce sauces terrier terriers retriever retrievers spaniel spaniels cow cows cattle pig pigs sprouts bun
    buns pudding puddings tart tarts cognac liqueur"""
)
"""Things called after a town that are found anywhere: "a Winchester rifle", "Dijon mustard"."""


@lru_cache(maxsize=1)
def named_pairs() -> dict[str, frozenset[str]]:
    """Words before which a name is that of a thing, by folded name: "java" before "code", "panama" before "hat"."""
    lines = (files("geo.mentions") / "data" / "pairs.txt").read_text(encoding="utf-8").splitlines()
    return {name: words(after) for name, _, after in (line.partition(": ") for line in lines)}


NEVER: Final = phrases(
    """el nino, la nina, mardi gras, santa claus, notre dame, virgin mary, old trafford, super bowl, red cross,
    red crescent, arab, arabs, igbo, yoruba, hausa, maya, mayan, cherokee, apache, navajo, sioux,
    big bang, black friday, good friday, new year, new years, wall street, high court, supreme court"""
)
"""Folded names of places that in running text nearly always mean something else."""

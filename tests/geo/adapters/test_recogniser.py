from __future__ import annotations

import itertools
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.adapters import ModelRecogniser, Named, make
from geo.adapters.gliner_names import LABELS, GlinerNamer
from geo.adapters.recogniser import pieces, trimmed
from geo.adapters.spacy_names import SpacyNamer
from geo.adapters.token_names import TokenNamer
from geo.errors import MissingExtraError, OptionError
from geo.mentions import RuleRecogniser
from geo.pipeline import make_stages
from geo.types import Document, Mention

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

TEXT = "---\ntitle: x\n---\nShells fell in the Kherson region. Blobville's mayor fled to the Gambia."
BODY = TEXT.index("Shells")


@dataclass
class Fixed:
    """A model that always names the same."""

    found: list[Named]
    seen: list[str] = field(default_factory=list)

    def names(self, text: str) -> list[Named]:
        self.seen.append(text)
        return self.found


class Nothing:
    """Rules that find nothing."""

    def find(self, document: Document) -> list[Mention]:
        return []


def named(words: str, label: str = "", score: float = 0.9, role: str = "") -> Named:
    at = TEXT.index(words) - BODY
    return Named(at, at + len(words), label, score, role)


def find(gaz: Gazetteer, *found: Named) -> list[Mention]:
    model = Fixed(list(found))
    mentions = ModelRecogniser(model, RuleRecogniser(gaz), "fixed:1").find(
        Document("a", TEXT, body_start=BODY)
    )
    assert model.seen == [TEXT[BODY:]], "the model reads the prose alone"
    return mentions


def test_the_rules_lend_span_and_head(gaz: Gazetteer) -> None:
    [mention] = find(gaz, named("the Kherson region", "LOC"))

    assert (mention.text, mention.head) == ("Kherson", "region")
    assert mention.cues[0] == "named by fixed:1 as LOC"


def test_what_only_the_model_knows_is_a_mention_too(gaz: Gazetteer) -> None:
    [mention] = find(gaz, named("Blobville's", "GPE", 0.8))

    assert (mention.text, mention.key, mention.role, mention.score) == (
        "Blobville",
        "blobville",
        "literal",
        0.8,
    )


def test_what_the_model_does_not_name_is_none(gaz: Gazetteer) -> None:
    assert find(gaz) == []


@pytest.mark.parametrize(
    ("label", "role", "wanted"),
    [
        ("NORP", "", "demonym"),
        ("", "modifier", "modifier"),
        ("", "spy", "literal"),
        ("", "metonym", "metonym"),
    ],
)
def test_roles_of_the_model(label: str, role: str, wanted: str) -> None:
    model = ModelRecogniser(Fixed([named("Kherson", label, role=role)]), Nothing(), "m")

    assert [m.role for m in model.find(Document("a", TEXT, body_start=BODY))] == [wanted]


def test_an_empty_document_asks_no_model() -> None:
    model = Fixed([Named(0, 5)])

    assert ModelRecogniser(model, Nothing(), "m").find(Document("a", "  \n ")) == []
    assert model.seen == []


@given(st.lists(st.tuples(st.integers(-5, 100), st.integers(-5, 100)), max_size=12))
def test_spans_are_in_the_text_in_order_and_apart(spans: list[tuple[int, int]]) -> None:
    model = ModelRecogniser(Fixed([Named(*span) for span in spans]), Nothing(), "m")
    mentions = model.find(Document("a", TEXT, body_start=BODY))

    assert all(m.text == TEXT[m.start : m.end] != "" for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Gambia's", "Gambia"),
        ("“Lagos”,", "Lagos"),
        ("The Hague", "Hague"),
        ("U.S.", "U.S."),
        ("Lagos.", "Lagos"),
        ("the ", ""),
    ],
)
def test_trimming(text: str, name: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == name


@given(st.text(alphabet="ab. A\n", max_size=200), st.integers(1, 50))
def test_pieces_hold_all_words(text: str, most: int) -> None:
    cut = list(pieces(text, most))

    assert all(text[offset : offset + len(piece)] == piece for offset, piece in cut)
    assert all(0 < len(piece) <= most for _, piece in cut)
    assert "".join("".join(piece for _, piece in cut).split()) == "".join(text.split())


# -- the libraries


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_spacy(tmp_path: Path, gaz: Gazetteer) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "GPE", "pattern": "Kherson"},
            {"label": "NORP", "pattern": "Gambian"},
            {"label": "PERSON", "pattern": "Lagos"},
        ]
    )
    nlp.to_disk(tmp_path / "model")
    spec = f"spacy:{tmp_path / 'model'}"
    document = Document("a", "Gambian envoys left Kherson. Mr. Lagos stayed in Odesa.")

    found = make_stages(gaz, recogniser=spec, demonyms=True).places(document)
    assert [(r.mention.text, r.mention.role, r.place and r.place.country) for r in found] == [
        ("Gambian", "demonym", "GM"),
        ("Kherson", "literal", "UA"),
    ]
    assert [r.mention.text for r in make_stages(gaz, recogniser=spec).places(document)] == ["Kherson"]
    with pytest.raises(OptionError, match="spaCy has no pipeline"):
        make("spacy:no_such_model", Nothing())
    assert list(SpacyNamer(nlp).names("")) == []


def test_token_classification_as_its_pipeline_answers() -> None:
    """A stand-in for ``transformers.pipeline``: the library itself is too heavy for these tests."""

    def pipeline(text: str) -> list[dict[str, Any]]:
        groups = []
        for label, word in (("LOC", "Lagos"), ("B-GPE", "Kano"), ("PER", "Bello")):
            if word in text:
                at = text.index(word)
                groups.append(
                    {"entity_group": label, "score": 0.7, "word": word, "start": at, "end": at + len(word)}
                )
        return groups

    text = "Bello left. " + "It rained for days. " * 80 + "Then Lagos slept. Kano did not."
    names = list(TokenNamer(pipeline).names(text))

    assert [(text[n.start : n.end], n.label, n.score) for n in names] == [
        ("Lagos", "LOC", 0.7),
        ("Kano", "GPE", 0.7),
    ]


def test_gliner_as_its_model_answers() -> None:
    """A stand-in for ``gliner.GLiNER``: the library itself is too heavy for these tests."""

    class Model:
        def predict_entities(self, text: str, labels: list[str], *, threshold: float) -> list[dict[str, Any]]:
            assert labels == list(LABELS)
            assert 0 < threshold < 1
            return [
                {"start": 0, "end": 7, "text": "Gambian", "label": "nationality", "score": 0.6},
                {"start": 20, "end": 25, "text": "Lagos", "label": "city", "score": 0.8},
            ]

    names = list(GlinerNamer(Model()).names("Gambian envoys left Lagos."))
    assert names == [Named(0, 7, "nationality", 0.6, "demonym"), Named(20, 25, "city", 0.8)]


@pytest.mark.parametrize(
    ("spec", "library", "extra"),
    [("spacy:x", "spacy", "spacy"), ("hf:x", "transformers", "hf"), ("gliner:x", "gliner", "gliner")],
)
def test_a_missing_library_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, spec: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(
        MissingExtraError, match=rf"{library} is not installed: pip install 'geodispatch\[{extra}\]'"
    ):
        make(spec, Nothing())


@pytest.mark.parametrize("spec", ["bert", "spacy:", "word2vec:x", ""])
def test_a_wrong_name(spec: str) -> None:
    with pytest.raises(OptionError, match="there are rules, spacy:MODEL"):
        make(spec, Nothing())


def test_only_an_endpoint_has_an_address() -> None:
    with pytest.raises(OptionError, match="only openai:MODEL has an endpoint"):
        make("spacy:x", Nothing(), base_url="http://127.0.0.1")

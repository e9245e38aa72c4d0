from __future__ import annotations

from reading import blocks, check, marks, wiki


def test_the_wiki_s_own_habits_are_fields() -> None:
    document = wiki(
        "'''= \"a network of shared workshops\"'''\n\nURL = http://workshops.example/\n\n=Description=\n\nText."
    )
    assert blocks(document) == [
        ("field", '"a network of shared workshops"'),
        ("field", "http://workshops.example/"),
        ("heading", "Description"),
        ("paragraph", "Text."),
    ]
    assert [block.name for block in document.blocks[1:3]] == ["tagline", "URL"]
    check(document)


def test_an_address_without_a_scheme_or_in_brackets_is_still_an_address() -> None:
    assert marks(wiki("URL = workshops.example/fr"), "web") == [("workshops.example/fr", "http://workshops.example/fr")]
    assert marks(wiki("'''URL''' = [http://a.example the site]"), "web") == [("the site", "http://a.example")]
    assert marks(wiki("* Website: http://a.example, and more"), "web") == [("http://a.example", "http://a.example")]


def test_links_show_their_words_and_know_their_page() -> None:
    document = wiki("See [[open_hardware#History|the history]] and [[Place (village)|]], [[:Category:Energy]].")
    assert blocks(document) == [("paragraph", "See the history and Place, Category:Energy.")]
    assert [target for _, target in marks(document, "wiki")] == ["Open hardware", "Place (village)", "Category:Energy"]
    assert document.categories == ()


def test_links_to_other_places_are_no_pages_of_this_wiki() -> None:
    document = wiki("[[wikipedia:Commons|commons]], [[http://a.example the site]] and [[Website::http://b.example]]")
    assert marks(document, "wiki") == []
    assert marks(document, "web") == [
        ("commons", "https://en.wikipedia.org/wiki/Commons"),
        ("the site", "http://a.example"),
        ("http://b.example", "http://b.example"),
    ]


def test_a_bare_address_ends_before_the_sentence_s_punctuation() -> None:
    document = wiki("(see http://a.example/x_(y), or www.b.example.)")
    assert [target for _, target in marks(document, "web")] == ["http://a.example/x_(y)", "http://www.b.example"]


def test_categories_are_cut_and_collected_once() -> None:
    document = wiki("Text\n\n[[Category:Open_Source]]\n[[category: Money|sort]]\n[[Category:Money]]")
    assert document.categories == ("Open Source", "Money")
    assert blocks(document) == [("paragraph", "Text")]


def test_emphasis_covers_its_words_only() -> None:
    document = wiki("The '''Green Guild''' and ''Le Pré'', '''''both''''' ''' open")
    assert marks(document, "bold") == [("Green Guild", ""), ("both", ""), ("open", "")]
    assert marks(document, "italic") == [("Le Pré", ""), ("both", "")]


def test_templates_with_names_are_fields_and_other_templates_are_dropped() -> None:
    document = wiki(
        "{{WikiSprint\n|name=Fab {{PD}}Lab\n|address=[[Lyon]], France\n}}\nText{{cite web|title=No}} here {{open"
    )
    fields = [(block.name, document.cut(block.start, block.end)) for block in document.blocks if block.kind == "field"]
    assert fields == [("name", "Fab Lab"), ("address", "Lyon, France")]
    assert ("paragraph", "Text here open") in blocks(document)
    assert marks(document, "wiki") == [("Lyon", "Lyon")]


def test_lists_quotes_and_tables_keep_their_kinds() -> None:
    document = wiki(
        '* one\n** two\n: said\n<blockquote>\nquoted\n</blockquote>\n{|\n! A !! B\n|-\n| style="x" | 1 || [[C|2]]\n|}'
    )
    assert blocks(document) == [
        ("item", "one"),
        ("item", "two"),
        ("quote", "said"),
        ("quote", "quoted"),
        ("cell", "A"),
        ("cell", "B"),
        ("cell", "1"),
        ("cell", "2"),
    ]
    assert [block.level for block in document.blocks[1:3]] == [1, 2]


def test_footnotes_go_to_the_end_and_comments_nowhere() -> None:
    document = wiki("It works.<ref>Ada, Report</ref> Really.<ref name=x /> <!-- secret -->\n\nEnd.")
    assert blocks(document) == [("paragraph", "It works. Really."), ("paragraph", "End."), ("quote", "Ada, Report")]


def test_nowiki_entities_and_odd_characters() -> None:
    document = wiki("a\u200eb&nbsp;&lt;c&gt; <nowiki>[[x]] ''y''</nowiki> <b>d</b> e\u0301")
    assert blocks(document) == [("paragraph", "ab <c> [[x]] ''y'' d é")]
    assert marks(document, "wiki") == []


def test_images_go_with_their_captions() -> None:
    assert blocks(wiki("Before [[File:a.png|thumb|a [[link]] b]] after")) == [("paragraph", "Before after")]


def test_lines_broken_by_hand_are_joined() -> None:
    long = "This line was broken by hand in the middle of its only sentence, so that\nit goes on here."
    assert blocks(wiki(long)) == [("paragraph", long.replace("\n", " "))]
    assert len(blocks(wiki("short\nlines stay"))) == 2


def test_a_redirect_gives_its_target() -> None:
    assert wiki("#REDIRECT [[peer_production#Part]]").redirect == "Peer production"
    assert wiki("#redirection [[:Category:Energy]]").redirect == "Category:Energy"

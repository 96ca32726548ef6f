//! Where somebody is of, for whom an office acts, what an economy's companies hold, with whom trade
//! is restricted, and documents without a date: what each of these fields does, and what it never
//! does. On made-up facts.

use std::collections::BTreeSet;

use hanjung::World;
use hanjung::facts::{BadData, Catalogue, Date, EntityIx, Lang};
use hanjung::graph::{Follow, Graph, Node};
use hanjung::query::{Answer, Row};
use hanjung::request::{Cut, Filter, Question, Subject};

const TIES: &str = include_str!("../goldens/ties/ties.ron");

struct Data {
    world: World,
}

fn read(text: &str) -> Result<Data, BadData> {
    World::of_texts([("ties.ron", text)]).map(|world| Data { world })
}

fn data(text: &str) -> Data {
    read(text).unwrap_or_else(|bad| panic!("{:?}\n{text}", bad.diagnostics))
}

/// Entities, each as the rest of its record, and claims without their evidence.
fn of_facts(entities: &[&str], facts: &[&str]) -> Data {
    let document = r#"Document(id: "d", title: "D", publisher: "P", date: "2025")"#.to_owned();
    let cited = |fact: &&str| {
        format!(
            "{}, evidence: [Reported(doc: \"d\", at: \"p1\")])",
            fact.strip_suffix(')').expect("a claim ends so")
        )
    };
    let records = [document]
        .into_iter()
        .chain(entities.iter().map(|entity| (*entity).to_owned()));
    let records: Vec<String> = records.chain(facts.iter().map(cited)).collect();
    data(&format!("[{}]", records.join(",\n")))
}

impl Data {
    fn known_at(self, date: &str) -> Data {
        let date = Date::parse(date).expect("a date");
        Data {
            world: self.world.known_at(date),
        }
    }

    fn catalogue(&self) -> &Catalogue {
        self.world.parts().catalogue
    }

    fn graph(&self) -> &Graph {
        self.world.parts().graph
    }

    fn entity(&self, id: &str) -> EntityIx {
        self.world.entity(id).unwrap_or_else(|| panic!("no {id}"))
    }

    fn subject(&self, id: &str) -> Subject {
        Subject::Entity(self.entity(id))
    }

    fn answer(&self, question: &Question) -> Answer {
        self.world.answer(question, Lang::En)
    }

    fn dependents(&self, id: &str) -> BTreeSet<String> {
        let (of, filter, follow) = (self.subject(id), Filter::default(), Follow::default());
        ids(&self.answer(&Question::Dependents {
            of: of.into(),
            filter,
            follow,
        }))
    }

    fn dependencies(&self, id: &str) -> BTreeSet<String> {
        let (of, filter, follow) = (self.subject(id), Filter::default(), Follow::default());
        ids(&self.answer(&Question::Dependencies {
            of: of.into(),
            filter,
            follow,
        }))
    }

    /// What of one is lost, at least and at most, if another is cut.
    fn loss(&self, of: &str, cut: &str) -> Option<(f64, f64)> {
        let cuts = vec![Cut::whole(self.subject(cut))];
        let lost = self.answer(&Question::WhatIf {
            cuts,
            filter: Filter::default(),
            follow: Follow::default(),
        });
        let is_wanted = |row: &&Row| {
            row.output.is_none() && row.entity.as_ref().is_some_and(|entity| entity.id == of)
        };
        let bounds = lost.rows.iter().find(is_wanted)?.bounds?;
        Some((bounds.lo, bounds.hi))
    }

    fn arcs(&self) -> BTreeSet<String> {
        let nodes = |from, to| (self.graph().node(from), self.graph().node(to));
        self.graph()
            .arcs()
            .map(|(_, arc)| format!("{:?} {:?}", nodes(arc.from, arc.to), arc.share))
            .collect()
    }

    fn leads(&self, from: Node, to: Node) -> bool {
        let is_it = |(from, to): (Option<_>, Option<_>)| {
            self.graph()
                .arcs()
                .any(|(_, arc)| (Some(arc.from), Some(arc.to)) == (from, to))
        };
        is_it((self.graph().find(from), self.graph().find(to)))
    }

    fn sentences(&self, question: &Question) -> Vec<String> {
        let rows = self.answer(question).rows;
        rows.into_iter()
            .flat_map(|row| row.facts)
            .map(|reading| reading.text)
            .collect()
    }
}

fn ids(answer: &Answer) -> BTreeSet<String> {
    answer
        .rows
        .iter()
        .filter_map(|row| Some(row.entity.as_ref()?.id.clone()))
        .collect()
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

// Home

#[test]
fn a_home_and_whom_an_office_acts_for_make_no_arc() {
    let without = TIES
        .replace(r#", home: "northland""#, "")
        .replace(r#", home: "southland""#, "");
    let without = without.replace(r#", acts_for: "southland""#, "");
    assert!(!without.contains("home:") && !without.contains("acts_for:"));
    assert_eq!(data(TIES).arcs(), data(&without).arcs());
}

#[test]
fn from_asks_for_homes_and_in_for_territory() {
    let data = data(TIES);
    let listed = |within: Option<&str>, from: Option<&str>| {
        let entity = |id: Option<&str>| id.map(|id| data.entity(id));
        ids(&data.answer(&Question::List {
            kinds: Vec::new(),
            within: entity(within).map(Into::into),
            from: entity(from).map(Into::into),
        }))
    };
    assert_eq!(
        listed(None, Some("southland")),
        set(&[
            "chipco",
            "carco",
            "cell-makers",
            "ministry-of-mines",
            "minister-lee"
        ])
    );
    assert_eq!(
        listed(None, Some("northland")),
        set(&["ferrum", "nobody-inc"]),
        "where no home is declared, the seat"
    );
    assert!(
        !listed(Some("northland"), None).contains("ferrum"),
        "a home places nobody"
    );
}

#[test]
fn an_output_is_theirs_who_make_it() {
    let data = data(TIES);
    let filter = Filter {
        from: Some(data.entity("southland").into()),
        ..Filter::default()
    };
    let cuts = vec![Cut::whole(data.subject("cobalt"))];
    let lost = data.answer(&Question::WhatIf {
        cuts,
        filter,
        follow: Follow::default(),
    });
    assert_eq!(ids(&lost), set(&["carco", "cell-makers"]));
    assert!(lost.rows.iter().any(|row| row.output.is_some()));
}

#[test]
fn a_documented_seat_gives_the_country_before_the_home() {
    let entities = [
        r#"Economy(id: "aaland", en: "Aaland")"#,
        r#"Economy(id: "bland", en: "Bland")"#,
        r#"Firm(id: "seated", en: "Seated", home: "aaland")"#,
        r#"Firm(id: "other", en: "Other", home: "aaland")"#,
        r#"Organisation(id: "office", en: "Office", acts_for: "aaland")"#,
    ];
    let data = of_facts(
        &entities,
        &[r#"Headquartered(firm: "seated", place: "bland")"#],
    );
    let country = |id| {
        data.catalogue()
            .country(data.entity(id))
            .map(|economy| data.catalogue()[economy].id.to_string())
    };
    assert_eq!(country("seated").as_deref(), Some("bland"));
    assert_eq!(country("other").as_deref(), Some("aaland"));
    assert_eq!(country("office").as_deref(), Some("aaland"));
    assert_eq!(
        data.catalogue().home(data.entity("seated")),
        Some(data.entity("aaland"))
    );
}

// Acting for

#[test]
fn the_plans_of_an_office_are_its_economys_own() {
    let data = data(TIES);
    let plans = |id| {
        data.sentences(&Question::Plans {
            of: Some(data.entity(id).into()),
        })
    };
    let timeline = |id| {
        data.sentences(&Question::Timeline {
            of: Some(data.entity(id).into()),
        })
    };
    for told in [plans("southland"), timeline("southland")] {
        assert!(
            told.iter()
                .any(|text| text.starts_with("the Ministry of Mines has a target")),
            "{told:?}"
        );
        assert!(
            told.iter()
                .any(|text| text.starts_with("Minister Lee plans")),
            "{told:?}"
        );
        assert!(
            !told.iter().any(|text| text.starts_with("Chipco")),
            "a firm acts for itself: {told:?}"
        );
    }
    assert!(
        !plans("northland")
            .iter()
            .any(|text| text.contains("Ministry"))
    );
}

#[test]
fn what_an_office_says_and_gets_is_not_its_economys() {
    let entities = [
        r#"Economy(id: "aaland", en: "Aaland")"#,
        r#"Organisation(id: "ministry", en: "the ministry", acts_for: "aaland")"#,
        r#"Firm(id: "acme", en: "Acme")"#,
    ];
    let facts = [
        r#"Says(speaker: "ministry", about: ["acme"], gist: "Acme grows", as_of: "2025-01")"#,
        r#"Plans(actor: "acme", what: "move", as_of: "2025-02")"#,
        r#"Figure(subject: "ministry", measure: "staff", value: (Exactly(9.0), "people"), period: "2025")"#,
    ];
    let data = of_facts(&entities, &facts);
    for question in [
        Question::Plans {
            of: Some(data.entity("aaland").into()),
        },
        Question::Timeline {
            of: Some(data.entity("aaland").into()),
        },
    ] {
        assert_eq!(data.sentences(&question), Vec::<String>::new());
    }
}

// Held by companies

const MINES: [&str; 5] = [
    r#"Economy(id: "aaland", en: "Aaland")"#,
    r#"Economy(id: "bland", en: "Bland")"#,
    r#"Place(id: "continent", en: "the Continent")"#,
    r#"Material(id: "cobalt", en: "cobalt")"#,
    r#"Product(id: "pump", en: "pump")"#,
];

#[test]
fn what_companies_hold_rests_on_their_economy_and_in_an_unknown_part_on_its_territory() {
    let part_of = r#"PartOf(part: "aaland", whole: "continent")"#;
    let made = of_facts(
        &MINES,
        &[
            part_of,
            r#"Produces(by: "aaland", good: "cobalt", world_share: Exactly(0.7))"#,
        ],
    );
    let held = of_facts(
        &MINES,
        &[
            part_of,
            r#"Produces(by: "aaland", good: "cobalt", held: true, world_share: Exactly(0.7))"#,
        ],
    );
    assert_eq!(made.loss("cobalt", "aaland"), Some((0.7, 0.7)));
    assert_eq!(
        held.loss("cobalt", "aaland"),
        Some((0.7, 0.7)),
        "the economy is both"
    );
    assert_eq!(made.loss("cobalt", "continent"), Some((0.7, 0.7)));
    assert_eq!(
        held.loss("cobalt", "continent"),
        Some((0.0, 0.7)),
        "its mines may be anywhere"
    );
    let entity = |id| held.entity(id);
    let supply = Node::Supply {
        by: entity("aaland"),
        good: entity("cobalt"),
    };
    assert!(
        held.leads(supply, Node::Maker(entity("aaland")))
            && held.leads(supply, Node::Place(entity("aaland")))
    );
}

#[test]
fn what_companies_hold_does_not_rest_on_what_their_economy_buys() {
    let facts = [
        r#"Produces(by: "aaland", good: "cobalt", held: true, world_share: AtLeast(0.7))"#,
        r#"Sources(buyer: "aaland", good: "pump", from: "bland")"#,
    ];
    let data = of_facts(&MINES, &facts);
    assert_eq!(data.dependencies("cobalt"), set(&["aaland"]));
    assert!(!data.dependents("pump").contains("cobalt"));
}

#[test]
fn a_plan_to_hold_does_not_change_what_is_made_now() {
    let made = r#"Produces(by: "aaland", good: "cobalt")"#;
    let plan = r#"Produces(by: "aaland", good: "cobalt", held: true, evidence: [Plan(doc: "d", at: "p1")])"#;
    let with = format!(
        "[Document(id: \"d\", title: \"D\", publisher: \"P\"), {}, {plan}, {}, evidence: [Reported(doc: \"d\", at: \"p1\")])]",
        MINES.join(", "),
        made.strip_suffix(')').expect("a claim ends so")
    );
    let data = data(&with);
    let entity = |id| data.entity(id);
    let supply = Node::Supply {
        by: entity("aaland"),
        good: entity("cobalt"),
    };
    assert!(
        data.leads(supply, Node::Place(entity("aaland")))
            && !data.leads(supply, Node::Maker(entity("aaland")))
    );
}

#[test]
fn what_companies_hold_and_what_is_made_are_shares_of_two_wholes() {
    let facts = [
        r#"Produces(by: "aaland", good: "cobalt", held: true, world_share: Exactly(0.8))"#,
        r#"Produces(by: "bland", good: "cobalt", world_share: Exactly(0.7))"#,
    ];
    let data = of_facts(&MINES, &facts);
    assert_eq!(data.loss("cobalt", "aaland"), Some((0.8, 0.8)));
    assert_eq!(data.loss("cobalt", "bland"), Some((0.7, 0.7)));
}

#[test]
fn of_what_is_held_and_made_by_one_the_larger_is_sure_and_no_more() {
    let facts = [
        r#"Produces(by: "aaland", good: "cobalt", held: true, world_share: Exactly(0.4))"#,
        r#"Produces(by: "aaland", good: "cobalt", world_share: Exactly(0.3))"#,
    ];
    assert_eq!(
        of_facts(&MINES, &facts).loss("cobalt", "aaland"),
        Some((0.4, 1.0))
    );
}

#[test]
fn every_proof_says_that_companies_hold_it() {
    let data = data(TIES);
    let question = Question::Why {
        through: None,
        from: data.subject("carco").into(),
        to: data.subject("northland").into(),
        follow: Follow::default(),
        most: 1,
    };
    let why = data.answer(&question);
    let last = why.rows[0].steps.last().expect("a chain has steps");
    assert_eq!(
        last.facts[0].text,
        "cobalt is held by companies of Northland, at least 70 % of world supply"
    );
    assert_eq!(why.facts[&last.facts[0].fact].fields["held"], "true");
}

#[test]
fn held_false_is_as_if_it_were_left_out() {
    let fact = r#"Produces(by: "aaland", good: "cobalt")"#;
    let with = r#"Produces(by: "aaland", good: "cobalt", held: false)"#;
    let id = |fact: &str| {
        of_facts(&MINES, &[fact])
            .catalogue()
            .facts()
            .next()
            .map(|fact| fact.id.to_string())
    };
    assert_eq!(id(fact), id(with));
}

// Restrictions on a firm

#[test]
fn a_firm_with_which_trade_is_restricted_may_lose_something_and_nobody_else() {
    let data = data(TIES);
    assert_eq!(data.dependents("sanctions-on-chipco"), set(&["chipco"]));
    assert_eq!(data.loss("chipco", "sanctions-on-chipco"), Some((0.0, 1.0)));
    let entities = [
        r#"Economy(id: "aaland", en: "Aaland")"#,
        r#"Firm(id: "chipco", en: "Chipco")"#,
        r#"Firm(id: "buyer", en: "Buyer")"#,
        r#"Product(id: "chip", en: "chip")"#,
        r#"Policy(id: "sanctions", en: "sanctions")"#,
    ];
    let facts = [
        r#"Restricts(policy: "sanctions", by: "aaland", towards: "chipco", measure: "sanction")"#,
        r#"Supplies(from: "chipco", to: "buyer", good: "chip")"#,
    ];
    assert_eq!(
        of_facts(&entities, &facts).dependents("sanctions"),
        set(&["chipco"])
    );
}

// Undated documents

/// A fact with its evidence from an undated document of 2024-02 to 2024-12.
fn undated(fact: &str) -> Data {
    let entities = r#"Product(id: "cell", en: "cell"), Product(id: "lfp", en: "LFP cell"), Material(id: "iron", en: "iron"),
        Material(id: "cobalt", en: "cobalt"), Place(id: "town", en: "Town"), Economy(id: "aaland", en: "Aaland")"#;
    data(&format!(
        r#"[Document(id: "d", title: "D", publisher: "P", undated: "no day", earliest: "2024-02", latest: "2024-12"),
        Document(id: "later", title: "L", publisher: "P", date: "2025-06"), {entities}, {fact}]"#
    ))
}

/// How a fact is seen at a date: not at all, with a mark, or as it is.
fn seen(fact: &str, date: &str) -> Option<bool> {
    let data = undated(fact).known_at(date);
    let fact = data.catalogue().facts().next()?;
    let text = data.catalogue().sentence(fact, false, Lang::En);
    assert_eq!(
        fact.perhaps_known_by.is_some(),
        text.ends_with(&format!("(perhaps known by {date})"))
    );
    Some(fact.perhaps_known_by.is_none())
}

#[test]
fn what_an_undated_document_states_is_out_then_marked_then_in() {
    let fact =
        r#"Produces(by: "aaland", good: "cobalt", evidence: [Reported(doc: "d", at: "p1")])"#;
    let days = [
        "2023",
        "2024-01-31",
        "2024-02-01",
        "2024-02",
        "2024-11-30",
        "2024-12-30",
        "2024-12-31",
        "2024",
        "2025",
    ];
    let seen = days.map(|day| seen(fact, day));
    let (out, marked, known) = (None, Some(false), Some(true));
    assert_eq!(
        seen,
        [
            out, out, marked, marked, marked, marked, known, known, known
        ]
    );
}

#[test]
fn a_dated_document_or_a_day_of_its_own_leaves_nothing_open() {
    let both = r#"Produces(by: "aaland", good: "cobalt", evidence: [Reported(doc: "d", at: "p1"), Reported(doc: "later", at: "p1")])"#;
    assert_eq!(
        ["2024-06", "2025-01", "2025-06"].map(|day| seen(both, day)),
        [Some(false), Some(true), Some(true)]
    );
    let own = r#"Produces(by: "aaland", good: "cobalt", as_of: "2023", evidence: [Reported(doc: "d", at: "p1")])"#;
    assert_eq!(
        ["2022", "2023-06"].map(|day| seen(own, day)),
        [None, Some(true)]
    );
}

#[test]
fn kinds_inputs_parts_and_bridges_hold_at_every_date_and_what_replaces_does_not() {
    let reported = r#"evidence: [Reported(doc: "later", at: "p1")])"#;
    let bridge = r#"evidence: [InferredByCurator(why: "it is known", doc: "later", at: "p1")])"#;
    let forecast = r#"evidence: [Forecast(doc: "later", at: "p1")])"#;
    for (fact, is_seen) in [
        (
            format!(r#"IsA(child: "lfp", parent: "cell", {reported}"#),
            true,
        ),
        (
            format!(r#"Needs(good: "cell", input: "iron", {reported}"#),
            true,
        ),
        (
            format!(r#"PartOf(part: "town", whole: "aaland", {reported}"#),
            true,
        ),
        (
            format!(r#"Produces(by: "aaland", good: "iron", {bridge}"#),
            true,
        ),
        (
            format!(r#"Replaces(good: "iron", replaced: "cobalt", in: "lfp", {reported}"#),
            false,
        ),
        (
            format!(r#"Produces(by: "aaland", good: "iron", {reported}"#),
            false,
        ),
        (
            format!(r#"Needs(good: "cell", input: "iron", {forecast}"#),
            false,
        ),
        (
            format!(r#"Needs(good: "cell", input: "iron", since: "2025", {reported}"#),
            false,
        ),
    ] {
        assert_eq!(seen(&fact, "2020"), is_seen.then_some(true), "{fact}");
    }
}

#[test]
fn an_undated_document_counts_as_of_its_earliest_day() {
    let data = undated(
        r#"Produces(by: "aaland", good: "cobalt", evidence: [Reported(doc: "d", at: "p1")])"#,
    );
    let fact = data.catalogue().facts().next().expect("there is one");
    assert_eq!(data.catalogue().known_since(fact), Date::parse("2024-02"));
}

#[test]
fn an_answer_says_how_many_of_its_facts_are_perhaps_known() {
    let data = data(TIES).known_at("2024-06");
    let (of, filter, follow) = (data.subject("cell"), Filter::default(), Follow::default());
    let answer = data.answer(&Question::Dependents {
        of: of.into(),
        filter,
        follow,
    });
    assert_eq!(
        answer.notes,
        ["2 facts rest on undated documents: perhaps known by 2024-06, perhaps only later"]
    );
    let marked = answer
        .facts
        .values()
        .filter(|fact| fact.perhaps_known_by.as_deref() == Some("2024-06"));
    assert_eq!(marked.count(), 2);
}

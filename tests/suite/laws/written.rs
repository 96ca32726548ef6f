//! Requests that are written read back as the same: as expressions, as JSON, and looked up.

use hanjung::World;
use hanjung::facts::{
    Claim, Date, EntityKind, Field, KindSet, MEASURES, Names, Role, Status, name_key,
};
use hanjung::graph::Follow;
use hanjung::request::{
    Cut, Dependence, FactFilter, FigureFilter, Filter, KIND_WORDS, MOST_CHAINS, Name, Part,
    Question, Read, Request, RequestFile, RoleSet, Set, Trouble, When, kinds, named, read_request,
    read_set, resolve, resolve_expression,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::laws::hold;

type Named = Set<Name>;
type Asked = Request<Named, Name>;

/// Names that an expression could take for something else.
const NAMES: &[&str] = &[
    "graphite",
    "rare earths",
    "samsung-sdi",
    "삼성SDI",
    "에코프로비엠 포항",
    "宁德时代",
    "中国 石墨",
    "firms",
    "Goods",
    "direct",
    "kinds",
    "overview",
    "in",
    "kia - hyundai",
    "R & D",
    "a|b",
    "(a)",
    "why(a, b)",
    "in(china)",
    "x:",
    "to: y",
    "by:z",
    "china:graphite",
    "through:x",
    "the \"big\" one",
    "\"",
    "“",
    "”",
    "“a” \"b\" ”c“",
    "\"\"",
    "",
    " ",
    " a",
    "b  ",
    "a  b",
    "a\tb",
    "-",
    "- a",
    "a -",
    "a=0.5",
    "a, b",
    "a; b",
    ";",
    "，",
    "O’Neill's",
];

fn text() -> impl Strategy<Value = String> {
    let letters = "[a-c가나石墨 \"“”&|();:=,.\\-]{0,8}";
    prop_oneof![2 => select(NAMES).prop_map(str::to_owned), 1 => letters]
}

fn name() -> impl Strategy<Value = Name> {
    text().prop_map(Name::whole)
}

/// The words of all sets that stand for a role.
const ALIASES: &[&str] = &[
    "makers",
    "made-by",
    "suppliers",
    "buyers",
    "supplied-by",
    "bought-by",
    "users",
    "used-by",
    "needs",
    "inputs",
    "kinds",
    "developers",
    "developed-by",
    "operators",
    "operated-by",
    "owners",
    "owned-by",
    "investors",
    "members",
    "memberships",
    "partners",
    "competitors",
    "licensors",
    "licensees",
    "restricts",
    "restricted-by",
];

/// What an alias stands for, with a set in its brackets, and another in a role of its claims.
fn of_alias(word: &str, first: Named, more: Option<(usize, Named)>) -> Named {
    let Ok(Set::Role(mut roles)) = read_set(&format!("{word}(x)")) else {
        panic!("{word} is no alias");
    };
    roles.filled[0].1 = first;
    let claims = roles.claims.clone();
    let is_role = |role: &&Role| {
        let part = Part::Role(**role);
        claims
            .iter()
            .any(|claim| part.fields_of(*claim).next().is_some())
    };
    let known = Role::ALL.iter().filter(is_role);
    let is_free = |role: &&Role| may_be_given(&claims, &[roles.open], Part::Role(**role));
    let known: Vec<&Role> = known.filter(is_free).collect();
    let part = |pick: usize| Some(Part::Role(**known.get(pick % known.len().max(1))?));
    let more = more.and_then(|(pick, set)| Some((part(pick)?, set)));
    roles.filled.extend(more);
    Set::Role(roles)
}

/// Whether a part may be given where others are told already: one that only one thing plays is
/// neither asked for and given, nor given twice.
pub fn may_be_given(claims: &[Claim], told: &[Part], part: Part) -> bool {
    let is_same = |told: &Part| {
        let mut claims = claims.iter();
        claims.all(|claim| told.fields_of(*claim).eq(part.fields_of(*claim)))
    };
    let is_of_several = claims
        .iter()
        .any(|claim| part.fields_of(*claim).count() > 1);
    is_of_several || !told.iter().any(is_same)
}

/// The parts of a claim, each as a word says it: a field, or a role that is no field's word.
pub fn parts(claim: Claim) -> Vec<Part> {
    let holds = |field: Field| {
        let forms = claim.form().fields.iter();
        forms
            .filter(|form| form.kinds() != KindSet::of(&[]))
            .any(|form| form.field == field)
    };
    let fields = claim.form().fields.iter().map(|form| form.field);
    let fields: Vec<Field> = fields.filter(|field| holds(*field)).collect();
    let is_role = |role: &Role| {
        let is_word = fields.iter().any(|field| field.word() == role.word());
        let mut played = Part::Role(*role).fields_of(claim);
        !is_word && played.any(holds)
    };
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(is_role).collect();
    // Of two who do the same with each other each is the other's.
    let part = |field: Field| {
        let mut forms = claim.form().fields.iter();
        match forms.any(|form| form.field == field && form.roles == [Role::With]) {
            true => Part::Role(Role::With),
            false => Part::Field(field),
        }
    };
    let mut fields: Vec<Part> = fields.into_iter().map(part).collect();
    fields.dedup();
    let fields = fields.into_iter();
    fields.chain(roles.into_iter().map(Part::Role)).collect()
}

fn of_claim(claim: Claim, open: usize, filled: Vec<(usize, Named)>) -> Named {
    let parts = parts(claim);
    let part = |pick: usize| parts[pick % parts.len()];
    let mut told = vec![part(open)];
    let mut given = Vec::new();
    for (pick, set) in filled {
        let part = part(pick);
        if may_be_given(&[claim], &told, part) {
            told.push(part);
            given.push((part, set));
        }
    }
    Set::Role(RoleSet {
        claims: vec![claim],
        open: part(open),
        filled: given,
    })
}

fn dependence(of: Named, depth: Option<u32>, through: Option<Named>) -> Dependence<Name> {
    Dependence {
        depth,
        through: through.map(Box::new),
        ..Dependence::of(of)
    }
}

fn sets(names: BoxedStrategy<Name>) -> BoxedStrategy<Named> {
    let kind = select(KIND_WORDS).prop_map(|word| Set::Kinds(kinds(word).unwrap().to_vec()));
    let leaf = prop_oneof![3 => names.prop_map(Set::One), 1 => kind];
    let pick = || 0..20usize;
    leaf.prop_recursive(4, 16, 3, move |set| {
        let two = || (set.clone(), set.clone());
        prop_oneof![
            1 => set.clone().prop_map(|of| Set::In(of.into())),
            1 => set.clone().prop_map(|of| Set::From(of.into())),
            2 => (select(ALIASES), set.clone(), option::of((pick(), set.clone())))
                .prop_map(|(word, first, more)| of_alias(word, first, more)),
            2 => (select(Claim::ALL), pick(), vec((pick(), set.clone()), 0..3))
                .prop_map(|(claim, open, filled)| of_claim(claim, open, filled)),
            1 => (set.clone(), option::of(0..4u32), option::of(set.clone()))
                .prop_map(|(of, depth, through)| Set::Dependents(dependence(of, depth, through))),
            1 => (set.clone(), option::of(0..4u32), option::of(set.clone()))
                .prop_map(|(of, depth, through)| Set::Dependencies(dependence(of, depth, through))),
            1 => two().prop_map(|(a, b)| a.and(b)),
            1 => two().prop_map(|(a, b)| a.or(b)),
            1 => two().prop_map(|(a, b)| a.minus(b)),
        ]
    })
    .boxed()
}

fn follows() -> impl Strategy<Value = Follow> {
    any::<[bool; 5]>().prop_map(|[plans, possible, market, ownership, technology]| Follow {
        plans,
        possible,
        market,
        ownership,
        technology,
    })
}

fn some_kinds() -> impl Strategy<Value = Vec<EntityKind>> {
    vec(select(EntityKind::ALL), 0..3)
}

fn filters(set: BoxedStrategy<Named>) -> impl Strategy<Value = Filter<Named>> {
    let place = || option::weighted(0.2, set.clone());
    (
        some_kinds(),
        place(),
        place(),
        option::of(prop_oneof![0..3u32, any::<u32>()]),
    )
        .prop_map(|(kinds, within, from, depth)| Filter {
            kinds,
            within,
            from,
            depth,
        })
}

fn dates() -> impl Strategy<Value = Date> {
    let written = prop_oneof![
        (1900..2100u32).prop_map(|year| year.to_string()),
        (1900..2100u32, 1..=4u32).prop_map(|(year, quarter)| format!("{year}-Q{quarter}")),
        (1900..2100u32, 1..=2u32).prop_map(|(year, half)| format!("{year}-H{half}")),
        (1900..2100u32, 1..=12u32).prop_map(|(year, month)| format!("{year}-{month:02}")),
        (1900..2100u32, 1..=12u32, 1..=28u32)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
    ];
    written.prop_map(|text| Date::parse(&text).unwrap())
}

fn times() -> impl Strategy<Value = When> {
    prop_oneof![
        (1..=12u8).prop_map(When::Month),
        (dates(), dates()).prop_map(|(from, to)| When::Period(hanjung::facts::Period { from, to })),
        dates().prop_map(|day| When::Period(hanjung::facts::Period { from: day, to: day })),
    ]
}

fn words() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        text(),
        select(&["lithium", "firm", "glasses"][..]).prop_map(str::to_owned)
    ];
    let key = word.prop_map(|word| name_key(&word));
    vec(
        key.prop_filter("it is no word", |key| !key.is_empty()),
        0..3,
    )
}

fn fact_filters(
    set: BoxedStrategy<Named>,
    document: BoxedStrategy<Name>,
) -> impl Strategy<Value = FactFilter<Named, Name>> {
    let asked = (
        vec(select(Claim::ALL), 0..3),
        option::of(set.clone()),
        vec((select(Role::ALL), set), 0..3),
        any::<bool>(),
        option::of(select(Role::ALL)),
    );
    let told = (
        some_kinds(),
        words(),
        option::of(document),
        option::of(select(Status::ALL)),
        vec(select(MEASURES), 0..3),
    );
    (asked, told).prop_map(|(asked, told)| {
        let (claims, about, roles, with_kinds, open) = asked;
        let (kinds, words, document, status, measures) = told;
        FactFilter {
            claims,
            about,
            roles,
            with_kinds,
            open,
            kinds,
            words,
            document,
            status,
            measures,
        }
    })
}

fn cuts(set: BoxedStrategy<Named>) -> impl Strategy<Value = Vec<Cut<Named>>> {
    let part = prop_oneof![
        Just(1.0),
        Just(0.0),
        Just(0.5),
        0.0..=1.0,
        Just(f64::MIN_POSITIVE)
    ];
    vec((set, part).prop_map(|(of, part)| Cut { of, part }), 1..4)
}

/// Requests of every sort.
#[expect(clippy::too_many_lines, reason = "a table")]
fn requests(names: BoxedStrategy<Name>, document: BoxedStrategy<Name>) -> BoxedStrategy<Asked> {
    let set = sets(names);
    let s = || set.clone();
    let few = || option::of(set.clone());
    let rows = || filters(set.clone());
    let of_sets = prop_oneof![
        (s(), follows()).prop_map(|(set, follow)| Request::Select { set, follow }),
        s().prop_map(|set| Request::Select {
            set,
            follow: Follow::default()
        }),
        (s(), follows()).prop_map(|(set, follow)| Request::Count { set, follow }),
        (vec(s(), 2..4), follows()).prop_map(|(sets, follow)| Request::Compare { sets, follow }),
    ];
    let of_dependence = prop_oneof![
        (s(), rows(), follows()).prop_map(|(of, filter, follow)| Request::Dependents {
            of,
            filter,
            follow
        }),
        (s(), rows(), follows()).prop_map(|(of, filter, follow)| Request::Dependencies {
            of,
            filter,
            follow
        }),
        (s(), s(), few(), follows(), 1..=MOST_CHAINS).prop_map(
            |(from, to, through, follow, most)| Request::Why {
                from,
                to,
                through,
                follow,
                most
            }
        ),
        (s(), s(), follows()).prop_map(|(of, to, follow)| Request::Exposure { of, to, follow }),
        (s(), rows(), follows()).prop_map(|(to, filter, follow)| Request::Exposed {
            to,
            filter,
            follow
        }),
        (s(), rows(), follows()).prop_map(|(of, filter, follow)| Request::Exposures {
            of,
            filter,
            follow
        }),
        (cuts(s()), rows(), follows()).prop_map(|(cuts, filter, follow)| Request::WhatIf {
            cuts,
            filter,
            follow
        }),
        (cuts(s()), s(), follows()).prop_map(|(cuts, of, follow)| Request::Explain {
            cuts,
            of,
            follow
        }),
        (few(), rows(), follows()).prop_map(|(of, filter, follow)| Request::Chokepoints {
            of,
            filter,
            follow
        }),
        (s(), follows()).prop_map(|(of, follow)| Request::Stoppers { of, follow }),
    ];
    let of_figures = (few(), option::of(text()), few(), few(), option::of(times())).prop_map(
        |(of, measure, good, towards, when)| {
            Request::Figures(FigureFilter {
                of,
                measure,
                good,
                towards,
                when,
            })
        },
    );
    let bare = [
        Request::Overview,
        Request::Documents,
        Request::Conflicts,
        Request::Coverage,
    ];
    let of_facts = prop_oneof![
        (s(), few(), few()).prop_map(|(of, within, from)| Request::Sector { of, within, from }),
        select(bare.to_vec()),
        s().prop_map(|of| Request::Show { of }),
        (some_kinds(), few(), few()).prop_map(|(kinds, within, from)| Request::List {
            kinds,
            within,
            from
        }),
        text().prop_map(|text| Request::Find { text }),
        fact_filters(s(), document).prop_map(Request::Facts),
        of_figures,
        few().prop_map(|of| Request::Timeline { of }),
        few().prop_map(|of| Request::Plans { of }),
    ];
    prop_oneof![of_sets, of_dependence, of_facts].boxed()
}

#[test]
fn a_request_that_is_written_reads_back_as_the_same() {
    let cases = requests(name().boxed(), name().boxed());
    hold(3000, 110, cases, |request| {
        let written = request.to_string();
        prop_assert_eq!(read_request(&written), Ok(request), "{}", written);
        Ok(())
    });
}

#[test]
fn a_set_that_is_written_reads_back_as_the_same() {
    hold(2000, 111, sets(name().boxed()), |set| {
        let written = set.to_string();
        prop_assert_eq!(read_set(&written), Ok(set), "{}", written);
        Ok(())
    });
}

#[test]
fn a_request_in_json_reads_back_as_the_same() {
    let cases = (
        requests(name().boxed(), name().boxed()),
        option::of(dates()),
    );
    hold(1000, 112, cases, |(request, as_of)| {
        let file = RequestFile::new(&request, as_of);
        let json = file.to_json();
        prop_assert_eq!(RequestFile::from_json(&json), Ok(file), "{}", json);
        Ok(())
    });
}

/// What only a program makes reads back as a request that is written the same and means the same.
#[test]
fn sets_that_nobody_types_are_written_as_others_that_mean_the_same() {
    let kinds = |kinds: &[EntityKind]| Named::Kinds(kinds.to_vec());
    let several = kinds(&[EntityKind::Firm, EntityKind::Plant]).to_string();
    assert_eq!(several, "(firms | plants)");
    assert_eq!(kinds(&[]).to_string(), "(firms - firms)");
    let roles = |claims: &[Claim]| {
        Named::Role(RoleSet {
            claims: claims.to_vec(),
            open: Part::Role(Role::By),
            filled: vec![(Part::Role(Role::What), Set::One(Name::whole("x")))],
        })
    };
    let two = roles(&[Claim::Uses, Claim::Needs]).to_string();
    assert_eq!(two, "(uses.by(what: x) | needs.by(what: x))");
    assert_eq!(roles(&[]).to_string(), "(firms - firms)");
    for written in [several, two] {
        let read = read_set(&written).unwrap().to_string();
        assert_eq!(format!("({read})"), written);
    }
}

/// Entities whose names an expression could take for something else.
const IDS: &[(&str, &str, &str)] = &[
    ("Firm", "kia", "the “big” one"),
    ("Firm", "samsung-sdi", "삼성 SDI"),
    ("Firm", "direct", "Direct"),
    ("Firm", "r-and-d", "R & D"),
    ("Group", "groups", "Groups (all)"),
    ("Material", "graphite", "石墨 - 中国"),
    ("Product", "battery", "battery=0.5"),
    ("Economy", "china", "China: mainland"),
    ("Economy", "in", "In"),
    ("Place", "beijing", "Beijing, China"),
    ("Plant", "plant-1", "plant; first"),
    ("Policy", "policy", "who | what"),
];

fn world() -> World {
    let document = r#"Document(id: "d", title: "D", publisher: "P", date: "2025")"#.to_owned();
    let entities = IDS
        .iter()
        .map(|(kind, id, en)| format!("{kind}(id: {id:?}, en: {en:?})"));
    let cited = r#"evidence: [Reported(doc: "d", at: "p1")]"#;
    let facts = [
        format!(r#"Produces(by: "china", good: "graphite", {cited})"#),
        format!(r#"Needs(good: "battery", input: "graphite", {cited})"#),
        format!(r#"Produces(by: "samsung-sdi", good: "battery", {cited})"#),
    ];
    let records: Vec<String> = [document]
        .into_iter()
        .chain(entities)
        .chain(facts)
        .collect();
    World::of_texts([("a.ron", format!("[{}]", records.join(",\n")))])
        .unwrap_or_else(|bad| panic!("{:?}", bad.diagnostics))
}

/// Names of the world, or of economies only.
fn known_names(only: &'static [&'static str]) -> BoxedStrategy<Name> {
    let all: Vec<&str> = IDS.iter().flat_map(|(_, id, en)| [*id, *en]).collect();
    let names = if only.is_empty() { all } else { only.to_vec() };
    select(names).prop_map(Name::whole).boxed()
}

type Found = Result<Read<Question>, Vec<Trouble>>;

fn faults(found: Found) -> Result<Question, Vec<String>> {
    found
        .map(|read| read.value)
        .map_err(|all| all.iter().map(|it| it.fault.to_string()).collect())
}

/// The request is the same question whether it comes as an expression or as JSON; and as it is told
/// to others, with everything called by its id.
#[test]
fn a_request_asks_the_same_however_it_comes() {
    let world = world();
    let catalogue = world.parts().catalogue;
    let names = Names::new(catalogue);
    let document = || Just(Name::whole("d")).boxed();
    let economies = &["china", "China: mainland", "in", "In"][..];
    let cases = prop_oneof![
        requests(known_names(&[]), document()),
        requests(known_names(economies), document()),
    ];
    let (found, all) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    hold(1500, 113, cases, |request| {
        all.set(all.get() + 1);
        let text = request.to_string();
        let typed = read_request(&text).unwrap();
        let typed = faults(resolve_expression(catalogue, &names, &text, &typed));
        let file = RequestFile::new(&request, None);
        let from_file = faults(resolve(catalogue, &names, &file.request));
        prop_assert_eq!(&typed, &from_file, "{}\n{}", text, file.to_json());
        if let Ok(question) = typed {
            found.set(found.get() + 1);
            let told = named(catalogue, &question);
            let text = told.to_string();
            let again = read_request(&text);
            prop_assert_eq!(again.as_ref(), Ok(&told), "{}", text);
            let again = faults(resolve_expression(catalogue, &names, &text, &told));
            prop_assert_eq!(again, Ok(question), "{}", text);
        }
        Ok(())
    });
    assert!(
        3 * found.get() > all.get(),
        "{} of {}",
        found.get(),
        all.get()
    );
}

//! Each row of the vocabulary says all that is read from it elsewhere, so that no claim is forgotten
//! where facts are listed, drawn, told in time or placed.

use super::*;

/// What a row does not say, without which a floor below would forget its claim.
fn lacks(form: &ClaimForm) -> Vec<&'static str> {
    [
        (says_its_arrow(form), "an arrow between its ends"),
        (says_its_wholes(form), "what each share is a share of"),
        (ties_are_played(form), "the roles that it ties"),
        (fits_its_heading(form), "what its heading promises"),
        (says_its_measure(form), "what its amounts measure"),
        (has_words_of_its_own(form), "a word for each end"),
    ]
    .into_iter()
    .filter_map(|(is_said, what)| (!is_said).then_some(what))
    .collect()
}

fn plays(form: &ClaimForm, role: Role) -> bool {
    form.fields_of(role).next().is_some()
}

/// Two who must be named are drawn as two boxes.
fn says_its_arrow(form: &ClaimForm) -> bool {
    let ends = form
        .fields
        .iter()
        .filter(|field| field.required && matches!(field.slot, One(_) | Many(_)));
    match form.arrow {
        None => ends.count() < 2,
        Some(arrow) => leads_somewhere(form, arrow) && has_verbs(form, arrow),
    }
}

fn leads_somewhere(form: &ClaimForm, arrow: ArrowForm) -> bool {
    let from = form.fields_of(arrow.from).next().map(|form| form.field);
    let mut ends = arrow.to.iter().map(|role| form.fields_of(*role).last());
    !arrow.to.is_empty()
        && from.is_some()
        && ends.all(|to| to.is_some_and(|to| Some(to.field) != from))
}

fn has_verbs(form: &ClaimForm, arrow: ArrowForm) -> bool {
    let otherwise = form.otherwise.map_or("otherwise", |it| it.arrow);
    [arrow.verb, otherwise].iter().all(|verb| !verb.is_empty())
        && holes(arrow.verb)
            .chain(holes(otherwise))
            .all(|name| has_field(form, name))
}

fn holes(words: &str) -> impl Iterator<Item = &str> {
    let holes = words.split('{').skip(1);
    holes.filter_map(|rest| Some(rest.split_once('}')?.0))
}

fn has_field(form: &ClaimForm, name: &str) -> bool {
    form.fields.iter().any(|field| field.field.word() == name)
}

fn says_its_wholes(form: &ClaimForm) -> bool {
    form.fields.iter().all(|field| match field.share_of {
        None => field.slot != Share,
        Some(of) => {
            let roles = [Some(of.of), of.good, Some(of.holder)];
            let is_held = of.holder != of.of && of.good != Some(of.holder);
            field.slot == Share && is_held && roles.iter().flatten().all(|role| plays(form, *role))
        }
    })
}

fn ties_are_played(form: &ClaimForm) -> bool {
    let is_sure = |role| form.fields_of(role).any(|field| field.required);
    let is_sale = |tied: &Tied| matches!(tied.tie, Tie::Supplies | Tie::Gets);
    form.ties.iter().all(|tied| {
        let roles = [tied.one, tied.other];
        let is_told = roles.iter().all(|role| plays(form, *role));
        is_told && (!is_sale(tied) || is_sure(R::What) && is_sure(R::To))
    })
}

fn fits_its_heading(form: &ClaimForm) -> bool {
    let has = |ties: &[Tie]| ties.iter().any(|tie| form.tie(*tie).is_some());
    let is_made_at = form
        .fields
        .iter()
        .any(|field| field.kinds().contains(Plant) && !field.roles.contains(&R::By));
    let is_so = match form.heading {
        H::Kinds => has(&[Tie::KindOf]),
        H::Inputs => form.mood == Mood::Lasting || plays(form, R::In),
        H::Making => !is_made_at || has(&[Tie::WorksAt]),
        H::Places => has(&[Tie::PartOf, Tie::StandsIn, Tie::SeatedIn]),
        H::Trade => has(&[Tie::Supplies, Tie::Gets, Tie::SellsIn]),
        H::Restrictions => has(&[Tie::PolicyOf]),
        H::Figures => has_field(form, "measure"),
        H::Statements => form.mood == Mood::Statement,
        H::Plans => form.mood.is_intent(),
        H::Ties | H::Posts => true,
    };
    is_so && form.mood.is_intent() == (form.heading == H::Plans)
}

fn says_its_measure(form: &ClaimForm) -> bool {
    let has_amounts = form.fields.iter().any(|field| field.slot == Amount);
    has_amounts != form.measure.is_empty() && holes(form.measure).all(|name| has_field(form, name))
}

/// An end can be asked for by the word of a role or of a field: no word may mean two.
fn has_words_of_its_own(form: &ClaimForm) -> bool {
    let ends = || form.fields.iter().filter(|field| !field.roles.is_empty());
    ends().all(|field| {
        let word = field.field.word();
        let others = ends().filter(|other| other.field != field.field);
        let is_of_another = others
            .flat_map(|other| other.roles)
            .any(|role| *role != R::With && role.word() == word);
        !is_of_another
    })
}

#[test]
fn every_row_says_all_that_the_floors_below_read() {
    for form in CLAIMS {
        assert!(lacks(form).is_empty(), "{}: {:?}", form.claim, lacks(form));
    }
}

const MISPLAYED: &[FieldForm] = &[
    must(F::By, MAKER).is(&[R::By]),
    must(F::In, ANYTHING).is(&[R::What]),
];

const AMBIGUOUS: &[FieldForm] = &[
    must(F::By, MAKER).is(&[R::What]),
    must(F::Good, GOOD).is(&[R::By]),
];

const UNHELD: &[FieldForm] = &[must(F::By, MAKER).is(&[R::By]), may(F::Share, Share)];

fn drawn(arrow: Option<ArrowForm>) -> ClaimForm {
    ClaimForm {
        arrow,
        ..*Claim::Needs.form()
    }
}

fn with_fields(claim: Claim, fields: &'static [FieldForm]) -> ClaimForm {
    ClaimForm {
        fields,
        ..*claim.form()
    }
}

fn untied(claim: Claim) -> ClaimForm {
    claim.form().tying(&[])
}

#[test]
fn a_row_that_leaves_something_out_is_found_out() {
    for (row, what) in [
        (drawn(None), "an arrow between its ends"),
        (
            drawn(arrow(R::By, "", &[R::What])),
            "an arrow between its ends",
        ),
        (
            drawn(arrow(R::By, "to {to}", &[R::What])),
            "an arrow between its ends",
        ),
        (
            drawn(arrow(R::By, "makes", &[R::Under])),
            "an arrow between its ends",
        ),
        (
            drawn(arrow(R::By, "makes", &[R::By])),
            "an arrow between its ends",
        ),
        (
            with_fields(Claim::Needs, UNHELD),
            "what each share is a share of",
        ),
        (
            with_fields(Claim::Supplies, MISPLAYED),
            "the roles that it ties",
        ),
        (with_fields(Claim::Needs, AMBIGUOUS), "a word for each end"),
        (untied(Claim::IsA), "what its heading promises"),
        (untied(Claim::Located), "what its heading promises"),
        (untied(Claim::Supplies), "what its heading promises"),
        (untied(Claim::Produces), "what its heading promises"),
        (untied(Claim::Restricts), "what its heading promises"),
        (
            Claim::Plans.form().in_mood(Mood::Present),
            "what its heading promises",
        ),
        (
            Claim::Says.form().in_mood(Mood::Present),
            "what its heading promises",
        ),
        (
            Claim::Produces.form().measuring(""),
            "what its amounts measure",
        ),
        (
            Claim::Figure.form().measuring("{gist}"),
            "what its amounts measure",
        ),
    ] {
        assert!(lacks(&row).contains(&what), "{what}: {:?}", lacks(&row));
    }
}

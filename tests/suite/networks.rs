//! Sector and overview: what they tell agrees with what the questions about one thing tell.

use hanjung::World;
use hanjung::facts::{Claim, EntityKind, GOODS, Lang};
use hanjung::graph::Follow;
use hanjung::query::{Answer, Row};
use hanjung::render::diagram::Picture;
use hanjung::request::{Filter, Question, Subject};

fn knowledge() -> World {
    World::built_in().expect("the built-in facts are sound")
}

fn sector(id: &str, within: Option<&str>) -> Answer {
    let world = knowledge();
    let entity = |id: &str| world.entity(id).expect(id);
    world.answer(
        &Question::Sector {
            of: entity(id).into(),
            within: within.map(entity).map(Into::into),
            from: None,
        },
        Lang::En,
    )
}

fn ids(answer: &Answer, group: &str) -> Vec<String> {
    let rows = answer.rows.iter().filter(|row| row.group == group);
    rows.filter_map(|row| row.entity.as_ref())
        .map(|entity| entity.id.clone())
        .collect()
}

#[test]
fn a_sector_has_the_kinds_of_its_good_and_who_makes_and_buys_them() {
    let battery = sector("battery", None);
    let has = |group: &str, id: &str| ids(&battery, group).contains(&id.to_owned());
    assert!(has("Kinds", "lfp-battery") && has("Kinds", "ncm-battery"));
    assert!(has("Makers", "lg-energy-solution") && has("Makers", "chinese-battery-makers"));
    assert!(has("Buyers and users", "volkswagen"));
    assert!(has("Inputs and where they are from", "graphite"));
    // A vehicle is no kind of battery, so who makes vehicles is no maker of the sector.
    assert!(!has("Makers", "byd") && !has("Kinds", "electric-vehicle"));
}

#[test]
fn every_maker_of_a_sector_is_stated_to_make_or_supply() {
    for id in ["battery", "semiconductor", "traction-motor-core"] {
        let answer = sector(id, None);
        for row in answer.rows.iter().filter(|row| row.group == "Makers") {
            let claims: Vec<Claim> = row.steps[0]
                .facts
                .iter()
                .map(|fact| answer.facts[&fact.fact].claim)
                .collect();
            let makes = [
                Claim::Produces,
                Claim::Supplies,
                Claim::Sources,
                Claim::Operates,
                Claim::IsA,
            ];
            assert!(
                claims.iter().all(|claim| makes.contains(claim)),
                "{id}: {:?}: {claims:?}",
                row.entity
            );
        }
    }
}

#[test]
fn a_sector_in_a_territory_has_nothing_without_a_tie_to_it() {
    let makers = ids(&sector("battery", Some("south-korea")), "Makers");
    assert!(
        makers.contains(&"samsung-sdi".to_owned())
            && !makers.contains(&"chinese-battery-makers".to_owned())
    );
    let chips = sector("semiconductor", Some("china"));
    let has = |group: &str, id: &str| ids(&chips, group).contains(&id.to_owned());
    assert!(has("Makers", "smic") && !has("Makers", "intel"));
    // Both make other chips elsewhere; what counts is what they make there.
    assert!(has("Makers", "samsung-electronics") && has("Makers", "sk-hynix"));
    assert!(has("Sites there", "wuxi") && has("Sites there", "xian"));
}

fn overview() -> (World, Answer) {
    let world = knowledge();
    let overview = world.answer(&Question::Overview, Lang::En);
    (world, overview)
}

/// How many firms, groups and goods the rows of an answer name.
fn firms_and_goods(answer: &Answer) -> usize {
    let counts =
        |kind| matches!(kind, EntityKind::Firm | EntityKind::Group) || GOODS.contains(kind);
    let rows = answer
        .rows
        .iter()
        .filter_map(|row: &Row| row.entity.as_ref());
    rows.filter(|entity| counts(entity.kind)).count()
}

#[test]
fn counts_of_an_overview_are_those_of_dependents() {
    let (world, overview) = overview();
    let mut checked = 0;
    for row in overview.rows.iter().filter(|row| {
        row.remarks
            .iter()
            .any(|remark| remark.starts_with("is depended on"))
    }) {
        let id = &row.entity.as_ref().expect("an entity").id;
        let of = Subject::Entity(world.entity(id).expect(id));
        let question = Question::Dependents {
            of: of.into(),
            filter: Filter::default(),
            follow: Follow::default(),
        };
        let count = firms_and_goods(&world.answer(&question, Lang::En));
        let told: usize = row.remarks[0]
            .split(' ')
            .find_map(|word| word.parse().ok())
            .expect("a count");
        let is_good = row.remarks[0].ends_with(" beyond its kinds and makers");
        assert!(
            told == count || (is_good && told < count),
            "{id}: {}, but {count} depend on it",
            row.remarks[0]
        );
        checked += 1;
    }
    assert!(checked >= 10, "only {checked}");
}

#[test]
fn an_overview_fits_a_page_and_every_arrow_is_a_fact_or_a_meaning() {
    let (_, overview) = overview();
    let picture = Picture::new(&overview);
    assert!(
        (10..=40).contains(&picture.nodes.len()),
        "{}",
        picture.nodes.len()
    );
    let unfounded = picture
        .arrows
        .iter()
        .filter(|arrow| arrow.facts.is_empty() && !arrow.verb.is_empty())
        .count();
    assert_eq!(unfounded, 0);
    let cited = picture.arrows.iter().flat_map(|arrow| &arrow.facts);
    assert!(
        cited
            .into_iter()
            .all(|fact| overview.facts.contains_key(&fact.fact))
    );
}

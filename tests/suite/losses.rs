//! What a user is promised of losses and exposure in the facts that come with hanjung.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use hanjung::World;
use hanjung::facts::{EntityIx, EntityKind, Interval, Lang, TERRITORIES};
use hanjung::graph::{Follow, Standing};
use hanjung::query::{Answer, Row};
use hanjung::render::{Format, Layout, render};
use hanjung::request::{Cut, Filter, Question, Subject};

static BUILT_IN: LazyLock<World> =
    LazyLock::new(|| World::built_in().expect("the built-in facts are sound"));

/// The answer to a question in English.
fn ask(question: &str) -> Answer {
    let read = BUILT_IN
        .understand(question)
        .unwrap_or_else(|fault| panic!("{fault}"));
    BUILT_IN.answer(&read.value, Lang::En)
}

fn put(question: &Question) -> Answer {
    BUILT_IN.answer(question, Lang::En)
}

fn what_if(cut: EntityIx, follow: Follow) -> Answer {
    let cuts = vec![Cut::whole(Subject::Entity(cut))];
    put(&Question::WhatIf {
        cuts,
        filter: Filter::default(),
        follow,
    })
}

/// Bounds by heading and by what a row is about: an entity, or one of its outputs.
fn bounds<'a>(answer: &'a Answer, group: &str, about: &str) -> Vec<(f64, f64)> {
    let name = |row: &'a Row| {
        row.output
            .as_ref()
            .map(|output| &output.name)
            .or(row.entity.as_ref().map(|entity| &entity.name))
    };
    let rows = answer
        .rows
        .iter()
        .filter(|row| row.group == group && name(row).is_some_and(|name| name == about));
    rows.filter_map(|row| row.bounds)
        .map(|bounds| (bounds.lo, bounds.hi))
        .collect()
}

fn groups(answer: &Answer) -> BTreeSet<&str> {
    answer
        .rows
        .iter()
        .filter(|row| row.bounds.is_some())
        .map(|row| row.group)
        .collect()
}

const SITES: &str = "Through its production sites";
const MARKETS: &str = "Through its markets";
const INPUTS: &str = "Through its inputs";
const UNKNOWN: (f64, f64) = (0.0, 1.0);

#[test]
fn samsung_electronics_is_exposed_to_china_by_xian_and_by_its_market_not_by_inputs() {
    let answer = ask("how exposed is Samsung Electronics to China");
    assert_eq!(
        bounds(&answer, SITES, "NAND flash from Samsung Electronics"),
        [(0.4, 1.0)]
    );
    assert_eq!(bounds(&answer, SITES, "Samsung Electronics"), [UNKNOWN]);
    assert_eq!(
        bounds(&answer, MARKETS, "Samsung Electronics"),
        [(0.13, 0.13)]
    );
    assert_eq!(groups(&answer), [SITES, MARKETS].into());
}

#[test]
fn sk_hynix_is_exposed_to_china_by_45_percent_of_its_dram() {
    let answer = ask("how exposed is SK hynix to China");
    assert_eq!(bounds(&answer, SITES, "DRAM from SK hynix"), [(0.45, 0.45)]);
    assert_eq!(groups(&answer), [SITES].into());
}

#[test]
fn lg_energy_solution_and_hyundai_motor_group_are_exposed_to_china_by_inputs_to_an_unknown_extent()
{
    for firm in ["LG Energy Solution", "Hyundai Motor Group"] {
        let answer = ask(&format!("how exposed is {firm} to China"));
        assert_eq!(bounds(&answer, INPUTS, firm), [UNKNOWN], "{firm}");
        assert_eq!(groups(&answer), [INPUTS].into(), "{firm}");
    }
}

#[test]
fn a_bare_need_is_exposed_through_inputs_only_and_is_all_of_the_need_not_of_the_buyer() {
    let answer = ask("what does Volkswagen lose without LFP batteries");
    assert_eq!(bounds(&answer, INPUTS, "Volkswagen"), [UNKNOWN]);
    assert_eq!(
        bounds(&answer, INPUTS, "LFP battery bought by Volkswagen"),
        [(1.0, 1.0)]
    );
    assert_eq!(groups(&answer), [INPUTS].into());
}

#[test]
fn south_korea_is_exposed_to_china_by_lithium_and_nickel_and_no_figure_is_added_to_another() {
    let answer = ask("how exposed is South Korea to China");
    assert_eq!(bounds(&answer, INPUTS, "South Korea"), [UNKNOWN, UNKNOWN]);
    let goods: BTreeSet<&str> = answer
        .rows
        .iter()
        .filter(|row| row.group == INPUTS)
        .map(first_good)
        .collect();
    assert_eq!(goods, ["lithium", "nickel"].into());
    let figures: Vec<&Row> = answer
        .rows
        .iter()
        .filter(|row| row.group.starts_with("Figures cited"))
        .collect();
    assert!(figures.len() > 10, "{} figures", figures.len());
    assert!(
        figures
            .iter()
            .all(|row| row.facts.len() == 1 && row.bounds.is_none())
    );
}

fn first_good(row: &Row) -> &str {
    &row.steps[0].to.entity
}

#[test]
fn the_xian_plant_takes_at_least_40_percent_of_samsungs_nand_and_nobody_elses() {
    let answer = ask("who is hit hardest if Samsung's Xi'an plant closes");
    let sure: Vec<&Row> = answer
        .rows
        .iter()
        .filter(|row| row.bounds.is_some_and(|bounds| bounds.lo > 0.0))
        .collect();
    assert_eq!(sure.len(), 1);
    assert_eq!(
        sure[0].output.as_ref().map(|output| output.name.as_str()),
        Some("NAND flash from Samsung Electronics")
    );
}

#[test]
fn chinas_graphite_takes_nothing_for_certain_since_no_document_gives_its_share() {
    let answer = ask("what if China stops exporting graphite");
    assert!(answer.rows.len() > 20);
    assert!(
        answer
            .rows
            .iter()
            .all(|row| row.bounds == Some(Interval::UNKNOWN)),
        "only “significant portion” is said"
    );
    let text = render(&answer, Format::Text, &Layout::default());
    assert!(text.contains("extent not documented") && !text.contains("0 to 100 %"));
}

#[test]
fn a_half_cut_takes_at_most_half() {
    let catalogue = BUILT_IN.parts().catalogue;
    let cuts = vec![Cut {
        of: catalogue.entity("graphite").unwrap().into(),
        part: 0.5,
    }];
    let answer = put(&Question::WhatIf {
        cuts,
        filter: Filter::default(),
        follow: Follow::default(),
    });
    assert!(answer.rows.len() > 20);
    assert!(answer.rows.iter().all(|row| {
        row.proportional
            .or(row.bounds)
            .is_some_and(|bounds| bounds.hi <= 0.5)
    }));
}

#[test]
fn goods_are_chokepoints_by_name_with_the_firms_that_lose() {
    let answer = ask("what has no alternative");
    let graphite = answer.rows.iter().find(|row| {
        row.entity
            .as_ref()
            .is_some_and(|entity| entity.id == "graphite")
    });
    assert!(graphite.unwrap().remarks.concat().contains("Samsung SDI"));
    let sources = answer
        .rows
        .iter()
        .filter(|row| row.group.contains("the only") || row.group.starts_with("The only"));
    let sources: Vec<&str> = sources
        .filter_map(|row| Some(row.output.as_ref()?.name.as_str()))
        .collect();
    assert!(
        sources.contains(&"graphite from China")
            && sources.contains(&"traction motor core from Posco International")
    );
    assert!(
        !sources
            .iter()
            .any(|name| name.starts_with("LFP battery from")),
        "two are documented to make some"
    );
}

#[test]
fn what_loses_if_something_is_cut_is_what_depends_on_it() {
    let catalogue = BUILT_IN.parts().catalogue;
    let (mut pairs, all) = (
        0,
        Follow {
            plans: true,
            possible: true,
            market: true,
            ownership: true,
            technology: true,
        },
    );
    for (of, entity) in catalogue.entities_with_index() {
        for follow in [Follow::default(), all] {
            let subject = Subject::Entity(of);
            let filter = Filter {
                kinds: EntityKind::ALL.to_vec(),
                ..Filter::default()
            };
            let dependents = put(&Question::Dependents {
                of: subject.into(),
                filter,
                follow,
            });
            let lost = what_if(of, follow);
            let (dependents, lost) = (entities(&dependents), entities(&lost));
            let is_policy = entity.kind.noun() == "policy";
            // A policy that is cut stops all that it restricts, though it may depend on it only by
            // way of a plan.
            assert!(
                if is_policy {
                    lost.is_superset(&dependents)
                } else {
                    lost == dependents
                },
                "{}",
                entity.id
            );
            pairs += lost.len();
        }
    }
    assert!(pairs > 1000, "only {pairs} pairs");
}

fn entities(answer: &Answer) -> BTreeSet<&str> {
    let rows = answer.rows.iter().filter(|row| row.output.is_none());
    rows.filter_map(|row| row.entity.as_ref())
        .map(|entity| entity.id.as_str())
        .collect()
}

#[test]
fn who_is_exposed_to_something_is_exposed_by_its_own_ways_too() {
    let catalogue = BUILT_IN.parts().catalogue;
    let to = Subject::Entity(catalogue.entity("china").unwrap());
    let ranked = put(&Question::Exposed {
        to: to.into(),
        filter: Filter::default(),
        follow: Follow::default(),
    });
    for row in ranked.rows.iter().filter(|row| row.output.is_none()) {
        let of = Subject::Entity(catalogue.entity(&row.entity.as_ref().unwrap().id).unwrap());
        let one = put(&Question::Exposure {
            of: of.into(),
            to: to.into(),
            follow: Follow::default(),
        });
        let least = one
            .rows
            .iter()
            .filter_map(|row| row.bounds)
            .map(|bounds| bounds.lo)
            .fold(0.0, f64::max);
        assert!(
            !groups(&one).is_empty() && least >= row.bounds.unwrap().lo,
            "{}",
            one.title
        );
    }
}

#[test]
fn every_bound_is_derived_to_the_end() {
    let catalogue = BUILT_IN.parts().catalogue;
    for (cut, _) in catalogue
        .entities_with_index()
        .filter(|(_, entity)| TERRITORIES.contains(entity.kind))
    {
        for row in what_if(cut, Follow::default())
            .rows
            .iter()
            .filter(|row| row.output.is_none())
        {
            let of = Subject::Entity(catalogue.entity(&row.entity.as_ref().unwrap().id).unwrap());
            let cuts = vec![Cut::whole(Subject::Entity(cut))];
            let explained = put(&Question::Explain {
                cuts,
                of: of.into(),
                follow: Follow::default(),
            });
            let told = &explained.rows[0];
            assert_eq!(told.bounds, row.bounds, "{}", explained.title);
            let [least, most] = &told.derivations[..] else {
                panic!("two bounds")
            };
            let bounds = told.bounds.unwrap();
            assert!(
                (least.bound - bounds.lo).abs() < 1e-9 && (most.bound - bounds.hi).abs() < 1e-9
            );
        }
    }
}

#[test]
fn no_chain_of_an_exposure_runs_along_what_is_not_followed() {
    let world = World::of_texts([(
        "a.ron",
        r#"[
        Document(id: "d", title: "D", publisher: "P", date: "2025"),
        Economy(id: "china", en: "China"), Firm(id: "acme", en: "Acme"), Material(id: "graphite", en: "graphite"),
        Produces(by: "acme", good: "graphite", at: "china", evidence: [Reported(doc: "d", at: "p1")]),
        Produces(by: "china", good: "graphite", world_share: InWords("much"), evidence: [Reported(doc: "d", at: "p2")]),
    ]"#,
    )])
    .unwrap();
    let subject = |id| Subject::Entity(world.entity(id).unwrap());
    let question = Question::Exposure {
        of: subject("graphite").into(),
        to: subject("china").into(),
        follow: Follow::default(),
    };
    let answer = world.answer(&question, Lang::En);
    let rows: Vec<&Row> = answer
        .rows
        .iter()
        .filter(|row| row.group == "Through those who make it")
        .collect();
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0]
            .steps
            .iter()
            .all(|step| step.standing == Standing::Documented),
        "{:?}",
        rows[0].steps
    );
}

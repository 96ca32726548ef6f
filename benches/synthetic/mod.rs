//! A made-up catalogue of any size, the same for the same seed: goods in stages, makers of each,
//! buyers with named suppliers, economies, kinds, a few cycles and hubs.

pub mod network;

use std::fmt::Write;

/// SplitMix64 (Steele, Lea, Flood 2014): enough for test data, and needs no crate.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % bound as u64) as usize
    }

    /// As `below`, but small numbers come up far more often: hubs.
    fn skewed(&mut self, bound: usize) -> usize {
        let first = self.below(bound);
        self.below(first + 1)
    }
}

const ECONOMIES: usize = 50;
const EVIDENCE: &str = r#"evidence: [Reported(doc: "made-up", at: "p1")]"#;

/// The RON text of a catalogue with about this many facts.
pub fn catalogue(facts: usize, seed: u64) -> String {
    let mut random = Random(seed);
    let (goods, firms) = (facts / 6, facts / 5);
    let mut text = String::from(
        "[\nDocument(id: \"made-up\", title: \"made up\", publisher: \"nobody\", date: \"2026\"),\n",
    );
    declare(&mut text, "Economy", "economy", ECONOMIES);
    declare(&mut text, "Product", "good", goods);
    declare(&mut text, "Firm", "firm", firms);
    for good in 1..goods {
        needs(&mut text, &mut random, good, goods);
    }
    for firm in 0..firms {
        makes_and_buys(&mut text, &mut random, firm, firms, goods);
    }
    text + "]\n"
}

fn declare(text: &mut String, kind: &str, name: &str, count: usize) {
    for number in 0..count {
        writeln!(
            text,
            "{kind}(id: \"{name}-{number}\", en: \"{name} {number}\"),"
        )
        .unwrap();
    }
}

fn state(text: &mut String, claim: &str) {
    writeln!(text, "{claim}, {EVIDENCE}),").unwrap();
}

/// Inputs come mostly from earlier goods; one in a hundred closes a cycle; one good in five is a
/// kind of an earlier one.
fn needs(text: &mut String, random: &mut Random, good: usize, goods: usize) {
    let input = if random.below(100) == 0 {
        random.below(goods)
    } else {
        random.skewed(good)
    };
    if input != good {
        state(
            text,
            &format!("Needs(good: \"good-{good}\", input: \"good-{input}\""),
        );
    }
    if random.below(5) == 0 {
        let parent = random.below(good);
        state(
            text,
            &format!("IsA(child: \"good-{good}\", parent: \"good-{parent}\""),
        );
    } else if good.is_multiple_of(3) {
        let (economy, percent) = (random.skewed(ECONOMIES), random.below(90));
        let share = format!("world_share: AtLeast(0.{percent:02})");
        state(
            text,
            &format!("Produces(by: \"economy-{economy}\", good: \"good-{good}\", {share}"),
        );
    }
}

fn makes_and_buys(text: &mut String, random: &mut Random, firm: usize, firms: usize, goods: usize) {
    let good = random.below(goods);
    state(
        text,
        &format!(
            "Produces(by: \"firm-{firm}\", good: \"good-{good}\", at: \"economy-{}\"",
            random.skewed(ECONOMIES)
        ),
    );
    for _ in 0..2 {
        let (seller, bought) = (random.skewed(firms), random.below(goods));
        if seller != firm {
            state(
                text,
                &format!(
                    "Supplies(from: \"firm-{seller}\", to: \"firm-{firm}\", good: \"good-{bought}\""
                ),
            );
        }
    }
}

//! The look of everything, in tables: shapes for kinds, colours for countries, dashes for how an
//! arrow counts.
//!
//! Colours are those of Okabe & Ito 2008, which people with any common colour blindness tell apart;
//! each country also has letters and each kind a shape, so that a page in grey says the same.

use super::picture::{Arrow, PictureNode};
use crate::facts::{EntityKind, Interval};
use crate::graph::{Channel, Standing};

/// The outline of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BoxShape {
    /// Six corners: materials.
    Hexagon,
    /// Round corners: products.
    Rounded,
    /// Slanted: technologies.
    Slanted,
    /// Four corners: firms.
    Rectangle,
    /// A rectangle with another behind it: groups.
    Stacked,
    /// A double border: organisations.
    Double,
    /// Half circles at the ends: economies and places.
    Pill,
    /// A roof of saw teeth: plants.
    Sawtooth,
    /// Eight corners: policies.
    Octagon,
    /// A cut corner: the rest.
    Notched,
}

/// The shape of each kind.
const SHAPES: [(EntityKind, BoxShape); 13] = [
    (EntityKind::Economy, BoxShape::Pill),
    (EntityKind::Place, BoxShape::Pill),
    (EntityKind::Firm, BoxShape::Rectangle),
    (EntityKind::Group, BoxShape::Stacked),
    (EntityKind::Organisation, BoxShape::Double),
    (EntityKind::Person, BoxShape::Notched),
    (EntityKind::Material, BoxShape::Hexagon),
    (EntityKind::Product, BoxShape::Rounded),
    (EntityKind::Plant, BoxShape::Sawtooth),
    (EntityKind::Technology, BoxShape::Slanted),
    (EntityKind::Policy, BoxShape::Octagon),
    (EntityKind::Sector, BoxShape::Notched),
    (EntityKind::Event, BoxShape::Notched),
];

impl BoxShape {
    /// What the shape takes of the room for words: at each side, and above and below.
    pub fn insets(self) -> (f64, f64) {
        match self {
            BoxShape::Hexagon | BoxShape::Slanted => (5.0, 0.0),
            BoxShape::Pill | BoxShape::Octagon => (4.0, 0.0),
            BoxShape::Sawtooth => (0.0, 3.0),
            BoxShape::Double => (2.0, 1.0),
            _ => (0.0, 0.0),
        }
    }

    /// What Graphviz calls it: the shape, and the style beside being filled.
    pub fn graphviz(self) -> (&'static str, &'static str) {
        match self {
            BoxShape::Hexagon => ("hexagon", ""),
            BoxShape::Rounded => ("box", "rounded"),
            BoxShape::Slanted => ("parallelogram", ""),
            BoxShape::Rectangle | BoxShape::Double => ("box", ""),
            BoxShape::Stacked => ("box3d", ""),
            BoxShape::Pill => ("ellipse", ""),
            BoxShape::Sawtooth => ("house", ""),
            BoxShape::Octagon => ("octagon", ""),
            BoxShape::Notched => ("note", ""),
        }
    }

    /// What has this shape, in the legend.
    pub fn word(self) -> &'static str {
        match self {
            BoxShape::Hexagon => "material",
            BoxShape::Rounded => "product",
            BoxShape::Slanted => "technology",
            BoxShape::Rectangle => "firm",
            BoxShape::Stacked => "group, or several",
            BoxShape::Double => "organisation",
            BoxShape::Pill => "place",
            BoxShape::Sawtooth => "plant",
            BoxShape::Octagon => "policy",
            BoxShape::Notched => "person, sector, event",
        }
    }
}

/// The shape of a node.
pub(super) fn shape(node: &PictureNode) -> BoxShape {
    if !node.folded.is_empty() {
        return BoxShape::Stacked;
    }
    SHAPES
        .iter()
        .find(|(kind, _)| *kind == node.kind)
        .map_or(BoxShape::Notched, |(_, shape)| *shape)
}

/// The colour and letters of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag {
    /// The id of the economy.
    pub country: &'static str,
    /// The word for the style sheet.
    pub class: &'static str,
    /// The letters, after ISO 3166.
    pub letters: &'static str,
    /// The colour.
    pub colour: &'static str,
}

/// Countries with a colour of their own.
pub(super) const FLAGS: [Flag; 5] = [
    Flag {
        country: "south-korea",
        class: "kr",
        letters: "KR",
        colour: "#0072b2",
    },
    Flag {
        country: "china",
        class: "cn",
        letters: "CN",
        colour: "#d55e00",
    },
    Flag {
        country: "united-states",
        class: "us",
        letters: "US",
        colour: "#009e73",
    },
    Flag {
        country: "japan",
        class: "jp",
        letters: "JP",
        colour: "#cc79a7",
    },
    Flag {
        country: "australia",
        class: "au",
        letters: "AU",
        colour: "#e69f00",
    },
];

/// Any other country.
pub(super) const ELSEWHERE: Flag = Flag {
    country: "",
    class: "xx",
    letters: "",
    colour: "#56b4e9",
};
/// No country that a document names.
pub(super) const NOWHERE: Flag = Flag {
    country: "",
    class: "no",
    letters: "",
    colour: "#8a8a8a",
};

/// The flag of a node's country.
pub(super) fn flag(node: &PictureNode) -> Flag {
    match &node.country {
        None => NOWHERE,
        Some(country) => FLAGS
            .iter()
            .find(|flag| flag.country == country)
            .copied()
            .unwrap_or(ELSEWHERE),
    }
}

/// How an arrow is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Stroke {
    /// Documented.
    Solid,
    /// Inferred by the curator.
    Inferred,
    /// Holds by the meaning of its nodes.
    Meaning,
    /// Possible: no document gives the share.
    Possible,
    /// A plan, target, forecast or opinion.
    Planned,
    /// A policy that restricts.
    Hazard,
}

impl Stroke {
    /// Every way, in the order of the legend.
    pub const ALL: [Stroke; 6] = [
        Stroke::Solid,
        Stroke::Inferred,
        Stroke::Meaning,
        Stroke::Possible,
        Stroke::Planned,
        Stroke::Hazard,
    ];

    /// The word for the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Stroke::Solid => "solid",
            Stroke::Inferred => "inferred",
            Stroke::Meaning => "meaning",
            Stroke::Possible => "possible",
            Stroke::Planned => "planned",
            Stroke::Hazard => "hazard",
        }
    }

    /// What it means, in the legend.
    pub fn word(self) -> &'static str {
        match self {
            Stroke::Solid => "stated by a document",
            Stroke::Inferred => "inferred by the curator",
            Stroke::Meaning => "by meaning",
            Stroke::Possible => "possible, share not documented",
            Stroke::Planned => "plan, target, forecast or opinion",
            Stroke::Hazard => "restriction",
        }
    }

    /// What it looks like, for a legend in words.
    pub fn plain(self) -> &'static str {
        match self {
            Stroke::Solid => "plain line",
            Stroke::Inferred => "dashed line",
            Stroke::Meaning => "pale line",
            Stroke::Possible => "dotted line",
            Stroke::Planned => "dashed line with an open head",
            Stroke::Hazard => "line that ends in a bar",
        }
    }

    /// What Graphviz calls it.
    pub fn graphviz(self) -> &'static str {
        match self {
            Stroke::Solid | Stroke::Meaning | Stroke::Hazard => "solid",
            Stroke::Inferred | Stroke::Planned => "dashed",
            Stroke::Possible => "dotted",
        }
    }

    /// The lengths of dashes and gaps.
    pub fn dashes(self) -> &'static str {
        match self {
            Stroke::Solid | Stroke::Meaning => "none",
            Stroke::Inferred => "5 3",
            Stroke::Possible => "1.5 3.5",
            Stroke::Planned => "10 5",
            Stroke::Hazard => "6 6",
        }
    }
}

/// How an arrow is drawn.
pub(super) fn stroke(arrow: &Arrow, from: &PictureNode) -> Stroke {
    match arrow {
        arrow if arrow.is_planned => Stroke::Planned,
        arrow if arrow.standing == Standing::Possible => Stroke::Possible,
        arrow if arrow.channel == Some(Channel::Policy) || arrow.verb == "restricts" => {
            Stroke::Hazard
        }
        _ if from.kind == EntityKind::Policy && !arrow.facts.is_empty() => Stroke::Hazard,
        arrow if arrow.facts.is_empty() => Stroke::Meaning,
        arrow if arrow.is_inferred => Stroke::Inferred,
        _ => Stroke::Solid,
    }
}

/// A colour on white, as strong as the tint of a box.
pub(super) fn tinted(colour: &str) -> String {
    mixed(colour, |part| 255.0 - (255.0 - part) * 0.11)
}

/// A colour that is the darker, the more is lost at least; nothing for what may lose nothing.
pub(super) fn darkened(colour: &str, loss: Interval) -> String {
    mixed(colour, |part| part * (1.0 - 0.3 * loss.lo))
}

/// A colour of which each part is changed.
fn mixed(colour: &str, change: impl Fn(f64) -> f64) -> String {
    let part = |at: usize| {
        colour
            .get(at..at + 2)
            .and_then(|part| u8::from_str_radix(part, 16).ok())
            .unwrap_or(255)
    };
    let parts = [1, 3, 5].map(|at| format!("{:02x}", change(f64::from(part(at))).round() as u8));
    format!("#{}", parts.concat())
}

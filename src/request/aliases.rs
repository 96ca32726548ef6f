//! Words for the roles that are asked for most: `makers(graphite)` for those who make, supply or
//! are a source of it.

use super::set::Part;
use crate::facts::{Claim, Role};

/// A word for a role in facts of some claims. What stands first in its brackets plays one of the
/// given roles: which of them, its kind tells.
pub(super) struct Alias {
    /// The words, the first of which is written.
    pub words: &'static [&'static str],
    pub claims: &'static [Claim],
    pub open: Role,
    pub given: Part,
}

const fn alias(
    words: &'static [&'static str],
    claims: &'static [Claim],
    open: Role,
    given: &'static [Role],
) -> Alias {
    Alias {
        words,
        claims,
        open,
        given: Part::AnyOf(given),
    }
}

// Supplies and Sources tell the same of both ends.
const MAKING: &[Claim] = &[Claim::Produces, Claim::Supplies, Claim::Sources];
const SUPPLY: &[Claim] = &[Claim::Supplies, Claim::Sources];
const USE: &[Claim] = &[Claim::Uses, Claim::Supplies, Claim::Sources];
const OWNING: &[Claim] = &[Claim::Owns, Claim::Acquires];

pub(super) const ALIASES: &[Alias] = &[
    alias(
        &["makers", "makes", "producers"],
        MAKING,
        Role::By,
        &[Role::What],
    ),
    alias(&["made-by", "products-of"], MAKING, Role::What, &[Role::By]),
    alias(
        &["suppliers", "supplies"],
        SUPPLY,
        Role::By,
        &[Role::To, Role::What],
    ),
    alias(
        &["buyers", "buys", "customers"],
        SUPPLY,
        Role::To,
        &[Role::By, Role::What],
    ),
    alias(&["supplied-by"], SUPPLY, Role::What, &[Role::By]),
    alias(&["bought-by"], SUPPLY, Role::What, &[Role::To]),
    alias(&["users", "uses"], USE, Role::To, &[Role::What]),
    alias(&["used-by"], USE, Role::What, &[Role::To]),
    alias(&["needs"], &[Claim::Needs], Role::By, &[Role::What]),
    alias(&["inputs"], &[Claim::Needs], Role::What, &[Role::By]),
    alias(&["kinds"], &[Claim::IsA], Role::By, &[Role::What]),
    alias(
        &["developers", "develops"],
        &[Claim::Develops],
        Role::By,
        &[Role::What],
    ),
    alias(
        &["developed-by"],
        &[Claim::Develops],
        Role::What,
        &[Role::By],
    ),
    alias(
        &["operators", "operates"],
        &[Claim::Operates],
        Role::By,
        &[Role::What],
    ),
    alias(
        &["operated-by"],
        &[Claim::Operates],
        Role::What,
        &[Role::By],
    ),
    alias(&["owners", "owns"], OWNING, Role::By, &[Role::What]),
    alias(&["owned-by"], OWNING, Role::What, &[Role::By]),
    alias(
        &["investors", "invests"],
        &[Claim::Invests],
        Role::By,
        &[Role::What],
    ),
    alias(&["members"], &[Claim::MemberOf], Role::By, &[Role::What]),
    alias(
        &["memberships"],
        &[Claim::MemberOf],
        Role::What,
        &[Role::By],
    ),
    alias(&["partners"], &[Claim::Partners], Role::With, &[Role::With]),
    alias(
        &["competitors", "rivals"],
        &[Claim::Competes],
        Role::With,
        &[Role::With],
    ),
    alias(
        &["licensors"],
        &[Claim::Licenses],
        Role::By,
        &[Role::To, Role::What],
    ),
    alias(
        &["licensees"],
        &[Claim::Licenses],
        Role::To,
        &[Role::By, Role::What],
    ),
    alias(
        &["restricts"],
        &[Claim::Restricts],
        Role::By,
        &[Role::What, Role::Towards],
    ),
    alias(
        &["restricted-by"],
        &[Claim::Restricts],
        Role::What,
        &[Role::By, Role::Under],
    ),
];

/// The alias of a word.
pub(super) fn alias_of(word: &str) -> Option<&'static Alias> {
    ALIASES.iter().find(|alias| alias.words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_for_one_role() {
        let words: Vec<&str> = ALIASES
            .iter()
            .flat_map(|alias| alias.words)
            .copied()
            .collect();
        let distinct: std::collections::HashSet<&str> = words.iter().copied().collect();
        assert_eq!(distinct.len(), words.len());
    }

    #[test]
    fn every_alias_has_its_roles_in_each_of_its_claims() {
        for Alias {
            words,
            claims,
            open,
            given,
        } in ALIASES
        {
            for claim in *claims {
                let has = |part: Part| part.fields_of(*claim).next().is_some();
                assert!(
                    has(Part::Role(*open)) && has(*given),
                    "{} in {claim}",
                    words[0]
                );
            }
        }
    }
}

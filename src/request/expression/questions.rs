//! Trees as questions: a call that stands by itself and is no set.

use super::Name;
use super::sets::{Inputs, set};
use super::spelling::{WITH_KINDS, claim_of, claim_word};
use super::tree::{Call, Fault, Input, Tree, Word};
use crate::facts::{Claim, EntityKind, MEASURES, Role, Status, nearest};
use crate::graph::Follow;
use crate::request::names::{KIND_WORDS, kinds};
use crate::request::question::{
    Cut, DEFAULT_CHAINS, FactFilter, FigureFilter, Filter, MOST_CHAINS, Request, When,
};
use crate::request::set::Set;
use crate::request::words::keys_of;

type Asked = Request<Set<Name>, Name>;

/// The request that a tree means: a question, or else who or what is in a set.
pub(super) fn request(tree: &Tree, faults: &mut Vec<Fault>) -> Option<Asked> {
    if let Tree::Call(call) = tree
        && let Some(question) = question_of(call)
    {
        let mut inputs = Inputs::new(call, faults);
        let asked = question(&mut inputs);
        if call.behind.is_some() && call.name.text != "compare" {
            let hint = "only compare( ) takes one: compare(a, b; suppliers)";
            let at = call.at.clone();
            inputs
                .faults
                .push(Fault::new(at, "this question has no semicolon", hint));
        }
        inputs.leave_none();
        return asked;
    }
    let set = set(tree, faults)?;
    Some(Request::Select {
        set,
        follow: Follow::default(),
    })
}

type Question = fn(&mut Inputs) -> Option<Asked>;

#[expect(clippy::too_many_lines, reason = "an arm for each question")]
fn question_of(call: &Call) -> Option<Question> {
    let question: Question = match call.name.text.replace('-', "_").as_str() {
        "select" => |inputs| {
            let (set, follow) = (inputs.first(), inputs.follow());
            Some(Request::Select { set: set?, follow })
        },
        "count" => |inputs| {
            let (set, follow) = (inputs.first(), inputs.follow());
            Some(Request::Count { set: set?, follow })
        },
        "compare" => compare,
        // What is not asked of the question makes it a set.
        "dependents" | "dependencies" if has_through(call) => return None,
        "dependents" => |inputs| {
            let (of, filter, follow) = (inputs.first(), inputs.filter(), inputs.follow());
            Some(Request::Dependents {
                of: of?,
                filter: filter?,
                follow,
            })
        },
        "dependencies" => |inputs| {
            let (of, filter, follow) = (inputs.first(), inputs.filter(), inputs.follow());
            Some(Request::Dependencies {
                of: of?,
                filter: filter?,
                follow,
            })
        },
        "why" => why,
        "exposure" => exposure,
        "what_if" => what_if,
        "chokepoints" => |inputs| {
            let (of, filter) = (inputs.first_if_any(), inputs.filter());
            let follow = inputs.follow();
            Some(Request::Chokepoints {
                of: optional(of)?,
                filter: filter?,
                follow,
            })
        },
        "stoppers" => |inputs| {
            let (of, follow) = (inputs.first(), inputs.follow());
            Some(Request::Stoppers { of: of?, follow })
        },
        "sector" => |inputs| {
            let (of, within, from) = (inputs.first(), inputs.keyed("in"), inputs.keyed("from"));
            Some(Request::Sector {
                of: of?,
                within: optional(within)?,
                from: optional(from)?,
            })
        },
        "overview" => |_| Some(Request::Overview),
        "show" => |inputs| inputs.first().map(|of| Request::Show { of }),
        "list" => |inputs| {
            let (kinds, within) = (inputs.kinds(), inputs.keyed("in"));
            let from = inputs.keyed("from");
            Some(Request::List {
                kinds: kinds?,
                within: optional(within)?,
                from: optional(from)?,
            })
        },
        "find" => find,
        "documents" => |_| Some(Request::Documents),
        "facts" => facts,
        "figures" => figures,
        "conflicts" => |_| Some(Request::Conflicts),
        "timeline" => |inputs| {
            let of = inputs.first_if_any();
            Some(Request::Timeline { of: optional(of)? })
        },
        "plans" => |inputs| {
            let of = inputs.first_if_any();
            Some(Request::Plans { of: optional(of)? })
        },
        "coverage" => |_| Some(Request::Coverage),
        _ => return None,
    };
    Some(question)
}

fn has_through(call: &Call) -> bool {
    let is_like = |word: &Word| !nearest(&word.text, ["through"], 1).is_empty();
    let is_it = |input: &Input| input.key.as_ref().is_some_and(is_like);
    call.inputs.iter().any(is_it)
}

/// What may be left out: there and sound, left out, or (`None`) at fault.
fn optional<T>(found: Option<Option<T>>) -> Option<Option<T>> {
    match found {
        Some(found) => found.map(Some),
        None => Some(None),
    }
}

/// `compare(a, b; suppliers)` compares what `suppliers( )` makes of each; without it, the sets.
fn compare(inputs: &mut Inputs) -> Option<Asked> {
    let call = inputs.call;
    let follow = inputs.follow();
    let compared = inputs.cuts();
    let of_each = |word: &Word, input: &Input| {
        Tree::Call(Call {
            name: word.clone(),
            inputs: vec![input.clone()],
            behind: None,
            at: call.at.clone(),
        })
    };
    if compared.len() < 2 {
        let hint = "name two or more with commas between: compare(samsung-sdi, sk-on; suppliers)";
        let at = call.at.clone();
        let message = "there is nothing to compare with";
        inputs.faults.push(Fault::new(at, message, hint));
        return None;
    }
    let sets: Vec<Option<Set<Name>>> = compared
        .iter()
        .map(|input| match &call.behind {
            Some(word) => set(&of_each(word, input), inputs.faults),
            None => inputs.set_of(input),
        })
        .collect();
    Some(Request::Compare {
        sets: sets.into_iter().collect::<Option<_>>()?,
        follow,
    })
}

fn why(inputs: &mut Inputs) -> Option<Asked> {
    let (from, to, through) = (inputs.first(), inputs.second(), inputs.keyed("through"));
    let most = inputs
        .number("limit")
        .map_or(DEFAULT_CHAINS, |most| most as usize);
    if !(1..=MOST_CHAINS).contains(&most) {
        let hint = format!("write a number from 1 to {MOST_CHAINS}");
        let at = inputs.call.at.clone();
        inputs.faults.push(Fault::new(
            at,
            format!("{most} chains can’t be shown"),
            hint,
        ));
    }
    let follow = inputs.follow();
    Some(Request::Why {
        from: from?,
        to: to?,
        through: optional(through)?,
        follow,
        most,
    })
}

/// How exposed a set is to another; without the first who is exposed, without the second to what.
fn exposure(inputs: &mut Inputs) -> Option<Asked> {
    let (of, to) = (inputs.first_if_any(), inputs.keyed("to"));
    let has_rows = of.is_none() || to.is_none();
    let (filter, follow) = (inputs.filter_if(has_rows), inputs.follow());
    let (of, to, filter) = (optional(of)?, optional(to)?, filter?);
    match (of, to) {
        (Some(of), Some(to)) => Some(Request::Exposure { of, to, follow }),
        (Some(of), None) => Some(Request::Exposures { of, filter, follow }),
        (None, Some(to)) => Some(Request::Exposed { to, filter, follow }),
        (None, None) => {
            let hint = "write exposure(a, to: b), exposure(a) or exposure(to: b)";
            let at = inputs.call.at.clone();
            inputs
                .faults
                .push(Fault::new(at, "of what, or to what?", hint));
            None
        }
    }
}

fn what_if(inputs: &mut Inputs) -> Option<Asked> {
    let cuts: Vec<Option<Cut<Set<Name>>>> = inputs
        .cuts()
        .into_iter()
        .map(|input| inputs.cut(input))
        .collect();
    if cuts.is_empty() {
        inputs.first();
    }
    let explained = optional(inputs.keyed("explain"));
    let has_rows = matches!(explained, Some(None));
    let (filter, follow) = (inputs.filter_if(has_rows), inputs.follow());
    let cuts = cuts.into_iter().collect::<Option<Vec<_>>>()?;
    match explained? {
        Some(of) => Some(Request::Explain { cuts, of, follow }),
        None => Some(Request::WhatIf {
            cuts,
            filter: filter?,
            follow,
        }),
    }
}

fn find(inputs: &mut Inputs) -> Option<Asked> {
    let text = inputs.positional().and_then(|input| inputs.text_of(input));
    if text.is_none() {
        let (at, hint) = (inputs.call.at.clone(), "write find(\"text\")");
        inputs.faults.push(Fault::new(at, "what text?", hint));
    }
    text.map(|text| Request::Find { text })
}

fn facts(inputs: &mut Inputs) -> Option<Asked> {
    let about = inputs.keyed("entity");
    let mut roles = Vec::new();
    let mut is_whole = true;
    while let Some((role, set)) = inputs.role() {
        is_whole &= set.is_some();
        roles.extend(set.map(|set| (role, set)));
    }
    let claims = inputs.each("claim", "claim", claim_of, || {
        Claim::ALL.iter().map(|claim| claim_word(*claim)).collect()
    });
    let open = inputs.one("ask", "role", Role::from_word, || {
        words(Role::ALL, Role::word)
    });
    let status = inputs.one("status", "status", Status::from_word, || {
        words(Status::ALL, Status::word)
    });
    let measures = inputs.each("measure", "measure", measure, || {
        MEASURES.iter().map(|word| (*word).to_owned()).collect()
    });
    let asked_words = inputs.words("words");
    let document = inputs.word("document");
    let (kinds, with_kinds) = (inputs.kinds(), inputs.takes_flag(WITH_KINDS));
    let filter = FactFilter {
        claims: claims?,
        about: optional(about)?,
        roles,
        with_kinds,
        open: open?,
        kinds: kinds?,
        words: keys_of(asked_words.iter().map(|word| word.text.as_str())),
        document: document.map(|Word { text, at }| Name { text, at }),
        status: status?,
        measures: measures?,
    };
    is_whole.then_some(Request::Facts(filter))
}

fn measure(word: &str) -> Option<&'static str> {
    MEASURES.iter().find(|measure| **measure == word).copied()
}

fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| word(*one).to_owned()).collect()
}

fn figures(inputs: &mut Inputs) -> Option<Asked> {
    let (of, good) = (inputs.first_if_any(), inputs.keyed("good"));
    let towards = inputs.keyed("towards");
    let measure = inputs.word("measure");
    let when = inputs.one("period", "time", When::parse, || {
        ["2023", "2023-Q4", "2023-11", "november"]
            .map(str::to_owned)
            .into()
    });
    Some(Request::Figures(FigureFilter {
        of: optional(of)?,
        measure: measure.map(|word| word.text),
        good: optional(good)?,
        towards: optional(towards)?,
        when: when?,
    }))
}

impl Inputs<'_, '_> {
    fn follow(&mut self) -> Follow {
        let mut follow = Follow::default();
        for word in self.words("include") {
            match follow.with_word(&word.text.to_lowercase()) {
                Some(wider) => follow = wider,
                None => {
                    let known = Follow::WORDS.map(|(word, _)| word).to_vec();
                    self.unknown(&word, "relation to include", known);
                }
            }
        }
        follow
    }

    /// Which rows are wanted, where a question has rows to choose from.
    fn filter_if(&mut self, has_rows: bool) -> Option<Filter<Set<Name>>> {
        if has_rows {
            self.filter()
        } else {
            Some(Filter::default())
        }
    }

    fn filter(&mut self) -> Option<Filter<Set<Name>>> {
        let kinds = self.kinds();
        let (within, from) = (optional(self.keyed("in")), optional(self.keyed("from")));
        let depth = self.depth();
        Some(Filter {
            kinds: kinds?,
            within: within?,
            from: from?,
            depth,
        })
    }

    fn kinds(&mut self) -> Option<Vec<EntityKind>> {
        let found = self.each("kind", "kind of entities", kinds, || {
            KIND_WORDS.iter().map(|word| (*word).to_owned()).collect()
        });
        found.map(|found| found.concat())
    }

    /// What the word behind a key stands for, if the key is there.
    fn one<T>(
        &mut self,
        key: &'static str,
        what: &str,
        of: impl Fn(&str) -> Option<T>,
        known: impl Fn() -> Vec<String>,
    ) -> Option<Option<T>> {
        let Some(word) = self.word(key) else {
            return Some(None);
        };
        let found = of(&word.text).or_else(|| of(&word.text.to_lowercase()));
        if found.is_none() {
            let known = known();
            self.unknown(&word, what, known.iter().map(String::as_str).collect());
        }
        found.map(Some)
    }

    /// What the words behind a key stand for.
    fn each<T>(
        &mut self,
        key: &'static str,
        what: &str,
        of: impl Fn(&str) -> Option<T>,
        known: impl Fn() -> Vec<String>,
    ) -> Option<Vec<T>> {
        let mut found = Vec::new();
        let mut is_whole = true;
        for word in self.words(key) {
            match of(&word.text).or_else(|| of(&word.text.to_lowercase())) {
                Some(one) => found.push(one),
                None => {
                    is_whole = false;
                    let known = known();
                    self.unknown(&word, what, known.iter().map(String::as_str).collect());
                }
            }
        }
        is_whole.then_some(found)
    }

    fn cut(&mut self, input: &Input) -> Option<Cut<Set<Name>>> {
        let part = match &input.part {
            Some(word) => self.part(word),
            None => Some(1.0),
        };
        let of = set(&input.value, self.faults);
        Some(Cut {
            of: of?,
            part: part?,
        })
    }

    fn part(&mut self, word: &Word) -> Option<f64> {
        let part = crate::request::part(&word.text);
        if part.is_none() {
            let hint = match per_cent(&word.text) {
                Some(part) => format!("write {part} for {}", word.text),
                None => "write the part that is cut as a number from 0 to 1, as in \
                         china:graphite=0.5"
                    .to_owned(),
            };
            let message = format!("“{}” does not say how much is cut", word.text);
            self.faults.push(Fault::new(word.at.clone(), message, hint));
        }
        part
    }
}

/// The part that so many per cent are.
fn per_cent(text: &str) -> Option<f64> {
    let part = text.strip_suffix('%')?.trim().parse::<f64>().ok()? / 100.0;
    (0.0..=1.0).contains(&part).then_some(part)
}

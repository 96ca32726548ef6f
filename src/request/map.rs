//! Requests read further: the same request, with its sets and documents said otherwise.

use super::question::{Cut, FactFilter, FigureFilter, Filter, Request};
use super::set::Place;

/// How the sets and the document of a request are said otherwise. What can't be is `None`, after it
/// was noted why; the rest is gone over in any case, so that every fault is found.
pub(crate) trait Reading<S, D> {
    type Set;
    type Document;

    /// A set, whose names may stand for no more than `place` says.
    fn set(&mut self, set: &S, place: Place) -> Option<Self::Set>;

    fn document(&mut self, document: &D) -> Option<Self::Document>;

    fn set_if(&mut self, set: Option<&S>, place: Place) -> Option<Option<Self::Set>> {
        match set {
            Some(set) => self.set(set, place).map(Some),
            None => Some(None),
        }
    }

    fn sets(&mut self, sets: &[S], place: Place) -> Option<Vec<Self::Set>> {
        let found: Vec<Option<Self::Set>> = sets.iter().map(|set| self.set(set, place)).collect();
        found.into_iter().collect()
    }

    fn cuts(&mut self, cuts: &[Cut<S>]) -> Option<Vec<Cut<Self::Set>>> {
        let cut = |cut: &Cut<S>| {
            let of = self.set(&cut.of, Place::Anything)?;
            Some(Cut { of, part: cut.part })
        };
        let found: Vec<Option<Cut<Self::Set>>> = cuts.iter().map(cut).collect();
        found.into_iter().collect()
    }

    fn filter(&mut self, filter: &Filter<S>) -> Option<Filter<Self::Set>> {
        let within = self.set_if(filter.within.as_ref(), Place::Entity);
        let from = self.set_if(filter.from.as_ref(), Place::Economy);
        Some(Filter {
            kinds: filter.kinds.clone(),
            within: within?,
            from: from?,
            depth: filter.depth,
        })
    }

    fn facts(
        &mut self,
        filter: &FactFilter<S, D>,
    ) -> Option<FactFilter<Self::Set, Self::Document>> {
        let document = match &filter.document {
            Some(document) => self.document(document).map(Some),
            None => Some(None),
        };
        let about = self.set_if(filter.about.as_ref(), Place::Entity);
        let roles: Vec<Option<_>> = filter
            .roles
            .iter()
            .map(|(role, set)| Some((*role, self.set(set, Place::Entity)?)))
            .collect();
        Some(FactFilter {
            claims: filter.claims.clone(),
            about: about?,
            roles: roles.into_iter().collect::<Option<_>>()?,
            with_kinds: filter.with_kinds,
            open: filter.open,
            kinds: filter.kinds.clone(),
            words: filter.words.clone(),
            document: document?,
            status: filter.status,
            measures: filter.measures.clone(),
        })
    }

    fn figures(&mut self, filter: &FigureFilter<S>) -> Option<FigureFilter<Self::Set>> {
        let of = self.set_if(filter.of.as_ref(), Place::Entity);
        let good = self.set_if(filter.good.as_ref(), Place::Entity);
        let towards = self.set_if(filter.towards.as_ref(), Place::Entity);
        Some(FigureFilter {
            of: of?,
            measure: filter.measure.clone(),
            good: good?,
            towards: towards?,
            when: filter.when,
        })
    }
}

impl<S, D> Request<S, D> {
    #[expect(clippy::too_many_lines, reason = "an arm for each question")]
    pub(crate) fn read_with<R: Reading<S, D>>(
        &self,
        read: &mut R,
    ) -> Option<Request<R::Set, R::Document>> {
        use Place::{Anything, Economy, Entity};
        Some(match self {
            Request::Select { set, follow } => Request::Select {
                set: read.set(set, Anything)?,
                follow: *follow,
            },
            Request::Count { set, follow } => Request::Count {
                set: read.set(set, Anything)?,
                follow: *follow,
            },
            Request::Compare { sets, follow } => Request::Compare {
                sets: read.sets(sets, Anything)?,
                follow: *follow,
            },
            Request::Dependents { of, filter, follow } => {
                let (of, filter) = (read.set(of, Anything), read.filter(filter));
                Request::Dependents {
                    of: of?,
                    filter: filter?,
                    follow: *follow,
                }
            }
            Request::Dependencies { of, filter, follow } => {
                let (of, filter) = (read.set(of, Anything), read.filter(filter));
                Request::Dependencies {
                    of: of?,
                    filter: filter?,
                    follow: *follow,
                }
            }
            Request::Why {
                from,
                to,
                through,
                follow,
                most,
            } => {
                let (from, to) = (read.set(from, Anything), read.set(to, Anything));
                let through = read.set_if(through.as_ref(), Anything);
                Request::Why {
                    from: from?,
                    to: to?,
                    through: through?,
                    follow: *follow,
                    most: *most,
                }
            }
            Request::Exposure { of, to, follow } => {
                let (of, to) = (read.set(of, Anything), read.set(to, Anything));
                Request::Exposure {
                    of: of?,
                    to: to?,
                    follow: *follow,
                }
            }
            Request::Exposed { to, filter, follow } => {
                let (to, filter) = (read.set(to, Anything), read.filter(filter));
                Request::Exposed {
                    to: to?,
                    filter: filter?,
                    follow: *follow,
                }
            }
            Request::Exposures { of, filter, follow } => {
                let (of, filter) = (read.set(of, Anything), read.filter(filter));
                Request::Exposures {
                    of: of?,
                    filter: filter?,
                    follow: *follow,
                }
            }
            Request::WhatIf {
                cuts,
                filter,
                follow,
            } => {
                let (cuts, filter) = (read.cuts(cuts), read.filter(filter));
                Request::WhatIf {
                    cuts: cuts?,
                    filter: filter?,
                    follow: *follow,
                }
            }
            Request::Explain { cuts, of, follow } => {
                let (cuts, of) = (read.cuts(cuts), read.set(of, Anything));
                Request::Explain {
                    cuts: cuts?,
                    of: of?,
                    follow: *follow,
                }
            }
            Request::Chokepoints { of, filter, follow } => {
                let of = read.set_if(of.as_ref(), Anything);
                let filter = read.filter(filter);
                Request::Chokepoints {
                    of: of?,
                    filter: filter?,
                    follow: *follow,
                }
            }
            Request::Stoppers { of, follow } => Request::Stoppers {
                of: read.set(of, Anything)?,
                follow: *follow,
            },
            Request::Sector { of, within, from } => {
                let of = read.set(of, Entity);
                let within = read.set_if(within.as_ref(), Entity);
                let from = read.set_if(from.as_ref(), Economy);
                Request::Sector {
                    of: of?,
                    within: within?,
                    from: from?,
                }
            }
            Request::Overview => Request::Overview,
            Request::Show { of } => Request::Show {
                of: read.set(of, Entity)?,
            },
            Request::List {
                kinds,
                within,
                from,
            } => {
                let within = read.set_if(within.as_ref(), Entity);
                let from = read.set_if(from.as_ref(), Economy);
                Request::List {
                    kinds: kinds.clone(),
                    within: within?,
                    from: from?,
                }
            }
            Request::Find { text } => Request::Find { text: text.clone() },
            Request::Documents => Request::Documents,
            Request::Facts(filter) => Request::Facts(read.facts(filter)?),
            Request::Figures(filter) => Request::Figures(read.figures(filter)?),
            Request::Conflicts => Request::Conflicts,
            Request::Timeline { of } => Request::Timeline {
                of: read.set_if(of.as_ref(), Entity)?,
            },
            Request::Plans { of } => Request::Plans {
                of: read.set_if(of.as_ref(), Entity)?,
            },
            Request::Coverage => Request::Coverage,
        })
    }
}

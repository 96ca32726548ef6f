//! The order of nodes within their columns: few crossings.

/// What stands in a column: a node, or the place where a long arrow passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A node, by number.
    Node(usize),
    /// The passage of an arrow, by the arrow's number.
    Passage(usize),
}

/// Columns of items, and the links between items of neighbouring columns. An arrow across several
/// columns is a chain of links.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Every item.
    pub items: Vec<Item>,
    /// The column of each item.
    pub column: Vec<usize>,
    /// The items of each column, from the top down.
    pub columns: Vec<Vec<usize>>,
    /// The items that each arrow runs through, from left to right.
    pub ways: Vec<Vec<usize>>,
    /// The items to the left of each item that are linked to it.
    pub before: Vec<Vec<usize>>,
    /// The items to the right of each item that are linked to it.
    pub after: Vec<Vec<usize>>,
}

impl Grid {
    /// Puts nodes into their columns, and a passage into every column that an arrow crosses
    /// (Sugiyama, Tagawa & Toda 1981). Each arrow is given as the node at its left and that at its
    /// right.
    pub fn new(columns: &[usize], arrows: &[(usize, usize)]) -> Self {
        let count = columns.iter().map(|column| column + 1).max().unwrap_or(0);
        let mut grid = Grid {
            columns: vec![Vec::new(); count],
            ..Grid::default()
        };
        for (node, &column) in columns.iter().enumerate() {
            grid.add(Item::Node(node), column);
        }
        for (arrow, &(left, right)) in arrows.iter().enumerate() {
            let mut way = vec![left];
            way.extend(
                (columns[left] + 1..columns[right])
                    .map(|column| grid.add(Item::Passage(arrow), column)),
            );
            way.push(right);
            for pair in way.windows(2) {
                grid.after[pair[0]].push(pair[1]);
                grid.before[pair[1]].push(pair[0]);
            }
            grid.ways.push(way);
        }
        grid
    }

    fn add(&mut self, item: Item, column: usize) -> usize {
        let ix = self.items.len();
        self.items.push(item);
        self.column.push(column);
        self.columns[column].push(ix);
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        ix
    }

    /// Orders each column so that few links cross: sweeps to and fro by the median of the
    /// neighbours, and exchanges of neighbours as long as they help (Gansner, Koutsofios, North &
    /// Vo 1993). A sweep may make more crossings than there were, so the best order met is kept; and
    /// what it comes to depends on the beginning, so two are tried.
    pub fn reduce_crossings(&mut self) {
        let mut best = self.columns.clone();
        let mut fewest = self.crossings();
        for is_turned in [false, true] {
            self.begin(is_turned);
            for sweep in 0..SWEEPS {
                self.sweep(sweep.is_multiple_of(2), sweep % 4 < 2);
                self.exchange();
                let crossings = self.crossings();
                if crossings < fewest {
                    (fewest, best) = (crossings, self.columns.clone());
                }
            }
        }
        self.columns = best;
    }

    /// An order to begin with: as a walk in breadth from the first column (or the last) meets the
    /// items.
    fn begin(&mut self, is_turned: bool) {
        let mut met: Vec<usize> = Vec::new();
        let mut seen = vec![false; self.items.len()];
        let mut starts: Vec<usize> = (0..self.items.len()).collect();
        starts.sort_by_key(|&item| {
            if is_turned {
                self.columns.len() - self.column[item]
            } else {
                self.column[item]
            }
        });
        for start in starts {
            let mut open = std::collections::VecDeque::from([start]);
            while let Some(item) = open.pop_front() {
                if !std::mem::replace(&mut seen[item], true) {
                    met.push(item);
                    let next = if is_turned {
                        &self.before[item]
                    } else {
                        &self.after[item]
                    };
                    open.extend(next.iter().copied());
                }
            }
        }
        self.columns.iter_mut().for_each(Vec::clear);
        for item in met {
            self.columns[self.column[item]].push(item);
        }
    }

    /// The place of each item within its column.
    pub fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.items.len()];
        for column in &self.columns {
            for (place, &item) in column.iter().enumerate() {
                places[item] = place;
            }
        }
        places
    }

    fn sweep(&mut self, to_right: bool, by_median: bool) {
        let count = self.columns.len();
        for step in 1..count {
            let column = if to_right { step } else { count - 1 - step };
            let places = self.places();
            let mut wanted: Vec<(f64, usize)> = Vec::new();
            for (place, &item) in self.columns[column].iter().enumerate() {
                let fixed = if to_right {
                    &self.before[item]
                } else {
                    &self.after[item]
                };
                let middle = if by_median {
                    median(fixed, &places)
                } else {
                    mean(fixed, &places)
                };
                wanted.push((middle.unwrap_or(place as f64), item));
            }
            wanted.sort_by(|one, other| one.0.total_cmp(&other.0));
            self.columns[column] = wanted.into_iter().map(|(_, item)| item).collect();
        }
    }

    /// Exchanges neighbours in a column as long as that makes fewer crossings.
    fn exchange(&mut self) {
        for _ in 0..EXCHANGES {
            let mut is_better = false;
            for column in 0..self.columns.len() {
                let places = self.places();
                for at in 1..self.columns[column].len() {
                    let (upper, lower) = (self.columns[column][at - 1], self.columns[column][at]);
                    let now = self.crossings_of(upper, lower, &places);
                    if self.crossings_of(lower, upper, &places) < now {
                        self.columns[column].swap(at - 1, at);
                        is_better = true;
                    }
                }
            }
            if !is_better {
                break;
            }
        }
    }

    /// The crossings between the links of two items of one column, if the one stands above the
    /// other.
    fn crossings_of(&self, upper: usize, lower: usize, places: &[usize]) -> usize {
        let crossed = |upper: &[usize], lower: &[usize]| -> usize {
            upper
                .iter()
                .map(|one| {
                    lower
                        .iter()
                        .filter(|other| places[**other] < places[*one])
                        .count()
                })
                .sum()
        };
        crossed(&self.before[upper], &self.before[lower])
            + crossed(&self.after[upper], &self.after[lower])
    }

    /// The number of crossings between links.
    pub fn crossings(&self) -> usize {
        let places = self.places();
        let mut crossings = 0;
        for column in &self.columns {
            for (at, &upper) in column.iter().enumerate() {
                for &lower in &column[at + 1..] {
                    let after = &self.after[upper];
                    crossings += after
                        .iter()
                        .map(|one| {
                            self.after[lower]
                                .iter()
                                .filter(|other| places[**other] < places[*one])
                                .count()
                        })
                        .sum::<usize>();
                }
            }
        }
        crossings
    }
}

const SWEEPS: usize = 24;
const EXCHANGES: usize = 8;

fn mean(items: &[usize], places: &[usize]) -> Option<f64> {
    let sum: usize = items.iter().map(|&item| places[item]).sum();
    (!items.is_empty()).then(|| sum as f64 / items.len() as f64)
}

fn median(items: &[usize], places: &[usize]) -> Option<f64> {
    let mut places: Vec<usize> = items.iter().map(|&item| places[item]).collect();
    places.sort_unstable();
    let half = places.len() / 2;
    match places.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(places[half] as f64),
        _ => Some((places[half - 1] + places[half]) as f64 / 2.0),
    }
}

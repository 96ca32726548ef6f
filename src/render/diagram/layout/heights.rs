//! How high each item stands: arrows as straight as the order within columns allows.

use super::order::{Grid, Item};

/// How often the columns are gone over.
const ROUNDS: usize = 40;

/// The middle of each item, given its height and the gap to be kept between two items of a column.
///
/// Columns are gone over in turn, to the right and to the left; in each the items are placed as
/// near as possible to the mean of their neighbours, in the sense of least squares, under the gaps
/// between them. That is an isotonic regression, solved exactly by pooling adjacent violators (Ayer
/// et al. 1955). Passages weigh more than nodes, as in Gansner et al. 1993, so that long arrows run
/// straight. Takes time in proportion to items and links, times the number of rounds.
pub(super) fn heights(grid: &Grid, sizes: &[f64], gap: &dyn Fn(usize, usize) -> f64) -> Vec<f64> {
    let mut middles = vec![0.0; grid.items.len()];
    for column in &grid.columns {
        stack(column, sizes, gap, &mut middles);
    }
    for round in 0..ROUNDS {
        for step in 0..grid.columns.len() {
            let column = if round.is_multiple_of(2) {
                step
            } else {
                grid.columns.len() - 1 - step
            };
            settle(grid, column, neighbours(round), sizes, gap, &mut middles);
        }
    }
    close_up(sizes, &mut middles);
    let top = (0..sizes.len())
        .map(|item| middles[item] - sizes[item] / 2.0)
        .fold(f64::INFINITY, f64::min);
    if top.is_finite() {
        middles.iter_mut().for_each(|middle| *middle -= top);
    }
    middles
}

/// The widest strip that may stay empty across the whole page.
const EMPTY: f64 = 24.0;

/// Narrows strips that are empty in every column, such as there are between parts that no arrow
/// ties together.
fn close_up(sizes: &[f64], middles: &mut [f64]) {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&one, &other| {
        (middles[one] - sizes[one] / 2.0).total_cmp(&(middles[other] - sizes[other] / 2.0))
    });
    let (mut lowest, mut shift) = (f64::INFINITY, 0.0);
    for item in order {
        let top = middles[item] - sizes[item] / 2.0;
        shift += (top - lowest - EMPTY).max(0.0);
        lowest = if lowest.is_finite() {
            lowest.max(top + sizes[item])
        } else {
            top + sizes[item]
        };
        middles[item] -= shift;
    }
}

/// Which neighbours count: at first those in the column that was placed just before, in the end
/// all.
#[derive(Clone, Copy, PartialEq)]
enum Neighbours {
    Before,
    After,
    Both,
}

fn neighbours(round: usize) -> Neighbours {
    match round {
        _ if round + 12 >= ROUNDS => Neighbours::Both,
        _ if round.is_multiple_of(2) => Neighbours::Before,
        _ => Neighbours::After,
    }
}

/// Stands the items of a column on top of each other, around 0.
fn stack(column: &[usize], sizes: &[f64], gap: &dyn Fn(usize, usize) -> f64, middles: &mut [f64]) {
    let mut at = 0.0;
    for (place, &item) in column.iter().enumerate() {
        if place > 0 {
            at += distance(column[place - 1], item, sizes, gap);
        }
        middles[item] = at;
    }
    column.iter().for_each(|&item| middles[item] -= at / 2.0);
}

/// The least distance between the middles of two items, the second under the first.
fn distance(upper: usize, lower: usize, sizes: &[f64], gap: &dyn Fn(usize, usize) -> f64) -> f64 {
    (sizes[upper] + sizes[lower]) / 2.0 + gap(upper, lower)
}

fn settle(
    grid: &Grid,
    column: usize,
    counted: Neighbours,
    sizes: &[f64],
    gap: &dyn Fn(usize, usize) -> f64,
    middles: &mut [f64],
) {
    let items = &grid.columns[column];
    let mut offset = 0.0;
    let mut wanted: Vec<(f64, f64)> = Vec::new();
    let mut offsets: Vec<f64> = Vec::new();
    for (place, &item) in items.iter().enumerate() {
        if place > 0 {
            offset += distance(items[place - 1], item, sizes, gap);
        }
        let (middle, weight) = wish(grid, item, counted, middles);
        wanted.push((middle - offset, weight));
        offsets.push(offset);
    }
    for ((&item, level), offset) in items.iter().zip(isotonic(&wanted)).zip(offsets) {
        middles[item] = level + offset;
    }
}

/// Where an item wants to stand, and how much.
fn wish(grid: &Grid, item: usize, counted: Neighbours, middles: &[f64]) -> (f64, f64) {
    let before = grid.before[item]
        .iter()
        .filter(|_| counted != Neighbours::After);
    let neighbours = before.chain(
        grid.after[item]
            .iter()
            .filter(|_| counted != Neighbours::Before),
    );
    let is_passage = |item: usize| matches!(grid.items[item], Item::Passage(_));
    let (mut sum, mut weight) = (0.0, 0.0);
    for &neighbour in neighbours {
        let links = match (is_passage(item), is_passage(neighbour)) {
            (true, true) => 8.0,
            (false, false) => 1.0,
            _ => 2.0,
        };
        sum += links * middles[neighbour];
        weight += links;
    }
    if weight > 0.0 {
        (sum / weight, weight)
    } else {
        // It stays where it is, unless one that has neighbours needs the place.
        (middles[item], 0.01)
    }
}

/// The ascending sequence that is nearest to some wishes, each with its weight, by least squares.
fn isotonic(wanted: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for &(level, weight) in wanted {
        pools.push((level, weight, 1));
        while let [.., (upper, heavy, many), (lower, light, few)] = pools[..]
            && upper > lower
        {
            pools.truncate(pools.len() - 2);
            pools.push((
                (upper * heavy + lower * light) / (heavy + light),
                heavy + light,
                many + few,
            ));
        }
    }
    pools
        .into_iter()
        .flat_map(|(level, _, count)| std::iter::repeat_n(level, count))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_out_of_order_are_pooled() {
        assert_eq!(isotonic(&[(1.0, 1.0), (2.0, 1.0)]), [1.0, 2.0]);
        assert_eq!(isotonic(&[(3.0, 1.0), (1.0, 1.0)]), [2.0, 2.0]);
        assert_eq!(
            isotonic(&[(3.0, 1.0), (0.0, 3.0), (9.0, 1.0)]),
            [0.75, 0.75, 9.0]
        );
        assert_eq!(isotonic(&[]), [0.0; 0]);
    }
}

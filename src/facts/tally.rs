//! Sums of shares as they are written: in decimal digits, where 0.1 + 0.2 + 0.7 is 1.

use std::iter::Sum;
use std::ops::{Add, Sub};

/// A sum of shares, exact to thirty places behind the point.
///
/// ```
/// use hanjung::facts::Tally;
///
/// let sum: Tally = [0.7, 0.2, 0.1].into_iter().map(Tally::of).sum();
/// assert_eq!(sum, Tally::ONE);
/// assert_ne!(0.7 + 0.2 + 0.1, 1.0);
/// assert_eq!((Tally::ONE - Tally::of(0.6)).value(), 0.4);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally(i128);

const PLACES: i32 = 30;

impl Tally {
    /// The whole.
    pub const ONE: Tally = Tally(10_i128.pow(PLACES as u32));

    /// A share from 0 to 1, by the fewest digits that tell it from every other number. What lies
    /// behind the thirtieth place is dropped.
    pub fn of(share: f64) -> Tally {
        if share == 1.0 {
            return Tally::ONE;
        }
        let (digits, exponent) = digits(share);
        let places = PLACES + exponent;
        let power = 10_i128.checked_pow(places.unsigned_abs());
        match (places >= 0, power) {
            (true, Some(power)) => Tally(digits.saturating_mul(power)),
            (false, Some(power)) => Tally(digits / power),
            (true, None) => Tally(i128::MAX),
            (false, None) => Tally(0),
        }
    }

    /// The sum as the nearest number.
    pub fn value(self) -> f64 {
        format!("{}e-{PLACES}", self.0)
            .parse()
            .expect("it is written as a number")
    }
}

/// A number as whole digits and a power of ten.
fn digits(number: f64) -> (i128, i32) {
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let places = mantissa
        .split_once('.')
        .map_or(0, |(_, places)| places.len() as i32);
    let parse = || {
        Some((
            mantissa.replace('.', "").parse().ok()?,
            exponent.parse::<i32>().ok()? - places,
        ))
    };
    parse().unwrap_or_default()
}

/// How many places behind the point the fewest digits take that tell a number from every other.
pub(super) fn places(number: f64) -> i32 {
    (-digits(number).1).max(0)
}

impl Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally(self.0.saturating_add(other.0))
    }
}

impl Sub for Tally {
    type Output = Tally;

    fn sub(self, other: Tally) -> Tally {
        Tally(self.0.saturating_sub(other.0))
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(shares: I) -> Tally {
        shares.fold(Tally::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large() {
        for share in [
            0.0,
            1.0,
            0.4,
            0.197,
            1e-9,
            1.2e-8,
            0.9999999999999999,
            1e-13,
        ] {
            assert_eq!(Tally::of(share).value(), share);
        }
        assert_eq!(Tally::of(1e-300), Tally::default());
        assert_eq!(Tally::of(1e300), Tally(i128::MAX));
        assert_eq!(Tally::of(f64::NAN), Tally::default());
    }

    #[test]
    fn places_behind_the_point() {
        for (number, expected) in [(0.3, 1), (0.334, 3), (1.0, 0), (12.0, 0), (0.000000012, 9)] {
            assert_eq!(places(number), expected, "{number}");
        }
    }
}

//! The values that a field may hold, each parsed at the edge into a type: extents, amounts, dates,
//! passage labels.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::tally::places;

/// A number, as exactly as a document gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Extent {
    /// This number.
    Exactly(f64),
    /// This number or more.
    AtLeast(f64),
    /// This number or less.
    AtMost(f64),
    /// This number, give or take a tenth of it.
    About(f64),
    /// Anything from the first to the second.
    Between(f64, f64),
    /// Only a word, such as "dominant": documented, but not in figures. "sole" is the whole.
    InWords(String),
}

/// The word for a share that is all there is.
const SOLE: &str = "sole";

/// A closed interval of shares, within 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The least it can be.
    pub lo: f64,
    /// The most it can be.
    pub hi: f64,
}

impl Interval {
    /// Nothing is known of the share.
    pub const UNKNOWN: Interval = Interval { lo: 0.0, hi: 1.0 };
    /// The whole.
    pub const WHOLE: Interval = Interval { lo: 1.0, hi: 1.0 };

    /// What all of some intervals allow; where they contradict each other, all that any of them
    /// allows.
    ///
    /// ```
    /// use hanjung::facts::Interval;
    ///
    /// let (wide, narrow) = (Interval { lo: 0.4, hi: 1.0 }, Interval { lo: 0.45, hi: 0.45 });
    /// assert_eq!(Interval::of_all(&[wide, narrow]), narrow);
    /// let other = Interval { lo: 0.2, hi: 0.3 };
    /// assert_eq!(Interval::of_all(&[other, narrow]), Interval { lo: 0.2, hi: 0.45 });
    /// ```
    pub fn of_all(intervals: &[Interval]) -> Interval {
        let fold = |bound: fn(&Interval) -> f64, choose: fn(f64, f64) -> f64| {
            intervals.iter().map(bound).reduce(choose)
        };
        let inner = (
            fold(|i| i.lo, f64::max).unwrap_or(0.0),
            fold(|i| i.hi, f64::min).unwrap_or(1.0),
        );
        let outer = (
            fold(|i| i.lo, f64::min).unwrap_or(0.0),
            fold(|i| i.hi, f64::max).unwrap_or(1.0),
        );
        let (lo, hi) = if inner.0 <= inner.1 { inner } else { outer };
        Interval { lo, hi }
    }
}

impl Extent {
    /// The interval of shares that this allows. A word such as "dominant" says only that the share
    /// is not nothing.
    ///
    /// ```
    /// use hanjung::facts::{Extent, Interval};
    ///
    /// assert_eq!(Extent::AtLeast(0.4).interval(), Interval { lo: 0.4, hi: 1.0 });
    /// ```
    pub fn interval(&self) -> Interval {
        let (lo, hi) = match *self {
            Extent::Exactly(share) => (share, share),
            Extent::AtLeast(share) => (share, 1.0),
            Extent::AtMost(share) => (0.0, share),
            Extent::About(share) => (tidy(share * 0.9), tidy(share * 1.1).min(1.0)),
            Extent::Between(lo, hi) => (lo, hi),
            Extent::InWords(ref words) if words == SOLE => (1.0, 1.0),
            Extent::InWords(_) => (0.0, 1.0),
        };
        Interval { lo, hi }
    }

    /// Half a unit of the last digit in which it is printed: by so much the number may have been
    /// rounded. Shares are printed at least in whole per cent, however few digits are written.
    /// Nothing where the number is not given as a figure, or only roughly.
    ///
    /// ```
    /// use hanjung::facts::Extent;
    ///
    /// assert_eq!(Extent::Exactly(0.334).rounding(), 0.0005);
    /// assert_eq!(Extent::Exactly(0.3).rounding(), 0.005);
    /// assert_eq!(Extent::About(0.3).rounding(), 0.0);
    /// ```
    pub fn rounding(&self) -> f64 {
        match self {
            Extent::About(_) | Extent::InWords(_) => 0.0,
            _ => self
                .numbers()
                .map(|number| tidy(0.5 * 0.1_f64.powi(places(number).max(2))))
                .fold(0.0, f64::max),
        }
    }

    /// Its numbers, the smaller bound first where there are two.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        let (first, second) = match *self {
            Extent::Exactly(n) | Extent::AtLeast(n) | Extent::AtMost(n) | Extent::About(n) => {
                (Some(n), None)
            }
            Extent::Between(lo, hi) => (Some(lo), Some(hi)),
            Extent::InWords(_) => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The word, where there is no number.
    pub fn words(&self) -> Option<&str> {
        match self {
            Extent::InWords(words) => Some(words),
            _ => None,
        }
    }

    /// Whether it is given as a figure, or in a word that counts as one: "sole" is the whole.
    pub fn is_figure(&self) -> bool {
        self.words().is_none_or(|words| words == SOLE)
    }

    /// The share in per cent: `at least 40 %`.
    pub fn as_percent(&self) -> String {
        self.describe(&|share| format!("{} %", written(percent(share))))
    }

    fn describe(&self, number: &dyn Fn(f64) -> String) -> String {
        match self {
            Extent::Exactly(n) => number(*n),
            Extent::AtLeast(n) => format!("at least {}", number(*n)),
            Extent::AtMost(n) => format!("at most {}", number(*n)),
            Extent::About(n) => format!("about {}", number(*n)),
            Extent::Between(lo, hi) => format!("{} to {}", number(*lo), number(*hi)),
            Extent::InWords(words) => format!("“{words}”"),
        }
    }
}

/// A product without the noise of binary fractions: 0.3 · 0.9 is 0.27.
fn tidy(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// A share in per cent, with all its digits and no others: 0.197 is 19.7.
///
/// ```
/// use hanjung::facts::percent;
///
/// assert_eq!(percent(0.197), 19.7);
/// assert_eq!(percent(0.000000012).to_string(), "0.0000012");
/// ```
pub fn percent(share: f64) -> f64 {
    format!("{share:e}")
        .split_once('e')
        .and_then(|(digits, exponent)| {
            format!("{digits}e{}", exponent.parse::<i32>().ok()? + 2)
                .parse()
                .ok()
        })
        .unwrap_or(share * 100.0)
}

/// A number with its unit: 4.309 billion USD.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// The number.
    pub number: Extent,
    /// The unit, with its scale: `billion USD`, `GWh`, `%`.
    pub unit: String,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = &self.unit;
        f.write_str(
            &self
                .number
                .describe(&|number| format!("{} {unit}", grouped(number))),
        )?;
        if self.number.words().is_some() {
            write!(f, " {unit}")
        } else {
            Ok(())
        }
    }
}

/// Smaller numbers than this are written with a power of ten.
const SMALLEST_WRITTEN_OUT: f64 = 1e-9;

/// A number with all its digits; -0 is 0, and what would begin with many zeros is written with a
/// power of ten.
///
/// ```
/// use hanjung::facts::written;
///
/// assert_eq!(written(19.7), "19.7");
/// assert_eq!(written(1.2e-20), "1.2e-20");
/// assert_eq!(written(-0.0), "0");
/// ```
pub fn written(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else if number.abs() < SMALLEST_WRITTEN_OUT {
        format!("{number:e}")
    } else {
        format!("{number}")
    }
}

/// A number with commas between thousands: 1545 is `1,545`. Years do not pass through here.
fn grouped(number: f64) -> String {
    let text = written(number);
    if text.contains('e') {
        return text;
    }
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let groups: Vec<_> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| String::from_utf8_lossy(group))
        .collect();
    let fraction = fraction
        .map(|fraction| format!(".{fraction}"))
        .unwrap_or_default();
    format!("{sign}{}{fraction}", groups.join(","))
}

/// A day, month, quarter, half-year or year.
///
/// ```
/// use hanjung::facts::Date;
///
/// let november = Date::parse("2023-11").unwrap();
/// assert_eq!(november.to_string(), "2023-11");
/// assert!(november.first_day() < Date::parse("2023-12-01").unwrap().first_day());
/// assert!(Date::parse("2023-13").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    year: u16,
    part: YearPart,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
enum YearPart {
    Year,
    Half(u8),
    Quarter(u8),
    Month(u8),
    Day(u8, u8),
}

impl Date {
    /// Reads `2023`, `2023-H1`, `2023-Q4`, `2023-12` or `2023-12-01`. A day that does not exist is
    /// no date.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let part = match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => YearPart::Year,
            (Some(part), None, _) => parse_year_part(part)?,
            (Some(month), Some(day), None) => {
                let (month, day) = (digits(month, 2)? as u8, digits(day, 2)? as u8);
                let exists = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
                exists.then_some(YearPart::Day(month, day))?
            }
            _ => return None,
        };
        Some(Date { year, part })
    }

    /// The first day it covers, as (year, month, day).
    pub fn first_day(self) -> (u16, u8, u8) {
        let (month, day) = match self.part {
            YearPart::Year => (1, 1),
            YearPart::Half(half) => (half * 6 - 5, 1),
            YearPart::Quarter(quarter) => (quarter * 3 - 2, 1),
            YearPart::Month(month) => (month, 1),
            YearPart::Day(month, day) => (month, day),
        };
        (self.year, month, day)
    }

    /// The last day it covers, as (year, month, day).
    pub fn last_day(self) -> (u16, u8, u8) {
        let month = match self.part {
            YearPart::Year => 12,
            YearPart::Half(half) => half * 6,
            YearPart::Quarter(quarter) => quarter * 3,
            YearPart::Month(month) => month,
            YearPart::Day(month, day) => return (self.year, month, day),
        };
        (self.year, month, days_in(self.year, month))
    }
}

fn parse_year_part(text: &str) -> Option<YearPart> {
    let part = match text.as_bytes() {
        [b'Q', _] => {
            YearPart::Quarter(digits(&text[1..], 1).filter(|n| (1..=4).contains(n))? as u8)
        }
        [b'H', _] => YearPart::Half(digits(&text[1..], 1).filter(|n| (1..=2).contains(n))? as u8),
        _ => YearPart::Month(digits(text, 2).filter(|n| (1..=12).contains(n))? as u8),
    };
    Some(part)
}

fn digits(text: &str, count: usize) -> Option<u16> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.part {
            YearPart::Year => write!(f, "{year:04}"),
            YearPart::Half(half) => write!(f, "{year:04}-H{half}"),
            YearPart::Quarter(quarter) => write!(f, "{year:04}-Q{quarter}"),
            YearPart::Month(month) => write!(f, "{year:04}-{month:02}"),
            YearPart::Day(month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// The time from one date to another; both may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// Where it begins.
    pub from: Date,
    /// Where it ends.
    pub to: Date,
}

impl Period {
    /// Reads a date, or two with a `/` between them.
    pub fn parse(text: &str) -> Option<Period> {
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        Some(Period {
            from: Date::parse(from)?,
            to: Date::parse(to)?,
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            self.from.fmt(f)
        } else {
            write!(f, "{} to {}", self.from, self.to)
        }
    }
}

/// Whether a text is a passage label: `p6`, `III.2 p1`, `III.2`.
pub fn is_passage_label(text: &str) -> bool {
    let is_paragraph = |word: &str| word.strip_prefix('p').is_some_and(is_number);
    match text.split_once(' ') {
        Some((section, paragraph)) => is_section(section) && is_paragraph(paragraph),
        None => is_paragraph(text) || is_section(text),
    }
}

fn is_section(text: &str) -> bool {
    text.split('.').all(|part| {
        is_number(part) || (!part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase()))
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Writes out a range of passage labels: `p1..p3` is p1, p2, p3; any other label stands for itself,
/// and so does a range that runs backwards or from one section to another.
pub fn expand_passages(label: &str) -> Vec<String> {
    match passage_range(label) {
        Some((section, numbers)) => numbers
            .map(|number| format!("{section}p{number}"))
            .collect(),
        None => vec![label.to_string()],
    }
}

/// For how many passages a range stands; nothing for what is no range.
pub fn range_length(label: &str) -> usize {
    passage_range(label).map_or(0, |(_, numbers)| numbers.count())
}

/// The section of a range of passage labels, and the numbers of its paragraphs.
fn passage_range(label: &str) -> Option<(&str, RangeInclusive<u16>)> {
    let (from, to) = label.split_once("..")?;
    let (section, first) = from.rsplit_once('p')?;
    let last = to.strip_prefix(section).unwrap_or(to);
    let last = last.strip_prefix('p').unwrap_or(last);
    let (first, last) = (first.parse::<u16>().ok()?, last.parse::<u16>().ok()?);
    (first <= last).then_some((section, first..=last))
}

/// Writes labels shorter: those that follow each other as a range.
pub fn as_ranges(labels: &[String]) -> Vec<String> {
    let follows = |a: &String, b: &String| {
        let numbered = |label: &str| {
            label
                .rsplit_once('p')
                .and_then(|(s, n)| Some((s.to_owned(), n.parse::<u16>().ok()?)))
        };
        matches!((numbered(a), numbered(b)), (Some((a, n)), Some((b, m))) if a == b && n.checked_add(1) == Some(m))
    };
    let runs = labels.chunk_by(follows);
    runs.map(|run| {
        if let [first, .., last] = run {
            format!("{first}..{}", paragraph(last))
        } else {
            run.concat()
        }
    })
    .collect()
}

/// A passage label without its section.
fn paragraph(label: &str) -> &str {
    label
        .rsplit_once(' ')
        .map_or(label, |(_, paragraph)| paragraph)
}

/// Whether a text is kebab-case: small letters and digits, single hyphens between.
pub fn is_kebab_case(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for good in [
            "2023",
            "2023-12",
            "2024-02-29",
            "2025-H2",
            "2025-Q4",
            "2023-12-01",
        ] {
            assert_eq!(
                Date::parse(good).map(|date| date.to_string()).as_deref(),
                Some(good)
            );
        }
        for bad in [
            "",
            "23",
            "2023-1",
            "2023-02-29",
            "2023-Q5",
            "2023-H0",
            "2023-12-01-1",
            "December",
            "２０２３",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert_eq!(Date::parse("2025-H1").unwrap().last_day(), (2025, 6, 30));
    }

    #[test]
    fn passages() {
        for good in ["p6", "III.2 p1", "III.2", "III", "4.1 p12", "A p1"] {
            assert!(is_passage_label(good), "{good}");
        }
        for bad in ["", "page 6", "p", "p6 ", "III.2 1", "III..2 p1", "iii p1"] {
            assert!(!is_passage_label(bad), "{bad}");
        }
        assert_eq!(expand_passages("p8..p10"), ["p8", "p9", "p10"]);
        assert_eq!(expand_passages("I.1 p1..p2"), ["I.1 p1", "I.1 p2"]);
        for alone in ["III.2", "p3..p1", "I.1 p1..II.2 p3", "p1..", ".."] {
            assert_eq!(expand_passages(alone), [alone]);
        }
        let labels = ["p1", "p3", "p4", "p5", "I p5", "I p6", "II", "p7"].map(str::to_owned);
        assert_eq!(as_ranges(&labels), ["p1", "p3..p5", "I p5..p6", "II", "p7"]);
        assert_eq!((range_length("p8..p10"), range_length("p8")), (3, 0));
    }

    #[test]
    fn numbers_in_words() {
        assert_eq!(Extent::AtLeast(0.4).as_percent(), "at least 40 %");
        assert_eq!(Extent::Exactly(0.197).as_percent(), "19.7 %");
        let amount = |number, unit: &str| {
            Amount {
                number,
                unit: unit.into(),
            }
            .to_string()
        };
        assert_eq!(amount(Extent::Exactly(1545.0), "GWh"), "1,545 GWh");
        assert_eq!(
            amount(Extent::AtLeast(1.4), "trillion KRW"),
            "at least 1.4 trillion KRW"
        );
        assert_eq!(
            amount(Extent::Exactly(-1234567.5), "USD"),
            "-1,234,567.5 USD"
        );
        assert_eq!(
            amount(Extent::InWords("thousands".into()), "people"),
            "“thousands” people"
        );
    }

    #[test]
    fn ids() {
        for (id, good) in [
            ("sk-hynix", true),
            ("l-and-f", true),
            ("SK", false),
            ("a--b", false),
            ("-a", false),
            ("", false),
        ] {
            assert_eq!(is_kebab_case(id), good, "{id}");
        }
    }
}

//! Which days, months and years a passage gives: in figures or words, or by way of the date of its
//! document.
//!
//! A time is found where it stands ("3 June 2025", "Q4 2023", "2025年上半年"), or follows from the
//! document's date ("last year", "the 22nd", "Tuesday"), or is counted from that or from another in
//! the sentence ("30 years ago", "four consecutive months until May"). A month or quarter without a
//! year is the latest of that name, or the next if it is near.

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization;

use super::words::{Word, words};
use crate::facts::{Date, Document, Period};
use crate::request::MONTHS;

type Day = (u16, u8, u8);

/// All days from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    first: Day,
    last: Day,
}

/// A month by its number, counted from year 0 on.
type Month = i32;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum TimeUnit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

/// So many of a unit: "four consecutive months", "30 years ago".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Count {
    number: i32,
    unit: TimeUnit,
    from: Base,
    /// Whether the time that is counted from is one of them, as in "four consecutive months".
    is_inclusive: bool,
    sentence: usize,
}

/// From where, and which way, is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Base {
    /// Back from the time of the document: "30 years ago".
    Ago,
    /// On from it: "the next five years".
    Ahead,
    /// Up to it: "the past three months".
    Past,
    /// Either way from it, or from another time in the sentence.
    Any,
}

/// A part of a year: from the day of one month to that of another; without days, of all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct MonthRange {
    from: (u8, Option<u8>),
    to: (u8, Option<u8>),
}

/// When a document may have been written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WritingTime {
    days: Option<Span>,
    /// The months that it may call this one, the first and the last.
    months: Option<(Month, Month)>,
}

/// The times of a passage.
#[derive(Debug)]
pub(super) struct Times {
    written: WritingTime,
    /// Each with its sentence.
    spans: Vec<(Span, usize)>,
    counts: Vec<Count>,
}

/// Found times, and the word behind them.
type Parsed<T> = Option<(T, usize)>;

const WEEKDAYS: [&str; 7] = [
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
];
const CARDINALS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];
const TENS: [&str; 4] = ["twenty", "thirty", "forty", "fifty"];
const ORDINALS: [&str; 5] = ["", "first", "second", "third", "fourth"];
const UNITS: [(&str, TimeUnit); 6] = [
    ("day", TimeUnit::Day),
    ("week", TimeUnit::Week),
    ("month", TimeUnit::Month),
    ("quarter", TimeUnit::Quarter),
    ("year", TimeUnit::Year),
    ("decade", TimeUnit::Decade),
];

/// Words that say which of its kind a time is, by how many it is away.
const WHICH: &[(&str, i32)] = &[
    ("this", 0),
    ("current", 0),
    ("the", 0),
    ("last", -1),
    ("previous", -1),
    ("preceding", -1),
    ("prior", -1),
    ("past", -1),
    ("next", 1),
    ("coming", 1),
    ("upcoming", 1),
    ("following", 1),
];

/// Words that may stand between a part of a year and the year.
const BETWEEN: &[&str] = &[
    "of",
    "in",
    "the",
    "for",
    "fiscal",
    "financial",
    "report",
    "result",
    "earning",
    "same",
    "period",
    "end",
];
const JOINS: &[&str] = &["to", "and", "through", "until", "till"];
/// Words that may stand between a number and the unit counted.
const COUNTED: &[&str] = &[
    "consecutive",
    "straight",
    "successive",
    "full",
    "more",
    "whole",
    "further",
    "long",
];
/// Words before a bare day of the month.
const BEFORE_DAY: &[&str] = &[
    "the", "on", "from", "to", "and", "until", "since", "by", "of",
];

/// Korean and Chinese words for times; where one is part of another, the longer first.
const PHRASES: &[(&str, &str)] = &[
    ("去年同期", "same period last year"),
    ("전년 동기", "same period last year"),
    ("지난해 같은 기간", "same period last year"),
    ("前三季度", "first nine months"),
    ("今年", "this year"),
    ("올해", "this year"),
    ("금년", "this year"),
    ("去年", "last year"),
    ("재작년", "year before last"),
    ("지난해", "last year"),
    ("작년", "last year"),
    ("前年", "year before last"),
    ("明年", "next year"),
    ("내년", "next year"),
    ("上半年", "first half"),
    ("상반기", "first half"),
    ("下半年", "second half"),
    ("하반기", "second half"),
    ("上个月", "last month"),
    ("上個月", "last month"),
    ("上月", "last month"),
    ("지난달", "last month"),
    ("下个月", "next month"),
    ("下個月", "next month"),
    ("下月", "next month"),
    ("다음 달", "next month"),
    ("다음달", "next month"),
    ("本月", "this month"),
    ("이번 달", "this month"),
    ("이달", "this month"),
    ("个月", "month"),
    ("個月", "month"),
    ("개월", "month"),
    ("年前", "year ago"),
    ("년 전", "year ago"),
    ("第一季度", "first quarter"),
    ("第二季度", "second quarter"),
    ("第三季度", "third quarter"),
    ("第四季度", "fourth quarter"),
    ("一季度", "first quarter"),
    ("二季度", "second quarter"),
    ("三季度", "third quarter"),
    ("四季度", "fourth quarter"),
    ("분기", "季度"),
    ("昨天", "yesterday"),
    ("昨日", "yesterday"),
    ("어제", "yesterday"),
    ("今天", "today"),
    ("今日", "today"),
    ("오늘", "today"),
    ("明天", "tomorrow"),
    ("내일", "tomorrow"),
    ("星期日", "Sunday"),
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("周日", "Sunday"),
    ("周一", "Monday"),
    ("周二", "Tuesday"),
    ("周三", "Wednesday"),
    ("周四", "Thursday"),
    ("周五", "Friday"),
    ("周六", "Saturday"),
    ("일요일", "Sunday"),
    ("월요일", "Monday"),
    ("화요일", "Tuesday"),
    ("수요일", "Wednesday"),
    ("목요일", "Thursday"),
    ("금요일", "Friday"),
    ("토요일", "Saturday"),
];

/// Years that a bare number may be.
const YEARS: RangeInclusive<u32> = 1900..=2100;
/// A document that may be of more months than these has no last year.
const MOST_MONTHS: Month = 60;
/// So many months ahead a month without a year may lie.
const NEAR: Month = 6;

impl WritingTime {
    /// When a document may have been written; unknown where it is undated and nothing is said of
    /// its days.
    pub fn of(document: &Document) -> Self {
        let (from, to) = (
            document.date.or(document.earliest),
            document.date.or(document.latest),
        );
        let days = from.zip(to).map(|(from, to)| Span::of(Period { from, to }));
        let this_month = document.this_month.map(|month| {
            Span::of(Period {
                from: month,
                to: month,
            })
        });
        WritingTime::on(days, this_month)
    }

    fn on(days: Option<Span>, this_month: Option<Span>) -> Self {
        let months = this_month
            .or(days)
            .map(|span| (month_of(span.first), month_of(span.last)));
        WritingTime {
            days,
            months: months.filter(|(first, last)| (0..MOST_MONTHS).contains(&(last - first))),
        }
    }

    /// The months that it may call this one.
    fn months(self) -> impl Iterator<Item = Month> {
        self.months
            .into_iter()
            .flat_map(|(first, last)| first..=last)
    }

    /// The only month that it may call this one.
    fn month(self) -> Option<Span> {
        self.months
            .filter(|(first, last)| first == last)
            .map(|(month, _)| Span::of_month(month))
    }

    /// What is counted from where nothing else is said.
    fn counted_from(self, unit: TimeUnit) -> Vec<Span> {
        match unit.months() {
            Some(_) => self.months().map(Span::of_month).collect(),
            None => self.day().map(Span::of_day).into_iter().collect(),
        }
    }

    fn years(self) -> Vec<i32> {
        let mut years: Vec<i32> = self.months().map(|month| month.div_euclid(12)).collect();
        years.dedup();
        years
    }

    /// The day, where it is known.
    fn day(self) -> Option<Day> {
        self.days
            .filter(|span| span.is_day())
            .map(|span| span.first)
    }

    /// Whether the month of its date is the one that it calls this one.
    fn looks_on_its_own_month(self) -> bool {
        self.days
            .zip(self.month())
            .is_some_and(|(days, month)| month.has(days))
    }

    /// Whether a time is that of the document: it has all days that it may be of, or the month that
    /// it calls this one, or is the first or the last of its days.
    fn is_in(self, time: Span) -> bool {
        let is_end =
            |own: Span| time.is_day() && (time.first == own.first || time.first == own.last);
        let is_own = self.days.is_some_and(|own| time.has(own) || is_end(own));
        is_own || self.month().is_some_and(|month| time.has(month))
    }
}

impl Times {
    /// Reads a passage of a document.
    pub fn read(text: &str, written: WritingTime) -> Self {
        let text = unparted(text);
        let reader = TimeReader {
            words: &words(&text),
            written,
        };
        let (mut times, mut at) = (
            Times {
                written,
                spans: Vec::new(),
                counts: Vec::new(),
            },
            0,
        );
        while at < reader.words.len() {
            at = times.take(&reader, at);
        }
        if reader.has_same_period() {
            let year_before: Vec<_> = times
                .spans
                .iter()
                .map(|(span, at)| (span.shifted(-12), *at))
                .collect();
            times.spans.extend(year_before);
        }
        times.without_repeats()
    }

    /// Each time and count once, so that a long passage that says the same over and over takes no
    /// longer.
    fn without_repeats(mut self) -> Self {
        self.spans.sort_unstable();
        self.spans.dedup();
        self.counts.sort_unstable();
        self.counts.dedup();
        self
    }

    /// Takes what stands at a word, and tells the word behind it.
    fn take(&mut self, reader: &TimeReader, at: usize) -> usize {
        if let Some((spans, after)) = reader.time_at(at) {
            self.spans.extend(
                spans
                    .into_iter()
                    .map(|span| (span, reader.words[at].sentence)),
            );
            return after;
        }
        self.counts.extend(reader.count_at(at));
        at + 1
    }

    /// Whether the passage gives a date, or it follows from what it gives.
    pub fn give(&self, date: Date) -> bool {
        self.has(Span::of(Period {
            from: date,
            to: date,
        }))
    }

    /// Whether a date is that of the document.
    pub fn are_written_in(&self, date: Date) -> bool {
        self.written.is_in(Span::of(Period {
            from: date,
            to: date,
        }))
    }

    /// Whether the passage gives a period, or both of its ends.
    pub fn give_period(&self, period: Period) -> bool {
        self.has(Span::of(period)) || self.give(period.from) && self.give(period.to)
    }

    fn has(&self, span: Span) -> bool {
        let is_found = self.spans.iter().any(|(found, _)| *found == span);
        is_found
            || self
                .counts
                .iter()
                .any(|count| self.is_counted(*count, span))
    }

    /// Whether a time is so many units from that of the document, or from another in the sentence.
    fn is_counted(&self, count: Count, span: Span) -> bool {
        let own = self.written.counted_from(count.unit).into_iter();
        let others = self
            .spans
            .iter()
            .filter(|(_, at)| count.from == Base::Any && *at == count.sentence);
        let mut bases = own.chain(others.map(|(span, _)| *span));
        bases.any(|base| count.reaches(base, span))
    }
}

impl Count {
    /// Whether it leads from one time to another.
    fn reaches(self, base: Span, wanted: Span) -> bool {
        let steps = self.steps();
        let mut bases = [base, self.unit.around(base)].into_iter();
        bases.any(|base| {
            steps
                .iter()
                .any(|step| self.unit.shifted(base, *step) == wanted)
        })
    }

    fn steps(self) -> Vec<i32> {
        let far = self.number - i32::from(self.is_inclusive);
        match self.from {
            Base::Ago => vec![-far],
            Base::Ahead => vec![far],
            Base::Past => vec![-self.number, 1 - self.number, 0],
            Base::Any => vec![-far, far],
        }
    }
}

impl TimeUnit {
    const fn months(self) -> Option<i32> {
        match self {
            TimeUnit::Day | TimeUnit::Week => None,
            TimeUnit::Month => Some(1),
            TimeUnit::Quarter => Some(3),
            TimeUnit::Year => Some(12),
            TimeUnit::Decade => Some(120),
        }
    }

    /// The unit in which a time begins.
    fn around(self, span: Span) -> Span {
        let month = month_of(span.first);
        match self {
            TimeUnit::Day | TimeUnit::Week => span,
            TimeUnit::Month => Span::of_month(month),
            TimeUnit::Quarter => Span::of_months(month - month.rem_euclid(3), 3),
            TimeUnit::Year | TimeUnit::Decade => Span::of_months(month - month.rem_euclid(12), 12),
        }
    }

    fn shifted(self, span: Span, steps: i32) -> Span {
        match self.months() {
            Some(months) => span.shifted(months * steps),
            None => span.moved(steps * if self == TimeUnit::Week { 7 } else { 1 }),
        }
    }
}

impl Span {
    fn of(period: Period) -> Self {
        Span {
            first: period.from.first_day(),
            last: period.to.last_day(),
        }
    }

    fn of_day(day: Day) -> Self {
        Span {
            first: day,
            last: day,
        }
    }

    fn of_month(month: Month) -> Self {
        Span::of_months(month, 1)
    }

    fn of_months(month: Month, count: i32) -> Self {
        Span {
            first: day_in(month, 1),
            last: day_in(month + count - 1, 31),
        }
    }

    fn is_day(self) -> bool {
        self.first == self.last
    }

    fn has(self, other: Span) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    fn shifted(self, months: i32) -> Self {
        let is_end = day_in(month_of(self.last), 31) == self.last && !self.is_day();
        let last = if is_end { 31 } else { self.last.2 };
        Span {
            first: day_in(month_of(self.first) + months, self.first.2),
            last: day_in(month_of(self.last) + months, last),
        }
    }

    fn moved(self, days: i32) -> Self {
        Span {
            first: moved(self.first, days),
            last: moved(self.last, days),
        }
    }
}

fn month_of((year, month, _): Day) -> Month {
    Month::from(year) * 12 + Month::from(month) - 1
}

/// A day of a month, or the last that it has.
fn day_in(month: Month, day: u8) -> Day {
    let (year, month) = (
        month.div_euclid(12).clamp(0, 9999),
        month.rem_euclid(12) + 1,
    );
    let last = Date::parse(&format!("{year:04}-{month:02}")).map_or(28, |month| month.last_day().2);
    (year as u16, month as u8, day.min(last))
}

/// The day so many days on.
fn moved(mut day: Day, days: i32) -> Day {
    for _ in 0..days.unsigned_abs().min(1000) {
        let (month, is_back) = (month_of(day), days < 0);
        day = match day_in(month, 31).2 {
            _ if is_back && day.2 == 1 => day_in(month - 1, 31),
            _ if is_back => (day.0, day.1, day.2 - 1),
            last if day.2 == last => day_in(month + 1, 1),
            _ => (day.0, day.1, day.2 + 1),
        };
    }
    day
}

/// The day of the week, from Sunday on; Sakamoto's method.
fn weekday((year, month, day): Day) -> usize {
    const SHIFTS: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = 400 + usize::from(year) - usize::from(month < 3);
    (year + year / 4 - year / 100 + year / 400 + SHIFTS[usize::from(month) - 1] + usize::from(day))
        % 7
}

/// A text with Korean and Chinese words for times in English, and the signs behind figures set
/// apart.
fn unparted(text: &str) -> String {
    let text: String = text.nfkc().collect();
    let text = PHRASES.iter().fold(text, |text, (words, english)| {
        text.replace(words, &format!(" {english} "))
    });
    let mut apart = String::with_capacity(text.len());
    let mut is_figure = false;
    for c in text.chars() {
        match c {
            '年' | '月' | '日' | '号' | '년' | '월' | '일' if is_figure => {
                apart.extend([' ', c, ' '])
            }
            c => apart.push(c),
        }
        is_figure = c.is_ascii_digit();
    }
    apart
}

struct TimeReader<'w> {
    words: &'w [Word],
    written: WritingTime,
}

impl TimeReader<'_> {
    fn stem(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.stem)
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.stem(before))
    }

    fn is_any(&self, at: usize, of: &[&str]) -> bool {
        of.contains(&self.stem(at))
    }

    fn figure(&self, at: usize) -> Option<u32> {
        let stem = self.stem(at);
        stem.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| stem.parse().ok())?
    }

    /// The times at a word, and the word behind them.
    fn time_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let in_figures = self.iso_at(at).or_else(|| self.year_and_part_at(at));
        let in_words = || {
            self.part_and_year_at(at)
                .or_else(|| self.years_at(at))
                .or_else(|| self.relative_at(at))
        };
        in_figures
            .or_else(in_words)
            .or_else(|| self.days_at(at))
            .or_else(|| self.weekday_at(at))
    }

    /// `2023-12-01` and `2023-12`.
    fn iso_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let two = |at| self.figure(at).filter(|_| self.stem(at).len() == 2);
        let (year, month) = (self.year_number(at)?, two(at + 1)?);
        let date = |text: &str| {
            Date::parse(text).map(|date| {
                Span::of(Period {
                    from: date,
                    to: date,
                })
            })
        };
        let day = two(at + 2).and_then(|day| date(&format!("{year}-{month:02}-{day:02}")));
        match day {
            Some(day) => Some((vec![day], at + 3)),
            None => Some((vec![date(&format!("{year}-{month:02}"))?], at + 2)),
        }
    }

    fn year_number(&self, at: usize) -> Option<u32> {
        self.figure(at)
            .filter(|year| YEARS.contains(year) && self.stem(at).len() == 4)
    }

    /// A year, or several that one word may mean.
    fn year_at(&self, at: usize) -> Parsed<Vec<i32>> {
        if let Some(year) = self.year_number(at) {
            return Some((
                vec![year as i32],
                at + 1 + usize::from(self.is_any(at + 1, &["年", "년"])),
            ));
        }
        let (away, after) = match [at, at + 1, at + 2].map(|at| self.stem(at)) {
            ["year", "before", "last"] => (-2, at + 3),
            ["year", "after", "next"] => (2, at + 3),
            ["year", "end", _] => (0, at + 2),
            [which, "year", _] => (which_one(which)?, at + 2),
            _ => return None,
        };
        Some((
            self.written
                .years()
                .into_iter()
                .map(|year| year + away)
                .collect(),
            after,
        ))
    }

    fn years_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let (years, after) = self.year_at(at)?;
        Some((
            years
                .into_iter()
                .map(|year| Span::of_months(year * 12, 12))
                .collect(),
            after,
        ))
    }

    /// `2025年上半年`, "last year's fourth quarter".
    fn year_and_part_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let (years, after) = self.year_at(at)?;
        let (parts, end) = self
            .parts_at(after)
            .filter(|_| self.is_one_sentence(at, after))?;
        let has_own = self.year_behind(end).is_some();
        (!has_own).then(|| (spans_of(&parts, &years), end))
    }

    /// "Q4 2023", "December last year", "in March".
    fn part_and_year_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let (parts, after) = self.parts_at(at)?;
        if let Some((years, end)) = self.year_behind(after) {
            return Some((spans_of(&parts, &years), end));
        }
        let named = which_one(self.before(at)).filter(|_| self.before(at) != "the");
        let spans = parts
            .iter()
            .flat_map(|part| self.nearest(*part, named))
            .collect();
        Some((spans, after))
    }

    /// The year behind a part of it.
    fn year_behind(&self, at: usize) -> Parsed<Vec<i32>> {
        let is_between =
            |&place: &usize| self.is_any(place, BETWEEN) && self.year_at(place).is_none();
        let place = (at..at + 4).find(|place| !is_between(place))?;
        self.year_at(place)
            .filter(|_| place == 0 || self.is_one_sentence(at - 1, place))
    }

    fn is_one_sentence(&self, from: usize, to: usize) -> bool {
        let sentence = |at: usize| self.words.get(at).map(|word| word.sentence);
        sentence(from) == sentence(to)
    }

    /// The parts of years without one that a document may mean: the latest of that name and, where
    /// it is near, the next; or as "last", "this" and "next" say.
    fn nearest(&self, part: MonthRange, named: Option<i32>) -> Vec<Span> {
        let now: Vec<Month> = self.written.months().collect();
        let years = self
            .written
            .years()
            .into_iter()
            .flat_map(|year| year - 1..=year + 1);
        let start = |year: i32| year * 12 + i32::from(part.from.0) - 1;
        let is_meant = |year: &i32| {
            now.iter().any(|now| match start(*year) - now {
                away if away > 0 => away <= NEAR || named == Some(1) && away <= 12,
                away => away > -12 && named != Some(1),
            })
        };
        spans_of(&[part], &years.filter(is_meant).collect::<Vec<_>>())
    }

    /// A part of a year; of a stretch also both ends.
    fn parts_at(&self, at: usize) -> Parsed<Vec<MonthRange>> {
        let (first, after) = self.part_at(at)?;
        let join = after + usize::from(self.is_any(after, JOINS));
        let Some((second, end)) = self
            .part_at(join)
            .filter(|_| self.is_one_sentence(at, join))
        else {
            return Some((vec![first], after));
        };
        let stretch = MonthRange {
            from: first.from,
            to: second.to,
        };
        let is_forward = first.from.0 <= second.from.0;
        Some((
            if is_forward {
                vec![first, second, stretch]
            } else {
                vec![first]
            },
            if is_forward { end } else { after },
        ))
    }

    fn part_at(&self, at: usize) -> Parsed<MonthRange> {
        let day = self
            .month_and_day_at(at)
            .or_else(|| self.day_and_month_at(at))
            .or_else(|| self.month_at(at));
        day.or_else(|| self.quarter_at(at))
            .or_else(|| self.half_at(at))
            .or_else(|| self.first_months_at(at))
    }

    fn month_number(&self, at: usize) -> Parsed<u8> {
        let word = self.words.get(at)?;
        if let Some(month) = self.figure(at).filter(|month| (1..=12).contains(month)) {
            return self
                .is_any(at + 1, &["月", "월"])
                .then_some((month as u8, at + 2));
        }
        let is_short = word.stem.len() == 3 || word.stem == "sept";
        let is_it = |name: &&str| *name == word.stem || is_short && name.starts_with(&word.stem);
        let place = MONTHS.iter().position(is_it);
        place
            .filter(|_| word.is_capital)
            .map(|place| (place as u8 + 1, at + 1))
    }

    fn month_at(&self, at: usize) -> Parsed<MonthRange> {
        self.month_number(at)
            .map(|(month, after)| (MonthRange::of(month, month), after))
    }

    /// A day of the month: `22`, `22nd`, `22日`.
    fn day_number(&self, at: usize) -> Parsed<u8> {
        let day = self.figure(at).filter(|day| (1..=31).contains(day))?;
        let has_ending = self.is_any(at + 1, &["st", "nd", "rd", "th", "日", "일", "号"]);
        Some((day as u8, at + 1 + usize::from(has_ending)))
    }

    fn month_and_day_at(&self, at: usize) -> Parsed<MonthRange> {
        let (month, after) = self.month_number(at)?;
        let (day, after) = self.day_number(after)?;
        let join = after + usize::from(self.is_any(after, JOINS));
        let to = self
            .day_number(join)
            .filter(|(to, end)| *to > day && join < *end && !self.is_figure_on(*end));
        let (to, after) = to.map_or((day, after), |(to, end)| (to, end));
        Some((
            MonthRange {
                from: (month, Some(day)),
                to: (month, Some(to)),
            },
            after,
        ))
    }

    fn is_figure_on(&self, at: usize) -> bool {
        self.is_any(at, &["million", "billion", "trillion", "percent"])
    }

    fn day_and_month_at(&self, at: usize) -> Parsed<MonthRange> {
        let (days, after) = self.day_list_at(at)?;
        let (month, end) = self.month_number(after + usize::from(self.is_any(after, &["of"])))?;
        let ends = days.first().zip(days.last());
        ends.map(|(from, to)| {
            (
                MonthRange {
                    from: (month, Some(*from)),
                    to: (month, Some(*to)),
                },
                end,
            )
        })
    }

    /// A day of the month, or the first and the last of several.
    fn day_list_at(&self, at: usize) -> Parsed<Vec<u8>> {
        let (first, after) = self.day_number(at)?;
        let join = after + usize::from(self.is_any(after, JOINS));
        match self.day_number(join).filter(|(last, _)| *last > first) {
            Some((last, end)) => Some((vec![first, last], end)),
            None => Some((vec![first], after)),
        }
    }

    fn quarter_at(&self, at: usize) -> Parsed<MonthRange> {
        let (number, after) = match [at, at + 1].map(|at| self.stem(at)) {
            ["q", _] => (self.figure(at + 1)?, at + 2),
            [_, "q" | "季度"] => (self.figure(at)?, at + 2),
            _ => self.ordinal_of(at, "quarter")?,
        };
        let quarter = u8::try_from(number)
            .ok()
            .filter(|quarter| (1..=4).contains(quarter))?;
        Some((MonthRange::of(quarter * 3 - 2, quarter * 3), after))
    }

    fn half_at(&self, at: usize) -> Parsed<MonthRange> {
        let (number, after) = match [at, at + 1].map(|at| self.stem(at)) {
            ["h", _] => (self.figure(at + 1)?, at + 2),
            [_, "h"] => (self.figure(at)?, at + 2),
            ["latter", "half"] => (2, at + 2),
            _ => self.ordinal_of(at, "half")?,
        };
        let half = u8::try_from(number)
            .ok()
            .filter(|half| (1..=2).contains(half))?;
        Some((MonthRange::of(half * 6 - 5, half * 6), after))
    }

    fn ordinal_of(&self, at: usize, what: &str) -> Parsed<u32> {
        let (number, after) = match ORDINALS
            .iter()
            .position(|word| *word == self.stem(at) && !word.is_empty())
        {
            Some(number) => (number as u32, at + 1),
            None => (self.figure(at)?, at + 2),
        };
        (self.stem(after) == what).then_some((number, after + 1))
    }

    /// "The first nine months".
    fn first_months_at(&self, at: usize) -> Parsed<MonthRange> {
        let (count, after) = self
            .number_at(at + 1)
            .filter(|_| self.stem(at) == "first")?;
        let is_it = self.stem(after) == "month" && (2..=11).contains(&count);
        is_it.then_some((MonthRange::of(1, count as u8), after + 1))
    }

    /// "This month", "next quarter".
    fn relative_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let away = which_one(self.stem(at))?;
        let unit = match self.stem(at + 1) {
            "month" => TimeUnit::Month,
            "quarter" => TimeUnit::Quarter,
            _ => return None,
        };
        let now = self
            .written
            .months()
            .map(|month| unit.around(Span::of_month(month)));
        Some((now.map(|span| unit.shifted(span, away)).collect(), at + 2))
    }

    /// "The 22nd", "from the 1st to the 20th of this month".
    fn days_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let has_ending =
            |at: usize| self.is_any(at + 1, &["st", "nd", "rd", "th", "日", "일", "号"]);
        let is_named =
            self.is_any(at.wrapping_sub(1), BEFORE_DAY) || self.is_any(at + 1, &["日", "일", "号"]);
        let (days, after) = self
            .day_list_at(at)
            .filter(|_| has_ending(at) && is_named)?;
        let month = after + usize::from(self.is_any(after, &["of"]));
        let away = which_one(self.stem(month)).filter(|_| self.stem(month + 1) == "month");
        let spans = self
            .months_of(days[0], away)
            .into_iter()
            .flat_map(|month| day_spans(month, &days))
            .collect();
        Some((spans, if away.is_some() { month + 2 } else { after }))
    }

    /// The months in which a bare day may lie.
    fn months_of(&self, day: u8, away: Option<i32>) -> Vec<Month> {
        let is_past = self.written.day().is_some_and(|own| own.2 < day)
            && self.written.looks_on_its_own_month();
        let now = self.written.months();
        match away {
            Some(away) => now.map(|month| month + away).collect(),
            None => now
                .flat_map(|month| [month].into_iter().chain(is_past.then_some(month - 1)))
                .collect(),
        }
    }

    /// "Tuesday", the last one or the next; "yesterday".
    fn weekday_at(&self, at: usize) -> Parsed<Vec<Span>> {
        let (own, stem) = (self.written.day()?, self.stem(at));
        let away = match stem {
            "yesterday" => vec![-1],
            "today" => vec![0],
            "tomorrow" => vec![1],
            _ => {
                let wanted = WEEKDAYS.iter().position(|name| *name == stem)?;
                let past = (weekday(own) + 7 - wanted) % 7;
                vec![-(past as i32), 7 - past as i32]
            }
        };
        Some((
            away.into_iter()
                .map(|days| Span::of_day(moved(own, days)))
                .collect(),
            at + 1,
        ))
    }

    /// A number in figures or words, and the word behind it.
    fn number_at(&self, at: usize) -> Parsed<u32> {
        let place = |of: &[&str], at: usize| {
            of.iter()
                .position(|word| *word == self.stem(at))
                .map(|place| place as u32)
        };
        if let Some(tens) = place(&TENS, at) {
            let rest = place(&CARDINALS, at + 1).filter(|rest| (1..10).contains(rest));
            return Some((
                (tens + 2) * 10 + rest.unwrap_or(0),
                at + 1 + usize::from(rest.is_some()),
            ));
        }
        let number = self.figure(at).or_else(|| place(&CARDINALS, at));
        number
            .or_else(|| self.is_any(at, &["a", "an"]).then_some(1))
            .map(|number| (number, at + 1))
    }

    fn count_at(&self, at: usize) -> Option<Count> {
        let (number, after) = self
            .number_at(at)
            .filter(|(number, _)| (1..=200).contains(number))?;
        let place = after + usize::from(self.is_any(after, COUNTED));
        let stem = if self.stem(place) == "年" || self.stem(place) == "년" {
            "year"
        } else {
            self.stem(place)
        };
        let (_, unit) = UNITS.iter().find(|(name, _)| *name == stem)?;
        let is_before = |of: &[&str]| (1..=2).any(|back| at >= back && self.is_any(at - back, of));
        let from = match () {
            () if self.is_any(place + 1, &["ago"]) => Base::Ago,
            () if is_before(&["next", "coming", "upcoming"]) => Base::Ahead,
            () if is_before(&["past", "last", "previous"]) => Base::Past,
            () => Base::Any,
        };
        let is_inclusive = place > after || self.is_any(place + 1, COUNTED);
        Some(Count {
            number: number as i32,
            unit: *unit,
            from,
            is_inclusive,
            sentence: self.words[at].sentence,
        })
    }

    /// Whether it speaks of the same time a year before.
    fn has_same_period(&self) -> bool {
        let is_year_before = |at: usize| match [at, at + 1].map(|at| self.stem(at)) {
            [which, "year"] => which_one(which) == Some(-1),
            ["year", behind] => ["ago", "earlier", "before"].contains(&behind),
            _ => false,
        };
        let is_time = |at| self.is_any(at, &["period", "month", "quarter", "time", "day", "half"]);
        let mut same =
            (0..self.words.len()).filter(|at| self.stem(*at) == "same" && is_time(at + 1));
        same.any(|at| (at + 2..at + 5).any(is_year_before))
    }
}

impl MonthRange {
    const fn of(from: u8, to: u8) -> Self {
        MonthRange {
            from: (from, None),
            to: (to, None),
        }
    }

    fn in_year(self, year: i32) -> Span {
        let month = |month: u8| year * 12 + Month::from(month) - 1;
        Span {
            first: day_in(month(self.from.0), self.from.1.unwrap_or(1)),
            last: day_in(month(self.to.0), self.to.1.unwrap_or(31)),
        }
    }

    /// Its first and its last day, where it is told by days.
    fn ends(self) -> impl Iterator<Item = MonthRange> {
        let day = |end: (u8, Option<u8>)| end.1.map(|_| MonthRange { from: end, to: end });
        day(self.from).into_iter().chain(day(self.to))
    }
}

fn spans_of(parts: &[MonthRange], years: &[i32]) -> Vec<Span> {
    let all = parts.iter().flat_map(|part| part.ends().chain([*part]));
    all.flat_map(|part| years.iter().map(move |year| part.in_year(*year)))
        .collect()
}

/// Days of a month, each for itself and all from the first to the last.
fn day_spans(month: Month, days: &[u8]) -> Vec<Span> {
    let each = days.iter().map(|day| day_in(month, *day));
    let ends = days.first().zip(days.last());
    let stretch = ends.map(|(from, to)| Span {
        first: day_in(month, *from),
        last: day_in(month, *to),
    });
    each.map(Span::of_day).chain(stretch).collect()
}

fn which_one(word: &str) -> Option<i32> {
    WHICH
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, away)| *away)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, from: &str, to: &str) -> Times {
        Times::read(text, written(from, to, None))
    }

    fn written(from: &str, to: &str, this_month: Option<&str>) -> WritingTime {
        let span = |from, to| {
            let [from, to] = [from, to].map(|text| Date::parse(text).expect("a date"));
            Span::of(Period { from, to })
        };
        WritingTime::on(
            Some(span(from, to)),
            this_month.map(|month| span(month, month)),
        )
    }

    fn gives(times: &Times, period: &str) -> bool {
        times.give_period(Period::parse(period).expect("a period"))
    }

    /// Words of a passage of 14 October 2025, each with a time that they give.
    const GIVEN: &[(&str, &str)] = &[
        ("since July 2023 (up 5%)", "2023-07"),
        ("on 3 June 2025", "2025-06-03"),
        ("on June 3rd, 2025", "2025-06-03"),
        ("on Nov 9, 2020", "2020-11-09"),
        ("the 3rd of June, 2025", "2025-06-03"),
        ("22-24 September 2024", "2024-09-22/2024-09-24"),
        ("as of 2023-12-01", "2023-12-01"),
        ("in 2021", "2021"),
        ("by 2029", "2029"),
        ("in Q4 2023", "2023-Q4"),
        ("the 4th quarter of 2023", "2023-Q4"),
        ("the second-quarter result for 2021", "2021-Q2"),
        ("Q4 of last year", "2024-Q4"),
        ("in the third quarter", "2025-Q3"),
        ("the first half of next year", "2026-H1"),
        ("the second half of the year", "2025-H2"),
        ("the first nine months of this year", "2025-01/2025-09"),
        ("from January to September of this year", "2025-01/2025-09"),
        ("in December last year", "2024-12"),
        ("last December", "2024-12"),
        ("next March", "2026-03"),
        ("in November", "2024-11"),
        ("in November", "2025-11"),
        ("in March", "2025-03"),
        ("this year", "2025"),
        ("last year", "2024"),
        ("the upcoming year", "2026"),
        ("this month", "2025-10"),
        ("last month", "2025-09"),
        ("on the 9th", "2025-10-09"),
        ("on the 22nd", "2025-09-22"),
        ("from the 22nd to 24th", "2025-09-22/2025-09-24"),
        ("the 1st–20th this month", "2025-10-01/2025-10-20"),
        ("told us on Friday", "2025-10-10"),
        ("on Tuesday", "2025-10-14"),
        ("yesterday", "2025-10-13"),
        ("30 years ago", "1995"),
        ("over the next five years", "2030"),
        ("12 percent in April, up within just four months", "2024-12"),
        (
            "up in September for four consecutive months",
            "2025-06/2025-09",
        ),
        (
            "a five-quarter-long boom from Q1 2024 on",
            "2024-Q1/2025-Q1",
        ),
        ("in March, and in the same month last year", "2024-03"),
        ("2023年12月1日", "2023-12-01"),
        ("2023년 12월 1일", "2023-12-01"),
        ("去年第四季度", "2024-Q4"),
        ("2025年上半年", "2025-H1"),
        ("내년 1분기", "2026-Q1"),
        ("지난달 22일", "2025-09-22"),
        ("3개월 연속, 9월까지", "2025-07/2025-09"),
        ("30年前", "1995"),
        ("화요일", "2025-10-14"),
        ("지난해 하반기", "2024-H2"),
        ("上个月20日", "2025-09-20"),
    ];

    #[test]
    fn times_that_a_passage_gives() {
        for (text, periods) in GIVEN {
            assert!(
                gives(&read(text, "2025-10-14", "2025-10-14"), periods),
                "{text}: {periods}"
            );
        }
    }

    #[test]
    fn times_that_it_does_not_give() {
        for (text, period) in [
            ("in August 2023", "2023"),
            ("in August 2023", "2022-08"),
            ("in 2023", "2023-08"),
            ("last year", "2025"),
            ("December last year", "2024"),
            ("December last year", "2023-12"),
            ("in May", "2026-05"),
            ("on the 22nd", "2025-08-22"),
            ("on the 22nd", "2025-09-23"),
            ("the first half of 2025", "2025-H2"),
            ("the first half of 2025", "2025-Q1"),
            ("it may march on", "2025-05"),
            ("2,025 cars", "2025"),
            ("30 years ago", "2055"),
            ("the next five years", "2020"),
            ("a third of all cars", "2025-Q3"),
            ("on Tuesday", "2025-10-15"),
            ("이달", "2025-09"),
        ] {
            assert!(
                !gives(&read(text, "2025-10-14", "2025-10-14"), period),
                "{text}: {period}"
            );
        }
    }

    #[test]
    fn the_time_of_the_document() {
        let is_of = |written: WritingTime, date| {
            Times::read("", written).are_written_in(Date::parse(date).expect("a date"))
        };
        let on = |from, to, date| is_of(written(from, to, None), date);
        let looking_back = written("2025-10-01", "2025-10-01", Some("2025-09"));
        for date in ["2025-10-01", "2025-10", "2025-09", "2025", "2025-Q3"] {
            assert!(is_of(looking_back, date), "{date}");
        }
        assert!(!is_of(looking_back, "2025-08") && !on("2025-10-14", "2025-10-14", "2025-09"));
        for (date, expected) in [
            ("2023-12", true),
            ("2023-12-03", true),
            ("2023-12-04", false),
            ("2023-11", false),
        ] {
            assert_eq!(on("2023-12-03", "2023-12-31", date), expected, "{date}");
        }
        assert!(!on("2025-06-04", "2026-01-04", "2025-09"));
        // However odd the days, nothing panics, and a document that may be of any year has no last
        // one.
        for (from, to) in [
            ("0000-01-01", "0000-01-01"),
            ("9999-12-31", "9999-12-31"),
            ("0001", "9999"),
        ] {
            let times = read(
                "200 years ago, next month, last year, on Tuesday, yesterday, in March",
                from,
                to,
            );
            assert!(!gives(&times, "2024"), "{from}");
        }
        // Of an undated document of unknown days nothing follows.
        let unknown = Times::read("last year, on the 3rd, in May 2020", WritingTime::default());
        assert_eq!((gives(&unknown, "2020-05"), unknown.spans.len()), (true, 1));
    }

    #[test]
    fn a_document_may_call_another_month_this_one() {
        let gives = |text, period| {
            gives(
                &Times::read(text, written("2025-10-01", "2025-10-01", Some("2025-09"))),
                period,
            )
        };
        for (text, period) in [
            ("this month", "2025-09"),
            ("next month", "2025-10"),
            ("on the 22nd", "2025-09-22"),
        ] {
            assert!(gives(text, period), "{text}: {period}");
        }
        assert!(!gives("this month", "2025-10") && !gives("on the 22nd", "2025-10-22"));
    }
}

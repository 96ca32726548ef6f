//! Which figures a passage has, in whatever spelling.

use unicode_normalization::UnicodeNormalization;

/// A figure that a passage should have.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// The number, as the fact gives it.
    pub number: f64,
    /// The unit with its scale: `billion USD`, `GWh`, `%`.
    pub unit: String,
    /// Whether it tells a change: then a number that the passage calls a fall is no rise.
    pub is_change: bool,
}

const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("mn", 1e6),
    ("bn", 1e9),
    ("tn", 1e12),
    ("dozen", 12.0),
    ("decade", 10.0),
];

const CURRENCIES: &[(&str, &[&str])] = &[
    ("USD", &["$", "usd", "dollar", "dollars"]),
    ("KRW", &["₩", "krw", "won"]),
    ("CNY", &["cny", "rmb", "yuan"]),
    ("EUR", &["€", "eur", "euro", "euros"]),
    ("JPY", &["jpy", "yen"]),
    ("GBP", &["£", "gbp", "pounds"]),
];

/// Signs of units, and how they begin when written out, without spaces.
const SIGNS: &[(&str, &[&str])] = &[
    ("gwh", &["gigawatt"]),
    ("mwh", &["megawatt"]),
    ("kwh", &["kilowatt"]),
    ("gw", &["gigawatt"]),
    ("mw", &["megawatt"]),
    ("wh/l", &["whperlit", "watt"]),
    ("wh/kg", &["whperk", "watt"]),
    ("nm", &["nanomet"]),
    ("mm", &["millimet"]),
    ("cm", &["centimet"]),
    ("km", &["kilomet"]),
    ("kg", &["kilogram"]),
    ("°c", &["degree"]),
];

const CARDINALS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ORDINALS: &[&str] = &[
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
];
const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// Words for a part of a whole, in per cent, and for a multiple.
const PARTS: &[(&str, f64)] = &[
    ("half", 50.0),
    ("third", 100.0 / 3.0),
    ("thirds", 100.0 / 3.0),
    ("quarter", 25.0),
    ("quarters", 25.0),
];
const MULTIPLES: &[(&str, f64)] = &[
    ("double", 2.0),
    ("doubles", 2.0),
    ("doubled", 2.0),
    ("doubling", 2.0),
    ("twice", 2.0),
    ("twofold", 2.0),
    ("triple", 3.0),
    ("triples", 3.0),
    ("tripled", 3.0),
    ("threefold", 3.0),
];

/// Words for the first rank.
const FOREMOST: &[&str] = &["biggest", "foremost", "largest"];

/// How the words begin that make a figure negative.
const FALLS: &[&str] = &[
    "declin", "decreas", "deficit", "down", "drop", "fall", "fell", "lost", "loss", "lower",
    "minus", "negative", "plung", "reduc", "shrank", "shrink", "shrunk", "slid", "slump",
];
/// Words around a figure among which one may make it negative.
const NEAR: usize = 10;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    /// First, second, …
    Ordinal(f64),
    Word(String),
    Sign(char),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Percent,
    Currency(&'static str),
    Bare,
}

/// A figure found.
#[derive(Clone, Debug)]
struct Mention {
    value: f64,
    unit: Unit,
    /// The token, and the one behind the number and its scale.
    at: usize,
    after: usize,
}

/// The figures of a passage.
pub(super) struct Figures {
    tokens: Vec<Token>,
    mentions: Vec<Mention>,
}

impl Figures {
    /// Reads a passage.
    pub fn read(text: &str) -> Self {
        let tokens = numbered(tokens(text));
        let mut figures = Figures {
            tokens,
            mentions: Vec::new(),
        };
        for at in 0..figures.tokens.len() {
            let mentions = figures.mentions_at(at);
            figures.mentions.extend(mentions);
        }
        figures
    }

    /// Whether the passage has a figure.
    pub fn have(&self, figure: &Figure) -> bool {
        let (scale, unit) = scaled(&figure.unit);
        let value = figure.number.abs() * scale;
        let has_sign = |mention: &Mention| match figure.number < 0.0 {
            true => self.is_negative(mention),
            false => !(figure.is_change && self.falls(mention.at.saturating_sub(2), mention.at)),
        };
        self.mentions
            .iter()
            .any(|mention| mention.is(value) && self.fits(mention, unit) && has_sign(mention))
            || figure.number == 1.0 && unit == "rank" && self.has_foremost()
    }

    fn has_foremost(&self) -> bool {
        self.tokens
            .iter()
            .any(|token| matches!(token, Token::Word(word) if FOREMOST.contains(&word.as_str())))
    }

    fn fits(&self, mention: &Mention, unit: &str) -> bool {
        match unit_of(unit) {
            Unit::Bare if is_sign(unit) => {
                mention.unit == Unit::Bare && self.has_sign(mention.after, unit)
            }
            unit => mention.unit == unit,
        }
    }

    /// Whether a unit's sign, or the sign written out, stands at a token.
    fn has_sign(&self, at: usize, unit: &str) -> bool {
        let behind: String = self.tokens[at..]
            .iter()
            .skip_while(|token| is_dash(token))
            .take(6)
            .map(Token::text)
            .collect();
        let sign = unit.to_lowercase();
        let spelled = SIGNS
            .iter()
            .find(|(known, _)| *known == sign)
            .map_or(&[][..], |(_, spelled)| spelled);
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        behind
            .strip_prefix(&sign)
            .is_some_and(|rest| ends(rest) || self.is_word_end(at, &sign))
            || spelled.iter().any(|spelled| behind.starts_with(spelled))
    }

    /// Whether the tokens from one on come to a sign exactly where a token ends.
    fn is_word_end(&self, at: usize, sign: &str) -> bool {
        let mut text = String::new();
        self.tokens[at..]
            .iter()
            .skip_while(|token| is_dash(token))
            .any(|token| {
                text += &token.text();
                text == sign
            })
    }

    fn is_negative(&self, mention: &Mention) -> bool {
        let is_minus = mention
            .at
            .checked_sub(1)
            .is_some_and(|before| is_dash(&self.tokens[before]));
        is_minus || self.falls(mention.at.saturating_sub(NEAR), mention.at + NEAR)
    }

    /// Whether a word for a fall stands among the tokens from one to before another.
    fn falls(&self, from: usize, to: usize) -> bool {
        let falls = |token: &Token| matches!(token, Token::Word(word) if FALLS.iter().any(|fall| word.starts_with(fall)));
        self.tokens[from..to.min(self.tokens.len())]
            .iter()
            .any(falls)
    }

    fn mentions_at(&self, at: usize) -> Vec<Mention> {
        match &self.tokens[at] {
            Token::Number(value) => self.number_at(at, *value),
            Token::Ordinal(value) => self.ordinal_at(at, *value),
            Token::Word(word) => self.word_at(at, word),
            Token::Sign(_) => Vec::new(),
        }
    }

    fn number_at(&self, at: usize, value: f64) -> Vec<Mention> {
        let (scale, after) = self.scale_at(at + 1);
        let unit = self.unit_around(at, after);
        let mut mentions = vec![Mention {
            value: value * scale,
            unit,
            at,
            after,
        }];
        if let Some(part) = self.fraction_at(after, value) {
            mentions.push(Mention {
                value: part,
                unit: Unit::Percent,
                at,
                after,
            });
        }
        if let Some(end) = self.range_end(after).filter(|_| scale == 1.0) {
            mentions.push(Mention {
                value: value * self.scale_at(end + 1).0,
                unit: if unit == Unit::Bare {
                    self.unit_around(end, self.scale_at(end + 1).1)
                } else {
                    unit
                },
                at,
                after: self.scale_at(end + 1).1,
            });
        }
        mentions
    }

    /// A rank; or a third.
    fn ordinal_at(&self, at: usize, value: f64) -> Vec<Mention> {
        let mention = |value, unit| Mention {
            value,
            unit,
            at,
            after: at + 1,
        };
        let is_part = value == 3.0 && at > 0 && self.tokens[at - 1] == Token::Word("a".to_owned());
        std::iter::once(mention(value, Unit::Bare))
            .chain(is_part.then(|| mention(100.0 / 3.0, Unit::Percent)))
            .collect()
    }

    /// A part or multiple in one word.
    fn word_at(&self, at: usize, word: &str) -> Vec<Mention> {
        let mention = |value, unit| Mention {
            value,
            unit,
            at,
            after: at + 1,
        };
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        // "The first half" and "the third quarter" are times.
        let is_time = matches!(before, Some(Token::Number(_) | Token::Ordinal(_)))
            || matches!(before, Some(Token::Word(w)) if w == "latter");
        if let Some((_, percent)) = PARTS
            .iter()
            .find(|(part, _)| *part == word)
            .filter(|_| !is_time)
        {
            return vec![mention(*percent, Unit::Percent)];
        }
        let multiple = MULTIPLES.iter().find(|(multiple, _)| *multiple == word);
        multiple.map_or(Vec::new(), |&(_, times)| {
            vec![
                mention(times, Unit::Bare),
                mention((times - 1.0) * 100.0, Unit::Percent),
            ]
        })
    }

    /// So many parts: behind 2, `thirds` is two thirds. The token may have been read as the
    /// ordinal.
    fn fraction_at(&self, at: usize, count: f64) -> Option<f64> {
        let at = if self.tokens.get(at).is_some_and(is_dash) {
            at + 1
        } else {
            at
        };
        let part = match self.tokens.get(at)? {
            Token::Ordinal(3.0) => 100.0 / 3.0,
            Token::Word(word) => PARTS.iter().find(|(part, _)| part == word)?.1,
            _ => return None,
        };
        (count < 10.0)
            .then_some(count * part)
            .filter(|percent| *percent <= 100.0)
    }

    /// The product of the scale words from a token on, and the token behind them.
    fn scale_at(&self, mut at: usize) -> (f64, usize) {
        let mut product = 1.0;
        loop {
            let word = if self.tokens.get(at).is_some_and(is_dash) {
                at + 1
            } else {
                at
            };
            match self.tokens.get(word) {
                Some(Token::Word(text)) => match scale(text) {
                    Some(factor) => product *= factor,
                    None => return (product, at),
                },
                _ => return (product, at),
            }
            at = word + 1;
        }
    }

    /// The number at the end of a range that a token continues: `40-50 billion`, `$40 to $50
    /// billion`.
    fn range_end(&self, at: usize) -> Option<usize> {
        let joins = match self.tokens.get(at)? {
            Token::Word(word) => matches!(word.as_str(), "to" | "and" | "or"),
            token => is_dash(token),
        };
        let is_currency = |token: &Token| currency(&token.text()).is_some();
        let end = at + 1 + usize::from(self.tokens.get(at + 1).is_some_and(is_currency));
        (joins && matches!(self.tokens.get(end), Some(Token::Number(_)))).then_some(end)
    }

    fn unit_around(&self, at: usize, after: usize) -> Unit {
        let text = |at: usize| self.tokens.get(at).map(Token::text).unwrap_or_default();
        let behind = text(after);
        let is_percent = matches!(behind.as_str(), "%" | "percent" | "percentage" | "pct")
            || (behind == "per" && text(after + 1) == "cent");
        let named = if behind == "us" {
            text(after + 1)
        } else {
            behind
        };
        let before = at.checked_sub(1).and_then(|before| currency(&text(before)));
        match before.or_else(|| currency(&named)) {
            _ if is_percent => Unit::Percent,
            Some(code) => Unit::Currency(code),
            None => Unit::Bare,
        }
    }
}

impl Mention {
    /// Whether it comes to a value. Written fractions are taken to half a per cent.
    fn is(&self, value: f64) -> bool {
        let is_fraction = self.unit == Unit::Percent
            && self.value.fract() != 0.0
            && (self.value * 3.0).fract() < 1e-9;
        let tolerance = if is_fraction { 0.5 } else { value.abs() * 1e-9 };
        (self.value - value).abs() <= tolerance
    }
}

impl Token {
    fn text(&self) -> String {
        match self {
            Token::Number(number) | Token::Ordinal(number) => number.to_string(),
            Token::Word(word) => word.clone(),
            Token::Sign(sign) => sign.to_string(),
        }
    }
}

fn is_dash(token: &Token) -> bool {
    matches!(token, Token::Sign('-' | '–' | '—' | '~' | '−'))
}

fn scale(word: &str) -> Option<f64> {
    let is_it = |known: &str| word == known || word.strip_suffix('s') == Some(known);
    SCALES
        .iter()
        .find(|(known, _)| is_it(known))
        .map(|(_, factor)| *factor)
}

fn currency(word: &str) -> Option<&'static str> {
    CURRENCIES
        .iter()
        .find(|(_, words)| words.contains(&word))
        .map(|(code, _)| *code)
}

/// A unit's scale, and what is left of it.
fn scaled(unit: &str) -> (f64, &str) {
    match unit
        .split_once(' ')
        .map(|(first, rest)| (scale(first), rest))
    {
        Some((Some(factor), rest)) => (factor, rest),
        _ => scale(unit).map_or((1.0, unit), |factor| (factor, "")),
    }
}

fn unit_of(unit: &str) -> Unit {
    let word = unit.to_lowercase();
    match currency(&word) {
        Some(code) => Unit::Currency(code),
        None if word == "%" || word.starts_with("percent") || word == "per cent" => Unit::Percent,
        None => Unit::Bare,
    }
}

/// Whether a unit is a sign that every document writes alike, and not a word for what is counted.
fn is_sign(unit: &str) -> bool {
    unit.contains(|c: char| c.is_uppercase() || matches!(c, '/' | '°'))
        || SIGNS.iter().any(|(sign, _)| *sign == unit)
}

fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.nfkc().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let token = token_at(&letters, at);
        at = token.1;
        tokens.extend(token.0);
    }
    tokens
}

fn token_at(letters: &[char], at: usize) -> (Option<Token>, usize) {
    let run = |is_part: &dyn Fn(usize) -> bool| {
        (at..letters.len())
            .find(|&at| !is_part(at))
            .unwrap_or(letters.len())
    };
    let c = letters[at];
    if c.is_ascii_digit() {
        let end = run(&|at| letters[at].is_ascii_digit() || is_inner_mark(letters, at));
        let digits: String = letters[at..end].iter().filter(|&&c| c != ',').collect();
        (digits.parse().ok().map(Token::Number), end)
    } else if c.is_alphabetic() {
        let end = run(&|at| letters[at].is_alphabetic());
        let word: String = letters[at..end].iter().collect();
        (Some(Token::Word(word.to_lowercase())), end)
    } else {
        ((!c.is_whitespace()).then_some(Token::Sign(c)), at + 1)
    }
}

/// Whether a comma parts thousands, or a point begins a fraction.
fn is_inner_mark(letters: &[char], at: usize) -> bool {
    let digits = letters[at + 1..]
        .iter()
        .take_while(|c| c.is_ascii_digit())
        .count();
    match letters[at] {
        ',' => digits == 3,
        '.' => digits > 0,
        _ => false,
    }
}

/// Puts numbers in the place of number words.
fn numbered(tokens: Vec<Token>) -> Vec<Token> {
    let mut numbered: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let number = match &token {
            Token::Word(word) => number_word(word),
            _ => None,
        };
        let tens = match &number {
            Some(Token::Number(unit) | Token::Ordinal(unit)) if *unit < 10.0 => {
                tens_before(&mut numbered)
            }
            _ => None,
        };
        numbered.push(match number {
            Some(Token::Number(number)) => Token::Number(tens.unwrap_or(0.0) + number),
            Some(Token::Ordinal(number)) => Token::Ordinal(tens.unwrap_or(0.0) + number),
            _ => token,
        });
    }
    numbered
}

fn number_word(word: &str) -> Option<Token> {
    let place = |words: &[&str]| {
        words
            .iter()
            .position(|known| *known == word)
            .map(|at| at as f64)
    };
    let number = place(CARDINALS).or_else(|| place(TENS).map(|at| (at + 2.0) * 10.0));
    number
        .map(Token::Number)
        .or_else(|| place(ORDINALS).map(Token::Ordinal))
}

/// Takes back the tens of `twenty-five`.
fn tens_before(tokens: &mut Vec<Token>) -> Option<f64> {
    match tokens.as_slice() {
        [.., Token::Number(tens), Token::Sign('-')]
            if (20.0..100.0).contains(tens) && tens % 10.0 == 0.0 =>
        {
            let tens = *tens;
            tokens.truncate(tokens.len() - 2);
            Some(tens)
        }
        _ => None,
    }
}

/// Whether broken forms, one or several in a row, have the digits of a figure: `19 percent` and
/// `7%` those of 19.7.
pub(super) fn has_digits_of(forms: &[&str], figure: &Figure) -> bool {
    let wanted = digits(&figure.number.to_string());
    let runs =
        (0..forms.len()).flat_map(|from| (from..forms.len()).map(move |to| &forms[from..=to]));
    !wanted.is_empty() && runs.into_iter().any(|run| digits(&run.concat()) == wanted)
}

fn digits(text: &str) -> String {
    let digits: String = text.nfkc().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, number: f64, unit: &str) -> bool {
        Figures::read(text).have(&Figure {
            number,
            unit: unit.to_owned(),
            is_change: true,
        })
    }

    #[test]
    fn usual_spellings() {
        for (text, number, unit) in [
            ("grew 7.8 %", 7.8, "%"),
            ("grew 7.8 percent", 7.8, "%"),
            ("grew 7.8 per cent", 7.8, "%"),
            ("grew 7.8%.", 7.8, "%"),
            ("a share of 18% to 58%", 18.0, "%"),
            ("30 to 40 percent", 30.0, "%"),
            ("USD 4.309 billion", 4.309, "billion USD"),
            ("US$4.309 billion", 4.309, "billion USD"),
            ("4.309 billion US dollars", 4.309, "billion USD"),
            ("4,309 million dollars", 4.309, "billion USD"),
            ("its $40- $50 billion trade", 40.0, "billion USD"),
            ("its $40- $50 billion trade", 50.0, "billion USD"),
            ("KRW 6 trillion", 6.0, "trillion KRW"),
            ("6 trillion won", 6000.0, "billion KRW"),
            ("1,545 cars", 1545.0, "units"),
            ("1545 cars", 1545.0, "units"),
            ("three million cores", 3.0, "million units"),
            ("Fourteen chambers", 14.0, "chambers"),
            ("twenty-five months", 25.0, "months"),
            ("two decades", 20.0, "years"),
            ("a third of sales", 33.3, "%"),
            ("two-thirds of sales", 66.7, "%"),
            ("half of it", 50.0, "%"),
            ("demand doubles", 2.0, "times"),
            ("ranked third", 3.0, "rank"),
            ("the world's largest exporter", 1.0, "rank"),
            ("the 38th drug", 38.0, "rank"),
            ("down 33% from", -33.0, "%"),
            ("fell by 5 percent", -5.0, "%"),
            ("-5%", -5.0, "%"),
            ("40GWh a year", 40.0, "GWh"),
            ("800Wh/L", 800.0, "Wh/L"),
            ("1,000 Wh per liter", 1000.0, "Wh/L"),
            ("75mm x 75mm", 75.0, "mm"),
            ("7-nanometer", 7.0, "nm"),
            ("up to 1,000°C", 1000.0, "°C"),
        ] {
            assert!(has(text, number, unit), "{text}: {number} {unit}");
        }
    }

    #[test]
    fn wrong_figures() {
        for (text, number, unit) in [
            ("grew 7.8 %", 7.9, "%"),
            ("grew 17.8 %", 7.8, "%"),
            ("grew 7.8 %", -7.8, "%"),
            ("down 7.8 %", 7.8, "%"),
            ("7.8 million", 7.8, "%"),
            ("USD 4.309 million", 4.309, "billion USD"),
            ("KRW 4.309 billion", 4.309, "billion USD"),
            ("4.309 billion units", 4.309, "billion USD"),
            ("1,545 cars", 545.0, "units"),
            ("the first half", 50.0, "%"),
            ("the third quarter", 25.0, "%"),
            ("40GW a year", 40.0, "GWh"),
            ("5% of 20 cars", 5.0, "units"),
            ("the largest exporter", 2.0, "rank"),
            ("the largest exporter", 1.0, "units"),
        ] {
            assert!(!has(text, number, unit), "{text}: {number} {unit}");
        }
    }

    #[test]
    fn garbled_digits() {
        let figure = |number| Figure {
            number,
            unit: String::new(),
            is_change: false,
        };
        assert!(has_digits_of(&["19 percent", "7%"], &figure(19.7)));
        assert!(has_digits_of(
            &["x", "39 in January$400 million"],
            &figure(-3.94)
        ));
        assert!(has_digits_of(&["7$300 million"], &figure(0.73)));
        assert!(!has_digits_of(&["19 percent", "7%"], &figure(19.0 + 0.8)));
        assert!(!has_digits_of(&["of China**"], &figure(3.94)));
    }
}

//! Expressions as trees: text is cut into tokens, and tokens are put together by brackets and
//! operators. What the words mean is not asked here.

use std::ops::Range;

use super::spelling::operator_word;

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the expression.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Fault {
    pub(super) fn new(
        at: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Fault {
            at,
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// How deep brackets may lie within brackets, how many sets may be joined, and how long an
/// expression may be: nobody types more, and each lies on the stack of those who read it.
const DEEPEST: usize = 64;
const MOST_JOINED: usize = 200;
const LONGEST: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Minus,
}

/// A word and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub text: String,
    pub at: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// A name of one or several words, or in quotes.
    Name {
        word: Word,
        is_quoted: bool,
    },
    Call(Call),
    Both(Operator, Box<Tree>, Box<Tree>),
    /// Nothing, where a set is wanted: that has been told.
    Nothing(Range<usize>),
}

#[derive(Clone, Debug)]
pub(super) struct Call {
    pub name: Word,
    pub inputs: Vec<Input>,
    /// What stands behind a semicolon: what is made of each that is compared.
    pub behind: Option<Word>,
    pub at: Range<usize>,
}

/// What stands between the commas of a call.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub key: Option<Word>,
    pub value: Tree,
    /// What follows `=`.
    pub part: Option<Word>,
}

impl Tree {
    pub fn at(&self) -> Range<usize> {
        match self {
            Tree::Name { word, .. } => word.at.clone(),
            Tree::Call(call) => call.at.clone(),
            Tree::Nothing(at) => at.clone(),
            Tree::Both(_, a, b) => a.at().start..b.at().end,
        }
    }
}

/// The tree of a text; `None` where there is none, with the faults that say why.
pub(super) fn tree(text: &str, faults: &mut Vec<Fault>) -> Option<Tree> {
    if text.len() > LONGEST {
        let message = format!("an expression of {} bytes is too long", text.len());
        let hint = format!("write it in at most {LONGEST}");
        let is_between = |at: &usize| text.is_char_boundary(*at);
        let end = (0..=LONGEST).rev().find(is_between).unwrap_or_default();
        faults.push(Fault::new(0..end, message, hint));
        return None;
    }
    let tokens = tokens(text, faults)?;
    let parser = Parser {
        tokens,
        next: 0,
        end: text.len(),
        depth: 0,
        joined: 0,
        faults,
    };
    parser.whole()
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Mark(char),
}

const MARKS: &str = "(),;&|=";
pub(crate) const QUOTES: [char; 3] = ['"', '“', '”'];

/// A name in quotes, whatever is in it.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Words, quoted names and marks. A minus is a mark only between blanks, for names have hyphens.
fn tokens(text: &str, faults: &mut Vec<Fault>) -> Option<Vec<(Token, Range<usize>)>> {
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(letter) = text[at..].chars().next() {
        let begin = at;
        at += letter.len_utf8();
        if MARKS.contains(letter) || letter == '-' && stands_alone(text, begin) {
            tokens.push((Token::Mark(letter), begin..at));
        } else if QUOTES.contains(&letter) {
            let Some((inside, end)) = in_quotes(text, letter, at) else {
                let message = "this quote is never closed";
                faults.push(Fault::new(
                    begin..text.len(),
                    message,
                    "end the name with \"",
                ));
                return None;
            };
            at = end;
            tokens.push((Token::Quoted(inside), begin..at));
        } else if !letter.is_whitespace() {
            at = begin + text[begin..].find(ends_word).unwrap_or(text.len() - begin);
            tokens.push((Token::Word(text[begin..at].to_owned()), begin..at));
        }
    }
    Some(tokens)
}

/// What stands in quotes that were opened just before a place, and where they end. A straight quote
/// is closed by one, and two of them are one that belongs to the name.
fn in_quotes(text: &str, open: char, begin: usize) -> Option<(String, usize)> {
    let closes = |letter: char| match open {
        '"' => letter == '"',
        _ => QUOTES.contains(&letter),
    };
    let (mut inside, mut at) = (String::new(), begin);
    loop {
        let length = text[at..].find(closes)?;
        inside += &text[at..at + length];
        at += length;
        if open != '"' || !text[at..].starts_with("\"\"") {
            let closing = text[at..].chars().next()?;
            return Some((inside, at + closing.len_utf8()));
        }
        inside.push('"');
        at += 2;
    }
}

/// Whether a minus is no hyphen: blanks, marks or nothing are on both sides of it.
fn stands_alone(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let behind = text[at + 1..].chars().next();
    before.is_none_or(ends_word) && behind.is_none_or(ends_word)
}

fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || MARKS.contains(letter) || QUOTES.contains(&letter)
}

struct Parser<'f> {
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    end: usize,
    depth: usize,
    joined: usize,
    faults: &'f mut Vec<Fault>,
}

impl Parser<'_> {
    fn whole(mut self) -> Option<Tree> {
        let tree = self.either()?;
        if let Some((token, at)) = self.peek() {
            let hint = match token {
                Token::Mark(')') => "there is no bracket for it to close",
                Token::Mark(',') => "write | for what is in either, & for what is in both",
                Token::Mark(';') => "only compare( ) takes one: compare(a, b; suppliers)",
                _ => "join sets by &, | or - between blanks; put a name that holds one in quotes",
            };
            self.fault(at, "the expression could end before this", hint);
        }
        Some(tree)
    }

    fn peek(&self) -> Option<(Token, Range<usize>)> {
        self.tokens.get(self.next).cloned()
    }

    fn takes(&mut self, mark: char) -> bool {
        let is_it = matches!(self.tokens.get(self.next), Some((Token::Mark(it), _)) if *it == mark);
        self.next += usize::from(is_it);
        is_it
    }

    /// Of one place only the first fault is told.
    fn fault(&mut self, at: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let is_told = self
            .faults
            .last()
            .is_some_and(|last| last.at.start == at.start);
        if !is_told {
            self.faults.push(Fault::new(at, message, hint));
        }
    }

    /// Sets joined by `|`, which binds least.
    fn either(&mut self) -> Option<Tree> {
        let mut tree = self.joined()?;
        while self.takes('|') {
            self.one_more()?;
            tree = Tree::Both(Operator::Or, Box::new(tree), Box::new(self.joined()?));
        }
        Some(tree)
    }

    /// Sets joined by `&` and `-`, from the left.
    fn joined(&mut self) -> Option<Tree> {
        let mut tree = self.single()?;
        while let Some(operator) = self.operator() {
            self.one_more()?;
            tree = Tree::Both(operator, Box::new(tree), Box::new(self.single()?));
        }
        Some(tree)
    }

    fn operator(&mut self) -> Option<Operator> {
        if self.takes('&') {
            Some(Operator::And)
        } else if self.takes('-') {
            Some(Operator::Minus)
        } else {
            self.meant_operator()
        }
    }

    /// What stands between two sets though it is no operator, or is nothing at all: it is told what
    /// to write, and read on as if that stood there.
    fn meant_operator(&mut self) -> Option<Operator> {
        let (Token::Word(text), at) = self.peek()? else {
            return None;
        };
        if let Some(mark) = operator_word(&text) {
            self.next += 1;
            self.fault(
                at,
                format!("“{text}” joins no sets"),
                format!("write {mark}"),
            );
        } else if text.len() > 1 && text.starts_with(['-', '–', '—', '−', '+']) {
            let behind = self.unglue();
            let hint = format!("write a - {behind} with blanks on both sides of the -");
            self.fault(at, "this joins no sets", hint);
        } else {
            let hint = "write &, | or - between two sets";
            self.fault(at, "nothing joins this to what stands before", hint);
        }
        Some(Operator::And)
    }

    /// Takes the sign off the word that comes next, and gives the word.
    fn unglue(&mut self) -> String {
        let (token, at) = &mut self.tokens[self.next];
        let Token::Word(text) = token else {
            return String::new();
        };
        let sign = text.remove(0);
        at.start += sign.len_utf8();
        text.clone()
    }

    /// Whether a word begins a call: a bracket follows it at once.
    fn is_call(&self, at: usize) -> bool {
        let word = self.tokens.get(at);
        let open = self.tokens.get(at + 1);
        match (word, open) {
            (Some((Token::Word(_), word)), Some((Token::Mark('('), open))) => {
                word.end == open.start
            }
            _ => false,
        }
    }

    /// One more set is joined to others.
    fn one_more(&mut self) -> Option<()> {
        self.joined += 1;
        if self.joined < MOST_JOINED {
            return Some(());
        }
        let at = self.tokens[self.next - 1].1.clone();
        let message = format!("more than {MOST_JOINED} sets are joined here");
        self.fault(at, message, "ask in parts");
        None
    }

    fn single(&mut self) -> Option<Tree> {
        match self.peek() {
            Some((Token::Mark('('), at)) => self.bracketed(at),
            Some((Token::Quoted(text), at)) => {
                self.next += 1;
                let word = Word { text, at };
                Some(Tree::Name {
                    word,
                    is_quoted: true,
                })
            }
            Some((Token::Word(_), _)) => self.named(),
            Some((Token::Mark(mark), at)) => Some(self.wants_a_set(at, &format!("“{mark}”"))),
            None => Some(self.wants_a_set(self.end..self.end, "the end")),
        }
    }

    fn wants_a_set(&mut self, at: Range<usize>, found: &str) -> Tree {
        let hint = match self.is_doubled(&at) {
            true => "write it once",
            false => {
                "a set is a name, a kind such as firms, or a call such as dependents(graphite)"
            }
        };
        self.fault(
            at.clone(),
            format!("a set is wanted here, not {found}"),
            hint,
        );
        Tree::Nothing(at)
    }

    /// Whether the mark at a place stands just behind the same one: `&&`.
    fn is_doubled(&self, at: &Range<usize>) -> bool {
        let before = self.next.checked_sub(1).map(|before| &self.tokens[before]);
        let same = |(token, place): &(Token, Range<usize>)| {
            place.end == at.start && self.peek().is_some_and(|(it, _)| it == *token)
        };
        before.is_some_and(same)
    }

    fn bracketed(&mut self, open: Range<usize>) -> Option<Tree> {
        self.next += 1;
        self.deeper(open.clone())?;
        let tree = self.either()?;
        self.close(open);
        Some(tree)
    }

    fn deeper(&mut self, at: Range<usize>) -> Option<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("brackets lie more than {DEEPEST} deep here");
            self.fault(at, message, "ask in parts");
            return None;
        }
        Some(())
    }

    /// The end of what stands in brackets. Where they are closed too late, or never, it is told and
    /// read on, so that other faults are told too.
    fn close(&mut self, open: Range<usize>) -> usize {
        self.depth -= 1;
        match self.peek() {
            Some((Token::Mark(')'), at)) => {
                self.next += 1;
                return at.end;
            }
            Some((token, at)) => self.fault(at, "this can’t stand here", hint_inside(&token)),
            None => {
                self.fault(open, "this bracket is never closed", "put ) where it ends");
                return self.end;
            }
        }
        self.pass_bracket()
    }

    /// Goes on behind the bracket that closes what is open here.
    fn pass_bracket(&mut self) -> usize {
        let mut open = 1;
        while let Some((token, at)) = self.tokens.get(self.next) {
            self.next += 1;
            match token {
                Token::Mark('(') => open += 1,
                Token::Mark(')') => open -= 1,
                _ => {}
            }
            if open == 0 {
                return at.end;
            }
        }
        self.end
    }

    /// A call, where a bracket follows the word at once; else a name, which goes on over blanks.
    fn named(&mut self) -> Option<Tree> {
        if self.is_call(self.next) {
            return self.call().map(Tree::Call);
        }
        if self.is_not_a_set() {
            return self.single();
        }
        let mut word = self.word()?;
        while !self.ends_name() {
            let more = self.word()?;
            word.text = format!("{} {}", word.text, more.text);
            word.at.end = more.at.end;
        }
        if let Some((Token::Mark('('), _)) = self.peek() {
            return self.apart(&word);
        }
        Some(Tree::Name {
            word,
            is_quoted: false,
        })
    }

    /// Brackets that stand apart from the words before them, which are passed over.
    fn apart(&mut self, word: &Word) -> Option<Tree> {
        let message = "a blank stands between this and its bracket";
        let hint = "write in(china), or &, | or - between two sets";
        self.fault(word.at.clone(), message, hint);
        self.single()
    }

    /// `not dependents(graphite)`, as if there were all that is not.
    fn is_not_a_set(&mut self) -> bool {
        let Some((Token::Word(text), at)) = self.peek() else {
            return false;
        };
        let is_it = operator_word(&text) == Some("-") && self.begins_set(self.next + 1);
        if is_it {
            self.next += 1;
            let hint = "write a - b for what is in a and not in b";
            self.fault(at, format!("“{text}” makes no set"), hint);
        }
        is_it
    }

    /// Whether a name ends here: no word follows, or one that belongs to the set behind it.
    fn ends_name(&self) -> bool {
        let Some((Token::Word(text), _)) = self.tokens.get(self.next) else {
            return true;
        };
        let joins = operator_word(text).is_some() && self.begins_set(self.next + 1);
        joins || self.is_call(self.next)
    }

    /// Whether a set that can be no part of a name begins at a token.
    fn begins_set(&self, at: usize) -> bool {
        let is_set = |(token, _): &(Token, _)| matches!(token, Token::Mark('(') | Token::Quoted(_));
        self.is_call(at) || self.tokens.get(at).is_some_and(is_set)
    }

    fn word(&mut self) -> Option<Word> {
        let Some((Token::Word(text), at)) = self.peek() else {
            return None;
        };
        self.next += 1;
        Some(Word { text, at })
    }

    fn call(&mut self) -> Option<Call> {
        let mut name = self.word()?;
        name.text.make_ascii_lowercase();
        let open = self.tokens[self.next].1.clone();
        self.next += 1;
        self.deeper(open.clone())?;
        let inputs = self.inputs()?;
        let behind = self.behind();
        let at = name.at.start..self.close(open);
        Some(Call {
            name,
            inputs,
            behind,
            at,
        })
    }

    fn inputs(&mut self) -> Option<Vec<Input>> {
        let mut inputs = Vec::new();
        while !matches!(self.peek(), Some((Token::Mark(')' | ';'), _))) {
            if self.peek().is_none() {
                inputs.extend(inputs.is_empty().then(|| self.unwritten()));
                break;
            }
            inputs.push(self.input()?);
            if !self.takes(',') {
                break;
            }
        }
        Some(inputs)
    }

    /// What would stand between brackets if they went on: not that it is missing is told, but that
    /// they are never closed.
    fn unwritten(&self) -> Input {
        Input {
            key: None,
            value: Tree::Nothing(self.end..self.end),
            part: None,
        }
    }

    /// What is asked of each, behind a semicolon.
    fn behind(&mut self) -> Option<Word> {
        if !self.takes(';') {
            return None;
        }
        let at = self.peek().map_or(self.end..self.end, |(_, at)| at);
        let word = self.word();
        if word.is_none() {
            let hint = "write what is compared of each, as in compare(a, b; suppliers)";
            self.fault(at, "a word is wanted behind ;", hint);
        }
        word
    }

    /// `key: value`, or a value alone; behind it may stand the part that is cut.
    fn input(&mut self) -> Option<Input> {
        let key = self.key();
        let value = self.either()?;
        let part = self.part();
        Some(Input { key, value, part })
    }

    /// A word that ends with a colon; `china:graphite` is a name.
    fn key(&mut self) -> Option<Word> {
        let (token, at) = self.peek()?;
        let Token::Word(text) = token else {
            return None;
        };
        let text = text.strip_suffix(':')?.to_lowercase();
        if text.is_empty() {
            return None;
        }
        self.next += 1;
        Some(Word {
            text,
            at: at.start..at.end - 1,
        })
    }

    fn part(&mut self) -> Option<Word> {
        if !self.takes('=') {
            return None;
        }
        let at = self.peek().map_or(self.end..self.end, |(_, at)| at);
        let word = self.word();
        if word.is_none() {
            let hint = "write the part that is cut, as in china:graphite=0.5";
            self.fault(at, "a number is wanted behind =", hint);
        }
        self.decimal_comma(word.as_ref());
        word
    }

    /// `0,5` is two inputs, and was meant for one number: it is told, and the second passed over.
    fn decimal_comma(&mut self, whole: Option<&Word>) {
        let behind = self.tokens.get(self.next..self.next + 2);
        if let (Some(whole), Some([(Token::Mark(','), comma), (Token::Word(part), at)])) =
            (whole, behind)
            && is_number(&whole.text)
            && is_number(part)
            && whole.at.end == comma.start
            && comma.end == at.start
        {
            let hint = format!("write {}.{part}", whole.text);
            let at = whole.at.start..at.end;
            self.next += 2;
            self.fault(at, "a comma parts two inputs, and no number", hint);
        }
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_digit())
}

fn hint_inside(token: &Token) -> &'static str {
    match token {
        Token::Mark(';') => "there is only one ; in brackets, behind the sets of compare( )",
        Token::Mark('=') => "behind a key stands :, and = only before the part that is cut",
        _ => "join sets by &, | or - between blanks, and inputs by commas",
    }
}

//! Expressions as trees: text is cut into tokens, and tokens are put together by brackets and
//! operators. What the words mean is not asked here.

use std::ops::Range;

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
}

#[derive(Clone, Debug)]
pub(super) struct Call {
    pub name: Word,
    pub inputs: Vec<Input>,
    /// What stands behind a semicolon.
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
const QUOTES: [char; 3] = ['"', '“', '”'];

/// A name in quotes, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
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

fn stands_alone(text: &str, at: usize) -> bool {
    let is_blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    is_blank(text[..at].chars().next_back()) && is_blank(text[at + 1..].chars().next())
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
                _ => "join sets by &, | or - between blanks; put a name that holds one in quotes",
            };
            self.fault(at, "the expression could end before this", hint);
            return None;
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

    fn fault(&mut self, at: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(Fault::new(at, message, hint));
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
        loop {
            let operator = if self.takes('&') {
                Operator::And
            } else if self.takes('-') {
                Operator::Minus
            } else {
                return Some(tree);
            };
            self.one_more()?;
            tree = Tree::Both(operator, Box::new(tree), Box::new(self.single()?));
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
            Some((Token::Mark(mark), at)) => self.wants_a_set(at, &format!("“{mark}”")),
            None => self.wants_a_set(self.end..self.end, "the end"),
        }
    }

    fn wants_a_set(&mut self, at: Range<usize>, found: &str) -> Option<Tree> {
        let hint = "a set is a name, a kind such as firms, or a call such as dependents(graphite)";
        self.fault(at, format!("a set is wanted here, not {found}"), hint);
        None
    }

    fn bracketed(&mut self, open: Range<usize>) -> Option<Tree> {
        self.next += 1;
        self.deeper(open.clone())?;
        let tree = self.either()?;
        self.close(open)?;
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

    fn close(&mut self, open: Range<usize>) -> Option<usize> {
        self.depth -= 1;
        match self.peek() {
            Some((Token::Mark(')'), at)) => {
                self.next += 1;
                Some(at.end)
            }
            Some((token, at)) if token != Token::Mark(';') => {
                let hint = "join sets by &, | or - between blanks, and inputs by commas";
                self.fault(at, "this can’t stand here", hint);
                None
            }
            _ => {
                self.fault(open, "this bracket is never closed", "put ) where it ends");
                None
            }
        }
    }

    /// A call, where a bracket follows the word at once; else a name, which goes on over blanks.
    fn named(&mut self) -> Option<Tree> {
        let mut word = self.word()?;
        if let Some((Token::Mark('('), open)) = self.peek()
            && open.start == word.at.end
        {
            return self.call(word, open).map(Tree::Call);
        }
        while let Some(more) = self.word() {
            word.text = format!("{} {}", word.text, more.text);
            word.at.end = more.at.end;
        }
        Some(Tree::Name {
            word,
            is_quoted: false,
        })
    }

    fn word(&mut self) -> Option<Word> {
        let Some((Token::Word(text), at)) = self.peek() else {
            return None;
        };
        self.next += 1;
        Some(Word { text, at })
    }

    fn call(&mut self, name: Word, open: Range<usize>) -> Option<Call> {
        self.next += 1;
        self.deeper(open.clone())?;
        let mut inputs = Vec::new();
        while !matches!(self.peek(), None | Some((Token::Mark(')' | ';'), _))) {
            inputs.push(self.input()?);
            if !self.takes(',') {
                break;
            }
        }
        let behind = match self.takes(';') {
            true => Some(self.behind()?),
            false => None,
        };
        let at = name.at.start..self.close(open)?;
        Some(Call {
            name,
            inputs,
            behind,
            at,
        })
    }

    /// What is asked of each, behind a semicolon.
    fn behind(&mut self) -> Option<Word> {
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
        let part = match self.takes('=') {
            true => Some(self.part()?),
            false => None,
        };
        Some(Input { key, value, part })
    }

    /// A word that ends with a colon; `china:graphite` is a name.
    fn key(&mut self) -> Option<Word> {
        let (token, at) = self.peek()?;
        let Token::Word(text) = token else {
            return None;
        };
        let text = text.strip_suffix(':')?.to_owned();
        self.next += 1;
        Some(Word {
            text,
            at: at.start..at.end - 1,
        })
    }

    fn part(&mut self) -> Option<Word> {
        let at = self.peek().map_or(self.end..self.end, |(_, at)| at);
        let word = self.word();
        if word.is_none() {
            let hint = "write the part that is cut, as in china:graphite=0.5";
            self.fault(at, "a number is wanted behind =", hint);
        }
        word
    }
}

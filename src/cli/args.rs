//! What can be typed.

use std::ffi::{OsStr, OsString};
use std::ops::Deref;
use std::path::PathBuf;

use clap::{ArgGroup, ArgMatches, Args as ClapArgs, FromArgMatches, Parser, Subcommand, ValueEnum};
use hanjung::data::Origin;
use hanjung::facts::{Claim, Date, Lang, MEASURES, Role, Status, nearest};
use hanjung::graph::Follow;
use hanjung::render::diagram::Theme;
use hanjung::render::{Format, plain};
use hanjung::request::{DEFAULT_CHAINS, MOST_CHAINS, When};

/// Questions about Korea–China trade and supply chains, answered with chains of cited facts.
///
/// Exit status: 0 answered; 1 understood, but the data holds nothing on it; 2 not understood,
/// unknown name, bad usage, bad data, or something could not be written.
#[derive(Debug, Parser)]
#[command(name = "hanjung", version, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub job: Job,
    #[command(flatten)]
    pub common: Common,
}

/// Reads the command line. Where it is no command, clap says why, or helps, and what is written
/// then is to have this format.
///
/// What clap repeats of the command line may hold letters that steer a terminal, so they are
/// replaced and it is asked again.
pub fn parse() -> Result<Args, (clap::Error, FormatArg)> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    if let Some(args) = of_one_command(&typed) {
        return Ok(args);
    }
    Args::try_parse_from(&typed).map_err(|error| {
        let plainly: Vec<String> = typed
            .iter()
            .map(|word| plain(&word.to_string_lossy()).into_owned())
            .collect();
        let wants_json = plainly.iter().any(|word| word == "--format=json")
            || plainly
                .windows(2)
                .any(|words| words == ["--format", "json"]);
        let error = Args::try_parse_from(&plainly).err().unwrap_or(error);
        (
            error,
            if wants_json {
                FormatArg::Json
            } else {
                FormatArg::Text
            },
        )
    })
}

/// Reads a command line that begins with a command and has no faults. Clap is told of no other
/// command then: to make them all ready takes as long as to answer a question.
fn of_one_command(typed: &[OsString]) -> Option<Args> {
    let named = command_alone(typed.get(1)?)?;
    let alone = Common::augment_args(clap::Command::new("hanjung")).subcommand(named);
    Args::from_arg_matches(&alone.try_get_matches_from(typed).ok()?).ok()
}

/// Tells clap of what a command takes.
type Augment = fn(clap::Command) -> clap::Command;

/// The commands that have a type of their own for what follows them. What is asked most should be
/// one of them.
const WITH_OWN_TYPE: [(&str, Augment); 5] = [
    ("ask", Ask::augment_args),
    ("query", QueryArgs::augment_args),
    ("dependents", RelationArgs::augment_args),
    ("dependencies", RelationArgs::augment_args),
    ("facts", FactsArgs::augment_args),
];

/// One command. Clap can be told of it alone where it has a type of its own; else all are made
/// and the others dropped.
fn command_alone(name: &OsStr) -> Option<clap::Command> {
    match WITH_OWN_TYPE.iter().find(|(known, _)| *known == name) {
        Some((known, augment)) => Some(augment(clap::Command::new(*known))),
        None => Job::augment_subcommands(clap::Command::new("hanjung"))
            .find_subcommand_mut(name)
            .map(std::mem::take),
    }
}

/// What can be done: a question answered or drawn, or the data looked over.
#[derive(Debug, Subcommand)]
pub enum Job {
    #[command(flatten)]
    Answer(Command),
    /// Draw the answer to a question: hanjung render why lfp-battery graphite -o why.svg
    #[command(
        subcommand_value_name = "QUESTION",
        subcommand_help_heading = "Questions"
    )]
    Render(Late<Render>),
    /// Whether the documents have what the facts cite: figures, names, times, directions
    Verify {
        /// A folder of documents; the id of each is its file's name without .txt
        #[arg(long, value_name = "DIR")]
        documents: PathBuf,
    },
    /// Check RON files: every fault in one run
    Check {
        /// A folder of RON files (.ron) read beside the built-in facts; the built-in facts alone
        /// where left out
        dir: Option<PathBuf>,
    },
}

/// Options that clap is told of when their command is given, and not at each start.
#[derive(Debug)]
pub struct Late<T>(T);

impl<T> Deref for Late<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ClapArgs> ClapArgs for Late<T> {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.defer(|command| {
            let about = command.get_about().cloned().unwrap_or_default();
            T::augment_args(command).about(about)
        })
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl<T: FromArgMatches> FromArgMatches for Late<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches(matches).map(Late)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Options of `render`.
#[derive(Debug, ClapArgs)]
pub struct Render {
    /// The question whose answer is drawn
    #[command(subcommand)]
    pub question: Command,
    /// The file to write; its name says the format: .svg, .html, .dot, .mmd (Mermaid), .txt (a
    /// tree), .png, .pdf. Left out, a terminal gets the tree, and a pipe the SVG
    #[arg(short, long, value_name = "FILE", global = true)]
    pub output: Option<PathBuf>,
    /// Who draws .svg, .png and .pdf: hanjung itself, or an installed dot (Graphviz)
    #[arg(long, value_name = "ENGINE", value_enum, global = true)]
    pub engine: Option<EngineArg>,
    /// Colours of an SVG page that hanjung draws
    #[arg(long, value_name = "THEME", value_enum, default_value_t = ThemeArg::Auto, global = true)]
    pub theme: ThemeArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineArg {
    /// Needs nothing else
    Builtin,
    /// Needs Graphviz
    Dot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// As the reader's screen; light on paper
    Auto,
    /// Dark on white
    Light,
    /// Light on black
    Dark,
}

impl From<ThemeArg> for Theme {
    fn from(theme: ThemeArg) -> Self {
        match theme {
            ThemeArg::Auto => Theme::Auto,
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
        }
    }
}

/// Options of every command.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Data and output")]
pub struct Common {
    /// Read a folder of RON files (.ron) beside the built-in facts; may be given more than once,
    /// each folder once
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Vec<PathBuf>,
    /// Leave out the built-in facts
    #[arg(long, global = true)]
    pub no_builtin: bool,
    /// Only facts that held or were known by this date
    #[arg(long, value_name = "DATE", value_parser = date, global = true)]
    pub as_of: Option<Date>,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = FormatArg::Text, global = true)]
    pub format: FormatArg,
    /// Language of the names shown
    #[arg(long, value_name = "LANG", value_enum, default_value_t = LangArg::En, global = true)]
    pub lang: LangArg,
    /// Leave out the proofs: only the rows
    #[arg(long, global = true)]
    pub brief: bool,
    /// Do not answer: print how the question is understood, as an expression and as JSON
    #[arg(long, global = true)]
    pub explain_question: bool,
}

impl Common {
    /// Where facts are read from.
    pub fn origin(&self) -> Origin {
        Origin {
            built_in: !self.no_builtin,
            folders: self.data.clone(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// Markdown
    Md,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Text => Format::Text,
            FormatArg::Json => Format::Json,
            FormatArg::Csv => Format::Csv,
            FormatArg::Md => Format::Markdown,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// English
    En,
    /// Korean
    Ko,
    /// Chinese
    Zh,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Lang::En,
            LangArg::Ko => Lang::Ko,
            LangArg::Zh => Lang::Zh,
        }
    }
}

/// The questions.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask in English: hanjung ask "who depends on graphite"
    Ask(Ask),
    /// Ask by an expression: hanjung query 'firms & dependents(graphite)'
    Query(Late<QueryArgs>),
    /// Who depends on X
    Dependents(Late<RelationArgs>),
    /// What X depends on
    Dependencies(Late<RelationArgs>),
    /// Why A depends on B: the chains between them
    Why {
        /// The dependent
        a: String,
        /// What it depends on
        b: String,
        /// Only chains that lead through this
        #[arg(long, value_name = "NAME")]
        through: Option<String>,
        /// How many chains to show at most
        #[arg(long, value_name = "N", default_value_t = DEFAULT_CHAINS, value_parser = chain_count)]
        limit: usize,
        #[command(flatten)]
        include: Include,
    },
    /// How exposed A is to B, and through what; without A who is exposed to B, without B what A is
    /// exposed to
    Exposure {
        /// What is exposed; everything where left out
        #[arg(required_unless_present = "to")]
        name: Option<String>,
        /// To what; to each thing by itself where left out
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        #[command(flatten)]
        rows: Rows,
        #[command(flatten)]
        include: Include,
    },
    /// What is lost if something is cut, at least and at most
    WhatIf {
        /// What is cut: a name, or one maker's output of a good; part of it as china:graphite=0.5
        /// (repeatable)
        #[arg(long, value_name = "NAME", required = true)]
        cut: Vec<String>,
        /// Show instead how the bounds for this come about
        #[arg(long, value_name = "NAME", conflicts_with_all = ["kind", "within", "from"])]
        explain: Option<String>,
        #[command(flatten)]
        rows: Rows,
        #[command(flatten)]
        include: Include,
    },
    /// What can't be gone around: by A; by any firm where A is left out
    Chokepoints {
        /// A name
        name: Option<String>,
        /// The smallest sets of cuts that stop A entirely
        #[arg(long, requires = "name", conflicts_with_all = ["kind", "within", "from"])]
        reverse: bool,
        #[command(flatten)]
        rows: Rows,
        #[command(flatten)]
        include: Include,
    },
    /// A good with its kinds, makers, buyers and inputs: hanjung sector batteries
    Sector {
        /// A name
        name: String,
        /// Only makers and buyers in this territory, and what concerns them
        #[arg(long = "in", value_name = "PLACE")]
        within: Option<String>,
        /// Only makers and buyers of this economy, wherever they are, and what concerns them
        #[arg(long, value_name = "ECONOMY")]
        from: Option<String>,
    },
    /// What most depends on: goods, makers, territories, and the chains between them
    Overview,
    /// All that is known of X
    Show {
        /// A name
        name: String,
    },
    /// The entities of a kind: firms, goods, materials, plants, economies, …
    List {
        /// The kind; all where left out
        kind: Option<String>,
        /// Only what is in this territory
        #[arg(long = "in", value_name = "PLACE")]
        within: Option<String>,
        /// Only firms, groups, organisations and offices of this economy, wherever they are
        #[arg(long, value_name = "ECONOMY")]
        from: Option<String>,
    },
    /// The entities with a text in one of their names
    Find {
        /// The text
        text: String,
    },
    /// The documents that facts are drawn from
    Documents,
    /// The facts as stated: hanjung facts --claim Supplies,Sources --to NAME
    Facts(Box<FactsArgs>),
    /// Figures, each with its measure, value, unit and period
    Figures {
        /// Of this entity; of all where left out
        name: Option<String>,
        /// What they measure: exports, share of total exports, tariff rate, deal sum, …; longer
        /// measures with these words too
        #[arg(long, value_name = "TEXT")]
        measure: Option<String>,
        /// Of this good
        #[arg(long, value_name = "NAME")]
        good: Option<String>,
        /// Towards or with this entity
        #[arg(long, value_name = "NAME")]
        towards: Option<String>,
        /// Of this time or within it: 2023-11, november, 2022-Q1, 2023-01/2023-09
        #[arg(long, value_name = "TIME", value_parser = when)]
        period: Option<When>,
    },
    /// Facts that contradict each other
    Conflicts,
    /// Dated facts, oldest first
    Timeline {
        /// About this; about everything where left out
        name: Option<String>,
    },
    /// What is planned, aimed at or foreseen
    Plans {
        /// About this, or in this place; everything where left out
        name: Option<String>,
    },
    /// What became of each passage of the documents
    Coverage,
}

/// What `ask` is given.
#[derive(Debug, ClapArgs)]
pub struct Ask {
    /// The question
    #[arg(required = true)]
    pub question: Vec<String>,
}

/// Options of `query`.
#[derive(Debug, ClapArgs)]
pub struct QueryArgs {
    /// Sets joined by &, | and -, or a question such as why(kia, graphite): docs/query.md
    #[arg(required_unless_present = "request", conflicts_with = "request")]
    pub expression: Vec<String>,
    /// Ask what stands in this file instead, as --explain-question --format json prints it; - for
    /// stdin
    #[arg(long, value_name = "FILE", conflicts_with = "include")]
    pub request: Option<PathBuf>,
    #[command(flatten)]
    pub include: Include,
}

/// Options of `dependents` and `dependencies`.
#[derive(Debug, ClapArgs)]
pub struct RelationArgs {
    /// A name; or one maker's output of a good, as china:graphite
    pub name: String,
    /// Only entities of this kind: firms, goods, materials, plants, … (repeatable)
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Only what is in this territory, or supplied from there
    #[arg(long = "in", value_name = "PLACE")]
    pub within: Option<String>,
    /// Only firms, groups, organisations and offices of this economy, wherever they are, or what
    /// they supply
    #[arg(long, value_name = "ECONOMY")]
    pub from: Option<String>,
    /// Only what is one fact away
    #[arg(long, conflicts_with = "depth")]
    pub direct: bool,
    /// Only what is at most this many facts away
    #[arg(long, value_name = "N")]
    pub depth: Option<u32>,
    #[command(flatten)]
    pub include: Include,
}

/// Which rows are shown.
#[derive(Debug, ClapArgs)]
pub struct Rows {
    /// Only entities of this kind: firms, goods, materials, plants, … (repeatable)
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Only what is in this territory
    #[arg(long = "in", value_name = "PLACE")]
    pub within: Option<String>,
    /// Only firms, groups, organisations and offices of this economy, wherever they are
    #[arg(long, value_name = "ECONOMY")]
    pub from: Option<String>,
}

/// Which facts are wanted.
#[derive(Debug, ClapArgs)]
#[group(skip)]
#[command(group = ArgGroup::new("players").multiple(true))]
pub struct FactsArgs {
    /// Facts of this claim (repeatable, or several with commas)
    #[arg(long, value_name = "CLAIM", value_parser = claim, value_delimiter = ',')]
    pub claim: Vec<Claim>,
    /// Facts about this entity, whatever its role
    #[arg(long, value_name = "NAME", group = "players")]
    pub entity: Option<String>,
    /// Also facts about kinds of the entities named
    #[arg(long, requires = "players")]
    pub kinds: bool,
    /// The role that is asked for, such as by, what or to: facts in which nobody plays it are left
    /// out
    #[arg(long, value_name = "ROLE", value_parser = role, requires = "claim")]
    pub ask: Option<Role>,
    /// With --ask: only firms, goods, economies, … in the role that is asked for (repeatable)
    #[arg(long, value_name = "KIND", requires = "ask")]
    pub kind: Vec<String>,
    /// Restrictions of this measure: export-control, tariff, … (repeatable, or several with commas)
    #[arg(long, value_name = "MEASURE", value_parser = measure, value_delimiter = ',')]
    pub measure: Vec<&'static str>,
    /// Of the facts that are left, those with most of these words in their sentence
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// Facts that this document supports
    #[arg(long, value_name = "ID")]
    pub document: Option<String>,
    /// Facts with evidence of this status
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub status: Option<Status>,
    #[command(flatten)]
    pub roles: Roles,
}

/// Who plays which role.
#[derive(Debug, ClapArgs)]
#[group(skip)]
#[command(next_help_heading = "Roles")]
pub struct Roles {
    /// Who does it: makes, supplies, owns, … (each of these is repeatable)
    #[arg(long, value_name = "NAME", group = "players")]
    pub by: Vec<String>,
    /// What it is done to: what is made, supplied, owned, …
    #[arg(long, value_name = "NAME", group = "players")]
    pub what: Vec<String>,
    /// Who gets it: the buyer, user or licensee
    #[arg(long, value_name = "NAME", group = "players")]
    pub to: Vec<String>,
    /// Whom it is taken from: the seller of what is acquired
    #[arg(long, value_name = "NAME", group = "players")]
    pub from: Vec<String>,
    /// One of those who work together or compete
    #[arg(long, value_name = "NAME", group = "players")]
    pub with: Vec<String>,
    /// Whom a restriction or figure is directed at
    #[arg(long, value_name = "NAME", group = "players")]
    pub towards: Vec<String>,
    /// Where
    #[arg(long = "in", value_name = "NAME", group = "players")]
    pub within: Vec<String>,
    /// What it is used for
    #[arg(long = "for", value_name = "NAME", group = "players")]
    pub purpose: Vec<String>,
    /// The policy under which it is done
    #[arg(long, value_name = "NAME", group = "players")]
    pub under: Vec<String>,
}

impl Roles {
    /// The names, each with the role that it is given for.
    pub fn given(&self) -> impl Iterator<Item = (Role, &str)> {
        let names = |role: Role| match role {
            Role::By => &self.by,
            Role::What => &self.what,
            Role::To => &self.to,
            Role::From => &self.from,
            Role::With => &self.with,
            Role::Towards => &self.towards,
            Role::In => &self.within,
            Role::For => &self.purpose,
            Role::Under => &self.under,
        };
        Role::ALL
            .iter()
            .flat_map(move |&role| names(role).iter().map(move |name| (role, name.as_str())))
    }
}

/// Which further relations are followed.
#[derive(Debug, ClapArgs)]
pub struct Include {
    /// Also follow these relations (repeatable)
    #[arg(long, value_name = "WHAT", value_enum)]
    pub include: Vec<IncludeArg>,
}

impl Include {
    /// The relations to follow.
    pub fn follow(&self) -> Follow {
        let has = |what| self.include.contains(&what);
        Follow {
            plans: has(IncludeArg::Plans),
            possible: has(IncludeArg::Possible),
            market: has(IncludeArg::Market),
            ownership: has(IncludeArg::Ownership),
            technology: has(IncludeArg::Technology),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum IncludeArg {
    /// Plans, targets, forecasts and opinions
    Plans,
    /// A good on one of its makers, a group on one of its members, where no document gives the
    /// share
    Possible,
    /// A seller on its market
    Market,
    /// A subsidiary on its owner, a member on its group
    Ownership,
    /// A licensee on the licensor
    Technology,
}

fn chain_count(text: &str) -> Result<usize, String> {
    let count: usize = text.parse().map_err(|_| "not a whole number".to_owned())?;
    if (1..=MOST_CHAINS).contains(&count) {
        Ok(count)
    } else {
        Err(format!("from 1 to {MOST_CHAINS} chains can be shown"))
    }
}

fn when(text: &str) -> Result<When, String> {
    When::parse(text).ok_or_else(|| {
        "write 2023, 2023-Q4, 2023-11, november, or two dates with / between".to_owned()
    })
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write 2023, 2023-Q4, 2023-11 or 2023-11-30".to_owned())
}

fn claim(text: &str) -> Result<Claim, String> {
    let found = Claim::ALL
        .iter()
        .find(|claim| claim.word().eq_ignore_ascii_case(text));
    found
        .copied()
        .ok_or_else(|| one_of(text, Claim::ALL.iter().map(|claim| claim.word())))
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_word(text).ok_or_else(|| one_of(text, Role::ALL.iter().map(|role| role.word())))
}

fn measure(text: &str) -> Result<&'static str, String> {
    let found = MEASURES.iter().find(|measure| **measure == text);
    found
        .copied()
        .ok_or_else(|| one_of(text, MEASURES.iter().copied()))
}

fn status(text: &str) -> Result<Status, String> {
    Status::from_word(text)
        .ok_or_else(|| one_of(text, Status::ALL.iter().map(|status| status.word())))
}

fn one_of<'w>(text: &str, words: impl Iterator<Item = &'w str> + Clone) -> String {
    match nearest(text, words.clone(), 1).first() {
        Some(near) => format!("did you mean {near}?"),
        None => format!("one of {}", words.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;

    fn read(line: &str) -> (Option<String>, Option<String>) {
        let typed: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let shown = |args: Args| format!("{args:?}");
        (
            of_one_command(&typed).map(shown),
            Args::try_parse_from(&typed).ok().map(shown),
        )
    }

    #[test]
    fn a_command_means_the_same_without_the_others() {
        for line in [
            "hanjung ask who depends on graphite",
            "hanjung dependencies nand --from south-korea --no-builtin",
            "hanjung dependents graphite --kind firms --in china --depth 2 --include plans --format json --as-of 2024",
            "hanjung why a b --brief --data one --data two --lang ko",
            "hanjung facts --claim Supplies,Sources --to a --ask by",
            "hanjung render --theme dark why a b -o why.svg --no-builtin",
            "hanjung check facts",
        ] {
            let (alone, among_all) = read(line);
            assert!(alone.is_some(), "{line}");
            assert_eq!(alone, among_all, "{line}");
        }
    }

    #[test]
    fn a_command_with_a_type_of_its_own_takes_what_that_has() {
        let mut all = Args::command();
        all.build();
        for (name, augment) in WITH_OWN_TYPE {
            let alone = augment(clap::Command::new(name));
            assert_eq!(
                own_arguments(&alone),
                own_arguments(all.find_subcommand(name).unwrap())
            );
        }
    }

    /// What a command takes beside what all take, by name.
    fn own_arguments(command: &clap::Command) -> BTreeSet<&str> {
        let own = command.get_arguments().filter(|arg| !arg.is_global_set());
        own.map(|arg| arg.get_id().as_str())
            .filter(|id| *id != "help")
            .collect()
    }

    #[test]
    fn faults_and_help_are_left_to_all_commands_together() {
        for line in [
            "hanjung",
            "hanjung asks x",
            "hanjung ask",
            "hanjung ask x --colour",
            "hanjung ask --help",
            "hanjung help ask",
        ] {
            assert_eq!(read(line), (None, None), "{line}");
        }
        assert!(
            matches!(read("hanjung --brief ask x"), (None, Some(_))),
            "an option may stand first"
        );
    }
}

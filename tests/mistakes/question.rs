//! A question of `questions.txt`.

/// The first line of every program.
const START: &str =
    "#![allow(unused)] #![warn(unused_must_use)] use onward::http; use onward::prelude::*;";

/// The line that is added above the first line of a program without a function.
const SERVER: &str = "#[server] async fn app(req: Request, mut res: Response) -> Result {";

/// A program with a mistake.
pub(crate) struct Question {
    pub(crate) number: String,
    pub(crate) title: String,
    /// Texts, at least one of which a message must contain.
    pub(crate) needed: Vec<String>,
    pub(crate) program: String,
    /// The lines of the program that are wrong.
    pub(crate) lines: Vec<usize>,
}

impl Question {
    pub(crate) fn parse_all(text: &str) -> Vec<Self> {
        let questions = text.split("\n## ").skip(1);
        questions.map(Self::parse).collect()
    }

    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let head = lines.next().unwrap_or_default();
        let (number, title) = head.split_once(' ').expect("a number and a title");
        let _source = lines.next().expect("`from:`");
        let needed = lines.next().and_then(|line| line.strip_prefix("type: "));
        let needed = needed.expect("`type:`").split(" | ").map(str::to_owned);
        let code: Vec<&str> = lines.collect();
        let program = program(code.join("\n").trim_end());
        let marked = program.lines().zip(1..);
        let marked = marked.filter(|(line, _)| line.ends_with("//~"));
        Self {
            number: number.to_owned(),
            title: title.to_owned(),
            needed: needed.collect(),
            lines: marked.map(|(_, number)| number).collect(),
            program,
        }
    }
}

fn program(code: &str) -> String {
    let has_function = code
        .lines()
        .any(|line| !line.starts_with(' ') && (line.contains("fn ") || line.starts_with("impl ")));
    let (server, end) = if has_function {
        ("", "")
    } else {
        (SERVER, "\n}")
    };
    let has_main = code.lines().any(|line| line.contains("fn main()"));
    let main = if has_main { "" } else { "\nfn main() {}" };
    format!("{START} {server}\n{code}{end}{main}\n")
}

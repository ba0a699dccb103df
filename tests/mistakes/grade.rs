//! Grades messages.

use serde_json::Value;

use super::question::Question;

/// The grades of the messages, by how well they explain a mistake.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// All messages are at the lines that are wrong, and one states what to type.
    Named,
    /// The first message is at the right place, but does not state what to type.
    Place,
    /// The first message is at another line.
    Misleading,
    /// The program compiles, and no warning marks a wrong line.
    Silent,
}

impl Grade {
    pub(crate) const ALL: [Self; 4] = [Self::Named, Self::Place, Self::Misleading, Self::Silent];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Place => "place",
            Self::Misleading => "misleading",
            Self::Silent => "silent",
        }
    }

    pub(crate) fn of(question: &Question, messages: &[Message]) -> Self {
        let errors: Vec<&Message> = messages.iter().filter(|it| it.is_error).collect();
        let is_wrong = |it: &&Message| it.lines.iter().any(|line| question.lines.contains(line));
        let warnings = || messages.iter().filter(is_wrong).collect();
        let found: Vec<&Message> = if errors.is_empty() {
            warnings()
        } else {
            errors
        };
        let Some(first) = found.first() else {
            return Self::Silent;
        };
        if !is_wrong(first) {
            return Self::Misleading;
        }
        let is_named = |it: &&Message| {
            question
                .needed
                .iter()
                .any(|text| it.text.contains(text.as_str()))
        };
        if found.iter().all(is_wrong) && found.iter().any(is_named) {
            Self::Named
        } else {
            Self::Place
        }
    }
}

/// An error or a warning from rustc.
pub(crate) struct Message {
    is_error: bool,
    /// The lines that the message marks as wrong.
    lines: Vec<usize>,
    /// The text of the message, without the code that the message quotes.
    text: String,
    pub(crate) rendered: String,
}

impl Message {
    /// Reads a message. Returns `None` for remarks such as the number of errors.
    pub(crate) fn read(message: &Value) -> Option<Self> {
        let level = message["level"].as_str()?;
        let spans = message["spans"].as_array()?;
        let primary = spans.iter().filter(|span| span["is_primary"] == true);
        let lines: Vec<usize> = primary.filter_map(line).collect();
        if lines.is_empty() || !["error", "warning"].contains(&level) {
            return None;
        }
        let mut text = String::new();
        add_text(message, &mut text);
        Some(Self {
            is_error: level == "error",
            lines,
            text,
            rendered: message["rendered"].as_str()?.to_owned(),
        })
    }
}

/// Returns the line in the program: for code from a macro of another crate, the line of the macro call.
fn line(span: &Value) -> Option<usize> {
    let is_program = span["file_name"]
        .as_str()
        .is_some_and(|file| file.starts_with("src"));
    let call = &span["expansion"]["span"];
    if call.is_object() && !is_program {
        return line(call);
    }
    let line = span["line_start"].as_u64()?;
    usize::try_from(line).ok()
}

fn add_text(message: &Value, text: &mut String) {
    let mut add = |value: &Value| {
        text.push_str(value.as_str().unwrap_or_default());
        text.push('\n');
    };
    add(&message["message"]);
    for span in message["spans"].as_array().into_iter().flatten() {
        add(&span["label"]);
        add(&span["suggested_replacement"]);
    }
    for child in message["children"].as_array().into_iter().flatten() {
        add_text(child, text);
    }
}

//! Every relative link in a document leads to a file and, if it names a heading, to that heading.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use crate::{files, read, root};

/// The documents at the root of the repository.
const AT_ROOT: [&str; 4] = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
];

#[test]
fn every_relative_link_leads_somewhere() {
    let mut broken = Vec::new();
    let mut followed = 0;
    for document in documents() {
        let text = read(&document);
        for link in links(&prose(&text)) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            followed += 1;
            if let Err(why) = follow(&document, &link) {
                broken.push(format!("{}: `{link}`: {why}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(followed > 50, "{followed} links");
}

fn documents() -> Vec<PathBuf> {
    let mut documents: Vec<PathBuf> = AT_ROOT.iter().map(PathBuf::from).collect();
    for folder in ["docs", "runtime/guide"] {
        documents.extend(files(folder, ".md"));
    }
    documents.extend(["benches/README.md", "fuzz/README.md"].map(PathBuf::from));
    documents
}

fn follow(document: &Path, link: &str) -> Result<(), String> {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    let target = match path {
        "" => document.to_owned(),
        path => resolve(document, path)?,
    };
    if !root().join(&target).exists() {
        return Err("no such file".to_owned());
    }
    match anchor {
        Some(anchor) if !anchors(&read(&target)).contains(&anchor.to_owned()) => {
            Err("no such heading".to_owned())
        }
        _ => Ok(()),
    }
}

/// Returns the path from the root, without `..`.
fn resolve(document: &Path, path: &str) -> Result<PathBuf, String> {
    let mut target = document.parent().map(Path::to_owned).unwrap_or_default();
    for component in Path::new(path).components() {
        match component {
            Component::ParentDir if !target.pop() => {
                return Err("it leaves the repository".to_owned());
            }
            Component::Normal(part) => target.push(part),
            _ => {}
        }
    }
    Ok(target)
}

/// Returns the text of a document without its code.
fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code {
            // Every second part is outside of backticks.
            let outside: Vec<&str> = line.split('`').step_by(2).collect();
            prose += &outside.join("code");
            prose.push('\n');
        }
    }
    prose
}

/// Returns the targets of `[text](target)`, and of definitions `[name]: target`.
fn links(prose: &str) -> Vec<String> {
    let inline = prose.split("](").skip(1);
    let inline = inline.filter_map(|rest| rest.split_once(')').map(|(link, _)| link));
    let defined = prose.lines().filter_map(|line| {
        let rest = line.strip_prefix('[')?;
        rest.split_once("]: ").map(|(_, link)| link)
    });
    let links = inline.chain(defined).map(str::trim).map(str::to_owned);
    links.collect()
}

/// Returns the anchors that GitHub creates from the headings: lowercase, spaces as `-`, without other punctuation; the
/// second heading with the same text ends with `-1`.
fn anchors(text: &str) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut anchors = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        in_code ^= line.trim_start().starts_with("```");
        if in_code || !line.starts_with('#') {
            continue;
        }
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter_map(|char| match char {
            ' ' => Some('-'),
            '-' | '_' => Some(char),
            char => char.is_alphanumeric().then_some(char),
        });
        let anchor: String = kept.collect();
        let before = seen.entry(anchor.clone()).or_insert(0);
        anchors.push(match *before {
            0 => anchor,
            count => format!("{anchor}-{count}"),
        });
        *before += 1;
    }
    anchors
}

#[test]
fn links_and_anchors_are_found() {
    let text = "# What is *slow*, and why\n## A\n## A\n```text\n# no\n[no](no.md)\n```\n[a](b.md#c) `[no](no.md)`\n\n[d]: e.md\n";
    assert_eq!(links(&prose(text)), ["b.md#c", "e.md"]);
    assert_eq!(anchors(text), ["what-is-slow-and-why", "a", "a-1"]);
    assert!(follow(Path::new("README.md"), "../README.md").is_err());
    assert!(follow(Path::new("README.md"), "docs/routing.md#no-such-heading").is_err());
    assert!(follow(Path::new("docs/routing.md"), "../README.md").is_ok());
}

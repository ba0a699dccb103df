//! Turns the tree into a chain of `if`s, node by node.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::Choice;
use super::block::{Block, Branch};
use super::capture_names::variable;
use super::condition::{self, CfgPredicates};
use crate::server::tree::{Leaf, Node, Split, Step, Text, Tree};

/// The minimum number of distinct first bytes for which the byte is matched before the texts. Measurements show that
/// with fewer, the jump table slows down 1000 routes that are requested in turn by a fifth, and hardly speeds up 130
/// or 5000 routes.
const DISPATCH: usize = 8;

pub(super) struct CodeGen<'a> {
    pub(super) choices: &'a [Choice<'a>],
    /// The names in the generated code that must be imported or declared.
    used: Vec<&'static str>,
    /// Whether the code contains `allow`, even if nothing is added to it.
    pub(super) reads_allow: bool,
}

/// The facts that hold at a position in the generated code.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub(super) captures: Vec<Ident>,
    /// The condition of the enclosing code.
    pub(super) held: CfgPredicates,
}

impl<'a> CodeGen<'a> {
    pub(super) fn new(choices: &'a [Choice<'a>]) -> Self {
        Self {
            choices,
            used: vec!["Allow", "Unmatched"],
            reads_allow: false,
        }
    }

    pub(super) fn tree(&mut self, tree: &Tree) -> Block {
        self.node(&tree.root, &Place::default())
    }

    /// Returns whether the generated code contains `name`.
    pub(super) fn uses(&self, name: &str) -> bool {
        self.used.contains(&name)
    }

    /// Returns `name` and records it as used.
    pub(super) fn named(&mut self, name: &'static str) -> Ident {
        if !self.uses(name) {
            self.used.push(name);
        }
        format_ident!("{name}")
    }

    fn node(&mut self, node: &Node, place: &Place) -> Block {
        let mut block = Block::default();
        let mut either = Vec::new();
        for step in &node.steps {
            if !matches!(step, Step::Texts(_)) {
                block.push_either(std::mem::take(&mut either));
            }
            match step {
                Step::End(leaf) => either.push(self.end(quote!(path.is_empty()), leaf, place)),
                Step::Tail(leaf) => block.append(self.leaf(leaf, &quote!(path), place)),
                Step::Texts(texts) if by_first_byte(texts).len() >= DISPATCH => {
                    block.push_either(std::mem::take(&mut either));
                    self.dispatch(&mut block, texts, place);
                }
                Step::Texts(texts) => {
                    for text in texts {
                        either.push(self.text(text, place));
                    }
                }
                Step::Segment(splits) => block.push_if(self.segment(splits, place)),
            }
        }
        block.push_either(either);
        block
    }

    /// Expands a branch for the end of the path:
    ///
    /// ```text
    /// if path.is_empty() { match *method { … } }
    /// ```
    fn end(&mut self, condition: TokenStream, leaf: &Leaf, place: &Place) -> Branch {
        let mut routes = Vec::new();
        for group in leaf {
            routes.extend(&group.routes);
        }
        let (attribute, place) = self.under(&routes, place);
        Branch {
            attribute,
            conditions: vec![condition],
            then: self.leaf(leaf, &quote!(path), &place),
        }
    }

    /// Expands a branch for a text in the path:
    ///
    /// ```text
    /// if let Some(path) = path.strip_prefix("/users") { … }
    /// if path == "/users" { … }
    /// if path.starts_with("/admin/") { … }
    /// ```
    fn text(&mut self, text: &Text, place: &Place) -> Branch {
        let literal = Literal::string(&text.text);
        if let [Step::End(leaf)] = text.then.steps.as_slice()
            && !self.has_rest(leaf, place.captures.len())
        {
            return self.end(quote!(path == #literal), leaf, place);
        }
        if let [Step::Tail(leaf)] = text.then.steps.as_slice()
            && !self.has_rest(leaf, place.captures.len())
        {
            let literal = one_char(&text.text).map_or(literal, Literal::character);
            return self.end(quote!(path.starts_with(#literal)), leaf, place);
        }
        let (attribute, place) = self.under(&text.then.routes(), place);
        let some = self.named("Some");
        let literal = one_char(&text.text).map_or(literal, Literal::character);
        let condition = quote!(let #some(path) = path.strip_prefix(#literal));
        Branch {
            attribute,
            conditions: vec![condition],
            then: self.node(&text.then, &place),
        }
    }

    /// Returns whether a tail follows the given number of captures. A tail captures the end of the path as a slice of
    /// the path, from which its position is computed.
    fn has_rest(&self, leaf: &Leaf, captures: usize) -> bool {
        for group in leaf {
            for index in &group.routes {
                let choice = self.choices.get(*index);
                if choice.is_some_and(|choice| choice.fields.len() > captures) {
                    return true;
                }
            }
        }
        false
    }

    /// Expands the branches for several texts, with a `match` on their first bytes:
    ///
    /// ```text
    /// match path.as_bytes().first() {
    ///     Some(b'u') => { if let Some(path) = path.strip_prefix("users") { … } }
    ///     …
    ///     _ => {}
    /// }
    /// ```
    fn dispatch(&mut self, block: &mut Block, texts: &[Text], place: &Place) {
        let mut routes = Vec::new();
        for text in texts {
            routes.extend(text.then.routes());
        }
        let (attribute, place) = self.under(&routes, place);
        let some = self.named("Some");
        let mut arms = Vec::new();
        for (byte, texts) in by_first_byte(texts) {
            let mut routes = Vec::new();
            for text in &texts {
                routes.extend(text.then.routes());
            }
            let (attribute, place) = self.under(&routes, &place);
            let mut branches = Vec::new();
            for text in texts {
                branches.push(self.text(text, &place));
            }
            let mut then = Block::default();
            then.push_either(branches);
            let byte = Literal::byte_character(byte);
            arms.push(quote!(#attribute #some(#byte) => { #then }));
        }
        block.push(quote! {
            #attribute
            match path.as_bytes().first() {
                #(#arms)*
                _ => {}
            }
        });
    }

    /// Expands a branch for the captures of a segment:
    ///
    /// ```text
    /// if let Some((file, path)) = segment(path) {
    ///     if let Some(file) = ending(file, ".json") { … }
    ///     …
    /// }
    /// if let Some(file) = last_segment(path) { … }
    /// ```
    fn segment(&mut self, splits: &[Split], place: &Place) -> Branch {
        let mut routes = Vec::new();
        for split in splits {
            routes.extend(split.then.routes());
        }
        let (attribute, place) = self.under(&routes, place);
        let whole = variable(self.choices, &routes, place.captures.len());
        let is_last = splits.iter().all(|split| self.is_last(split, &place));
        let some = self.named("Some");
        let condition = if is_last {
            let last_segment = self.named("last_segment");
            quote!(let #some(#whole) = #last_segment(path))
        } else {
            let segment = self.named("segment");
            quote!(let #some((#whole, path)) = #segment(path))
        };
        let mut then = Block::default();
        for split in splits {
            self.split(&mut then, split, &whole, is_last, &place);
        }
        Branch {
            attribute,
            conditions: vec![condition],
            then,
        }
    }

    /// Returns whether the segment must be the last one.
    fn is_last(&self, split: &Split, place: &Place) -> bool {
        match split.then.steps.as_slice() {
            [Step::End(leaf)] => !self.has_rest(leaf, place.captures.len() + split.shape.len()),
            _ => false,
        }
    }

    fn split(
        &mut self,
        block: &mut Block,
        split: &Split,
        whole: &Ident,
        is_last: bool,
        place: &Place,
    ) {
        let routes = split.then.routes();
        let (attribute, mut place) = self.under(&routes, place);
        let first = place.captures.len();
        let names = (first..first + split.shape.len())
            .map(|position| variable(self.choices, &routes, position));
        let mut names: Vec<_> = names.collect();
        if let ([name], [text]) = (names.as_mut_slice(), split.shape.as_slice())
            && text.is_empty()
        {
            *name = whole.clone();
        }
        let conditions = self.conditions(&split.shape, whole, &names);
        place.captures.extend(names);
        let then = match split.then.steps.as_slice() {
            [Step::End(leaf)] if is_last => self.leaf(leaf, &quote!(path), &place),
            _ => self.node(&split.then, &place),
        };
        block.push_if(Branch {
            attribute,
            conditions,
            then,
        });
    }

    /// Returns the conditions that divide a segment among its captures; none for a single capture without text:
    ///
    /// ```text
    /// let Some((from, to)) = before(from, "-") && let Some(to) = ending(to, ".json")
    /// ```
    fn conditions(&mut self, shape: &[String], whole: &Ident, names: &[Ident]) -> Vec<TokenStream> {
        let mut conditions = Vec::new();
        let mut left = whole;
        for ((text, name), next) in shape.iter().zip(names).zip(names.iter().skip(1)) {
            let (some, before) = (self.named("Some"), self.named("before"));
            conditions.push(quote!(let #some((#name, #next)) = #before(#left, #text)));
            left = next;
        }
        match (shape.last(), names.last()) {
            (Some(text), Some(name)) if !text.is_empty() => {
                let (some, ending) = (self.named("Some"), self.named("ending"));
                conditions.push(quote!(let #some(#name) = #ending(#left, #text)));
            }
            _ if conditions.is_empty() => {}
            _ => conditions.push(quote!(!#left.is_empty())),
        }
        conditions
    }

    /// Returns the attribute for statements that only `routes` need, and the position inside it.
    pub(super) fn under(&self, routes: &[usize], place: &Place) -> (Option<TokenStream>, Place) {
        let held = condition::of(self.choices, routes);
        let attribute = condition::attribute(&held, &place.held);
        let captures = place.captures.clone();
        (attribute, Place { captures, held })
    }
}

fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.as_str().is_empty())
}

fn by_first_byte(texts: &[Text]) -> Vec<(u8, Vec<&Text>)> {
    let mut groups: Vec<(u8, Vec<&Text>)> = Vec::new();
    for text in texts {
        let Some(first) = text.text.bytes().next() else {
            continue;
        };
        match groups.iter_mut().find(|(byte, _)| *byte == first) {
            Some((_, group)) => group.push(text),
            None => groups.push((first, vec![text])),
        }
    }
    groups
}

//! Parses tokens into `Json`. After an error, parsing continues at the next comma.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Error, Expr, Result, Token};

use super::ast::{Json, Key, ObjectEntry};
use super::cursor::{between, comma, constant, json_group, next_token, skip_all, skip_to_comma};
use super::{error, group, key};

/// Parses the contents of the invocation. If its `delimiter` is unknown, a single value is used as it is, and several
/// values form an array.
pub(super) fn parse(input: TokenStream, delimiter: Option<Delimiter>) -> (Json, Vec<Error>) {
    let mut parser = Parser::default();
    let values = parser.values(input);
    let json = match delimiter {
        Some(Delimiter::Bracket) => Json::Array(values.items),
        Some(_) => parser.one(values),
        None if values.items.len() > 1 => Json::Array(values.items),
        None => parser.one(values),
    };
    (json, parser.errors)
}

#[derive(Default)]
struct Parser {
    errors: Vec<Error>,
}

/// A comma-separated list, and the span of its first comma.
struct List<T> {
    items: Vec<T>,
    comma: Option<Span>,
}

impl Parser {
    fn one(&mut self, values: List<Json>) -> Json {
        let several = values.items.len() > 1;
        let first = values.items.into_iter().next();
        // After another error, the number of values is not the one that the user meant.
        if self.errors.is_empty() {
            match (&first, values.comma) {
                (None, _) => self.errors.push(error::empty()),
                (Some(_), Some(comma)) if several => {
                    self.errors.push(error::several_values(comma));
                }
                _ => {}
            }
        }
        first.unwrap_or_else(|| Json::Constant("null".to_owned()))
    }

    fn values(&mut self, tokens: TokenStream) -> List<Json> {
        self.list(tokens, |parser, input| {
            if let Some(comma) = comma(input) {
                return Err(error::missing_element(comma));
            }
            let value = parser.value(input)?;
            if input.peek(Token![:]) && !input.peek(Token![::]) {
                let error = error::entry_without_object(input.span());
                skip_all(input);
                return Err(error);
            }
            Ok(value)
        })
    }

    fn entries(&mut self, tokens: TokenStream) -> Vec<ObjectEntry> {
        let list = self.list(tokens, |parser, input| match comma(input) {
            Some(comma) => Err(error::missing_entry(comma)),
            None => parser.entry(input),
        });
        self.check_duplicate_keys(&list.items);
        list.items
    }

    fn list<T>(
        &mut self,
        tokens: TokenStream,
        mut item: impl FnMut(&mut Self, ParseStream<'_>) -> Result<T>,
    ) -> List<T> {
        let mut list = List {
            items: Vec::new(),
            comma: None,
        };
        let read = |input: ParseStream<'_>| {
            while !input.is_empty() {
                match item(self, input) {
                    Ok(value) => {
                        list.items.push(value);
                        self.separator(input);
                    }
                    Err(error) => {
                        self.errors.push(error);
                        skip_to_comma(input);
                    }
                }
                let comma = input.parse::<Option<Token![,]>>()?;
                list.comma = list.comma.or(comma.map(|comma| comma.spans[0]));
            }
            Ok(())
        };
        // After a failed expression, syn reports the remaining tokens as a further error.
        if let Err(error) = read.parse2(tokens)
            && self.errors.is_empty()
        {
            self.errors.push(error);
        }
        list
    }

    /// Checks that a comma or the end follows an item. If only the comma is missing, the next item is parsed anyway.
    fn separator(&mut self, input: ParseStream<'_>) {
        match next_token(input) {
            None => {}
            Some(TokenTree::Punct(punct)) if punct.as_char() == ',' => {}
            Some(found @ TokenTree::Punct(_)) => {
                self.errors.push(error::not_a_comma(&found));
                skip_to_comma(input);
            }
            Some(found) => self.errors.push(error::missing_comma(&found)),
        }
    }

    fn value(&mut self, input: ParseStream<'_>) -> Result<Json> {
        if let Some(array) = json_group(input, Delimiter::Bracket) {
            return Ok(Json::Array(self.values(array).items));
        }
        if let Some(object) = json_group(input, Delimiter::Brace) {
            return Ok(Json::Object(self.entries(object)));
        }
        match constant(input) {
            Some(text) => Ok(Json::Constant(text)),
            None => Ok(self.expression(input)),
        }
    }

    fn expression(&mut self, input: ParseStream<'_>) -> Json {
        let start = input.cursor();
        let Err(error) = input.parse::<Expr>() else {
            return Json::Expr(group::parenthesize(between(start, input.cursor())));
        };
        skip_to_comma(input);
        let written = between(start, input.cursor());
        self.errors.push(error::unfinished(&error, &written));
        Json::Unfinished(beginning(written))
    }

    fn entry(&mut self, input: ParseStream<'_>) -> Result<ObjectEntry> {
        let (written, colon) = key::written(input)?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(error::missing_value(colon, &written));
        }
        // An error in the key does not prevent errors in the value from being found.
        let key = key::read(written);
        let value = self.value(input)?;
        Ok(ObjectEntry { key: key?, value })
    }

    /// Keys must be unique: `{ "id": 1, "id": 2 }` is an error. Keys that are expressions are not known at compile
    /// time.
    fn check_duplicate_keys(&mut self, entries: &[ObjectEntry]) {
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for entry in entries {
            let Key::Text(text, span) = &entry.key else {
                continue;
            };
            match seen.iter_mut().find(|(earlier, _)| earlier == text) {
                Some((_, first)) => {
                    let first = std::mem::replace(first, *span);
                    self.errors.push(error::duplicate_key(text, *span, first));
                }
                None => seen.push((text, *span)),
            }
        }
    }
}

/// Returns the part that an editor can complete: `user` of `user.`.
fn beginning(written: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = written.into_iter().collect();
    while let Some(TokenTree::Punct(_)) = tokens.last() {
        tokens.pop();
    }
    let tokens: TokenStream = tokens.into_iter().collect();
    match syn::parse2::<Expr>(tokens.clone()) {
        Ok(_) => tokens,
        Err(_) => TokenStream::new(),
    }
}

//! The tests of the workspace. This file contains the tests of the documents: their code blocks are compiled and,
//! unless they are marked otherwise, run.

/// README.md
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// docs/routing.md
#[cfg(doctest)]
#[doc = include_str!("../../docs/routing.md")]
pub struct Routing;

/// docs/events.md
#[cfg(doctest)]
#[doc = include_str!("../../docs/events.md")]
pub struct Events;

/// docs/errors.md
#[cfg(doctest)]
#[doc = include_str!("../../docs/errors.md")]
pub struct Errors;

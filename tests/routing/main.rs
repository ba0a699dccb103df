//! The routing language as its users write it. Handlers are called directly, without a socket, but for what only a
//! connection shows. What does not compile is in `tests/ui`.
//!
//! | what holds | the test that fails where it does not |
//! |---|---|
//! | a route without a method is for GET, and HEAD with it | `methods::a_route_without_a_method_is_for_get_and_head` |
//! | ten methods have a name; `ANY` is these and all others | `methods::every_method_has_a_name`, `any_is_every_method_there_may_be` |
//! | `\|` gives several methods to one route | `methods::several_methods_share_a_route` |
//! | a path is a string literal, raw or not | `attributes::a_path_is_any_string_literal_and_the_macro_any_call` |
//! | a segment is text or a parameter, or both | `parameters`, `segments` |
//! | `{rest..}` is all that is left, and may be nothing | `rest` |
//! | it stands last; so does `_` | `tests/ui`: `parameter/rest_not_last`, `fallback/not_last` |
//! | a type has to be read from text | `tests/ui`: `parameter/type_without_from_str` |
//! | an answer is any expression that is a reply | `answers::an_answer_is_any_reply`, `an_answer_is_any_expression` |
//! | `.await`, `?` and `return` work in it, and parameters are its local variables | `answers::an_answer_is_any_expression` |
//! | an answer that uses up `res` sends by itself | `answers::an_answer_may_use_the_response_in_every_way` |
//! | `{name}` is decoded text | `parameters::a_name_is_text_of_one_segment`, `encoding::parameters_are_decoded_once` |
//! | `{name: Type}` takes every type that is read from text | `parameters::a_type_is_whatever_can_be_read_from_text` |
//! | a segment that does not parse does not match, and ends in a 404 | `parameters::a_segment_that_does_not_parse_does_not_match` |
//! | the first that fits answers; where two overlap, the upper one | `order`, and the tables of `tests/generated` |
//! | a guard that says no leaves the turn to the next | `guards::a_guard_that_says_no_leaves_the_turn_to_the_next` |
//! | a route that is always shadowed does not compile | `tests/ui`: `order` |
//! | statements run in order, for the routes below them, and before a 404 | `middleware` |
//! | what they set on `res` stays on the answer | `middleware::what_middleware_set_stays_on_the_answer`, `nesting::headers_from_outside_stay_on_the_answer` |
//! | what nothing matched goes to `_` | `fallback::the_fallback_gets_all_that_nothing_matched` |
//! | without it: 404, or 405 with `allow` where there are other methods | `not_found`, `guards::a_path_with_other_methods_is_there_whatever_guards_say` |
//! | HEAD is GET without the body | `not_found::over_the_wire_head_is_get_without_its_body` |
//! | OPTIONS is 204 with `allow` | `not_found::another_method_is_not_allowed_and_is_told_which_are` |
//! | the signature stays: called from a closure, a route, a test | `signature::it_is_called_from_a_closure_from_another_route_and_as_a_value` |
//! | `req` and `res` are what the signature calls them | `signature::request_and_response_are_called_as_the_signature_says` |
//! | no return type is `onward::Result` | `signature::the_return_type_is_a_result_of_sent_however_written` |
//! | an error type of one's own sees every failure: 404, 405, a bad body, a bad path | `errors::generated_refusals_become_the_own_type`, `failures_of_an_answer_become_the_own_type` |
//! | without it: problem documents, and a 5xx tells no secrets | `errors::without_an_own_type_errors_are_problem_documents_that_tell_no_secrets` |
//! | `as name` gives a URL, encoded and typed, that leads back | `urls` |
//! | `ROUTES` is a constant with all there is to know | `info` |
//! | `trailing_slash` is strict, ignore or redirect; strict by default | `trailing_slash` |
//! | `crate = path` | `signature::the_crate_may_be_elsewhere` |
//! | `req.at(rest)` nests | `nesting` |
//! | matching is done on decoded text, `%2F` splits nothing | `encoding::routes_are_matched_decoded`, `an_encoded_slash_never_splits_a_segment` |
//! | broken encoding and bytes that are not UTF-8 are a 400 | `encoding::broken_encoding_is_a_bad_request` |
//! | `.`, `..` and `//` are a 404 | `encoding::a_path_is_not_normalised_and_odd_ones_are_not_found` |
//! | doc comments and `#[cfg]` on routes | `attributes`, `info::names_docs_and_lines_are_listed` |
//! | `json![a]` is an array, all else is as with serde_json; literals are constant bytes | `tests/json`: `brackets`, `same`, `constant` |
//! | an answer without `.await` is no suspension point | `futures::an_answer_without_await_is_no_suspension_point` |

mod answers;
mod attributes;
mod client;
mod encoding;
mod errors;
mod fallback;
mod futures;
mod github;
mod guards;
mod info;
mod methods;
mod middleware;
mod nesting;
mod not_found;
mod order;
mod parameters;
mod rest;
mod segments;
mod signature;
mod trailing_slash;
mod urls;
mod wire;

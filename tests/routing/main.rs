//! The routing language as users write it. Handlers are called directly, without a socket, unless only a connection
//! shows the behavior. Code that must not compile is in `tests/ui`.
//!
//! | rule | test that fails if it is broken |
//! |---|---|
//! | a route without a method handles GET and HEAD | `methods::a_route_without_a_method_handles_get_and_head` |
//! | ten methods have a name; `ANY` matches these and all others | `methods::every_method_has_a_name`, `any_matches_every_method` |
//! | `\|` gives a route several methods | `methods::several_methods_share_a_route` |
//! | a path is a string literal, raw or not | `attributes::a_path_is_any_string_literal_and_the_macro_any_call` |
//! | a segment is text, a parameter, or both | `parameters`, `segments` |
//! | `{rest..}` is the rest of the path, and may be empty | `rest` |
//! | `{rest..}` must be last, and so must `_` | `tests/ui`: `parameter/rest_not_last`, `fallback/not_last` |
//! | the type of a parameter implements `FromStr` | `tests/ui`: `parameter/type_without_from_str` |
//! | `{{` and `}}` are literal braces | `segments::doubled_braces_are_text` |
//! | the query never takes part in matching, and is read after the guard | `contract::query::the_query_never_takes_part_in_matching`, `the_query_is_read_after_the_guard` |
//! | a missing or unreadable parameter results in a 400 that names it, converted to the function's error type | `contract::query::a_missing_or_unreadable_parameter_is_a_400_that_names_it`, `errors_go_through_the_error_type_of_the_function` |
//! | types are mandatory and declare what may be missing | `contract::query::types_declare_what_may_be_missing`, `tests/ui`: `query/untyped` |
//! | a repeated key gives the first value, `Vec` all; unknown keys are ignored; an empty value counts as missing | `contract::query::a_repeated_key_gives_the_first_value_and_vec_all`, `unknown_keys_are_ignored`, `an_empty_value_counts_as_missing_unless_the_type_reads_empty_text` |
//! | defaults are literals or constants | `contract::query::defaults_are_literals_or_constants`, `tests/ui`: `query/default_call` |
//! | `{all..: T}` comes last, once, and reads the remaining keys into a struct | `contract::query::the_last_parameter_may_read_the_keys_that_are_not_read_by_name_into_a_struct`, `tests/ui`: `query/rest_not_last`, `query/second_rest` |
//! | `mount`, `unmatched` and `_` have no query, body or reply type | `tests/ui`: `query/of_mount`, `body/of_mount`, `body/of_fallback`, `body/of_unmatched`, `reply_type/of_mount`, `reply_type/of_fallback` |
//! | the body is read after the guard and after the query | `contract::body::the_body_is_read_after_the_guard`, `a_query_that_is_invalid_is_reported_before_the_body_is_read` |
//! | the request stays whole; naming its body is an error | `contract::body::the_request_stays_whole`, `tests/ui`: `body/request_body` |
//! | the pattern is any that a function parameter may have | `contract::body::the_pattern_is_any_that_a_function_parameter_may_have`, `tests/ui`: `body/refutable` |
//! | GET and HEAD have no body | `tests/ui`: `body/with_get`, `body/without_method` |
//! | `take_body` takes the body above a mount | `contract::body::take_body_takes_the_body_in_a_statement_above_a_mount` |
//! | `-> REPLY` is the type of the expression, other than `Sent`; it may change `res`, but not consume it | `contract::reply`, `tests/ui`: `reply_type/sent_as_type`, `reply_type/sent` |
//! | `Created`, `Accepted` and `NoContent` carry their status; an `Option` adds a 404 | `contract::reply::created_accepted_and_no_content_carry_their_status`, `an_option_adds_a_404` |
//! | URLs take the query; `ROUTES` lists query, body and reply; `routes()` prints a table | `contract::urls`, `contract::info` |
//! | a type parameter or an inner type may be a part of query, body and reply | `contract::types` |
//! | an integer in a path has one spelling, and a float is decimal | `parameters::a_number_has_one_spelling` |
//! | a reply is any expression whose value implements `Reply` | `replies::a_reply_is_any_value_that_implements_reply`, `a_reply_is_any_expression` |
//! | `.await`, `?` and `return` work in a reply, and parameters are local variables | `replies::a_reply_is_any_expression` |
//! | an expression that consumes `res` sends the response itself | `replies::an_expression_may_use_the_response`, `consumed` |
//! | other variables may have the names of the request and the response | `variables` |
//! | `{name}` is decoded text | `parameters::a_name_is_text_of_one_segment`, `encoding::parameters_are_decoded_once` |
//! | `{name: Type}` takes every type that implements `FromStr` | `parameters::a_type_is_any_that_implements_from_str` |
//! | a segment that does not parse does not match; if no other route matches, the response is a 404 | `parameters::a_segment_that_does_not_parse_does_not_match` |
//! | the first match wins | `order`, and the tables of `tests/generated` |
//! | if a guard is false, matching continues with the next route | `guards::a_guard_that_is_false_continues_with_the_next_route` |
//! | a route that can never match does not compile | `tests/ui`: `order` |
//! | statements run in order, for the routes below them, and before a 404 | `middleware` |
//! | statements below a route may change the request, but not its method or URL | `middleware::statements_below_a_route_may_change_other_fields_of_the_request`, `tests/ui`: `order/assigned_below_route` |
//! | values that statements set on `res` are kept in the response | `middleware::headers_set_by_middleware_are_kept`, `nesting::headers_set_outside_are_kept` |
//! | `_` handles every unmatched request | `fallback::the_fallback_handles_every_unmatched_request` |
//! | without `_`, the response is a 404, or a 405 with `allow` if there are other methods | `not_found`, `guards::a_path_with_other_methods_exists_regardless_of_guards` |
//! | a method that no route can name results in a 501, and `OPTIONS *` in a 204 | `methods::a_method_without_a_name_is_not_implemented`, `not_found::over_the_wire_every_request_gets_a_response` |
//! | HEAD is GET without the body | `not_found::over_the_wire_head_is_get_without_its_body` |
//! | OPTIONS is a 204 with `allow` | `not_found::another_method_is_not_allowed_and_the_allowed_ones_are_listed` |
//! | the signature is kept: the function can be called from a closure, a route, a test | `signature::a_server_is_called_from_a_closure_from_another_route_and_as_a_value` |
//! | `req` and `res` have the names of the signature | `signature::request_and_response_have_the_names_of_the_signature` |
//! | a function without a return type returns `onward::Result` | `signature::the_return_type_is_any_spelling_of_a_result_of_sent` |
//! | every error is converted to your own error type: 404, 405, an invalid body, an invalid path | `errors::generated_errors_are_converted_to_your_own_type`, `errors_of_a_reply_are_converted_to_your_own_type` |
//! | without your own error type, errors are problem documents, and a 5xx does not contain its source | `errors::by_default_errors_are_problem_documents_without_their_source` |
//! | `?` takes every error type; a `Failure` keeps its status; an `Err` is never a 200 | `error_types`, `tests/ui`: `reply/error_that_is_text` |
//! | `as name` gives a URL, encoded and typed, that matches the route | `urls` |
//! | `ROUTES` is a constant that describes every route | `info` |
//! | `trailing_slash` is strict, ignore or redirect; strict by default | `trailing_slash` |
//! | a redirect stays on its host | `trailing_slash::a_redirect_stays_on_this_host` |
//! | `crate = path` | `signature::the_crate_path_may_be_set` |
//! | `req.at(rest)` nests a handler | `nesting` |
//! | `mount` matches its path and everything below it, for all methods | `mount::a_mount_matches_its_path_and_everything_below_it` |
//! | routes above a mount win, and their methods are allowed | `mount::the_routes_above_a_mount_win`, `the_methods_of_the_routes_above_a_mount_are_allowed_as_well` |
//! | errors of a mounted server are converted | `mount::errors_of_a_mounted_server_are_converted` |
//! | a panic of a mounted server is an error of the outermost one | `mount::a_panic_of_a_mounted_server_is_an_error_of_the_outermost_server` |
//! | URLs of mounted servers are full, and `routes()` lists all routes | `mount::urls_of_a_mounted_server_are_full`, `the_routes_of_mounted_servers_are_listed` |
//! | `unmatched` responds, at its position, to requests that no route matches | `unmatched` |
//! | `unmatched` considers mounted servers, and evaluates no guards | `unmatched::mounted_servers_are_considered`, `guards_are_not_evaluated` |
//! | paths are matched decoded; `%2F` does not split a segment | `encoding::paths_are_matched_decoded`, `an_encoded_slash_never_splits_a_segment` |
//! | malformed encoding, and bytes that are not UTF-8, result in a 400 | `encoding::malformed_encoding_is_a_bad_request` |
//! | an empty, `.` or `..` segment, raw or decoded, and a NUL result in a 404 | `safety` |
//! | no parameter or rest leads out of a directory | `safety` |
//! | a route may have doc comments and `#[cfg]` | `attributes`, `info::names_docs_and_lines_are_listed` |
//! | `json![a]` is an array, everything else is as in serde_json; literals are constant bytes | `tests/json`: `brackets`, `same`, `constant` |
//! | a reply without `.await` is not a suspension point | `futures::a_reply_without_await_is_not_a_suspension_point` |

mod attributes;
mod client;
mod consumed;
mod contract;
mod encoding;
mod error_types;
mod errors;
mod fallback;
mod futures;
mod github;
mod guards;
mod info;
mod methods;
mod middleware;
mod mount;
mod near_mistakes;
mod near_risks;
mod nesting;
mod not_found;
mod order;
mod parameters;
mod replies;
mod rest;
mod safety;
mod segments;
mod signature;
mod trailing_slash;
mod unmatched;
mod urls;
mod variables;
mod wire;

//! [reference]: crate::route
//! [first steps]: self::first_steps
//! [routing]: self::routing
//! [errors]: self::errors
//! [testing]: self::testing
//! [state]: self::state
//! [bodies and forms]: self::bodies_and_forms
//! [authentication]: self::authentication
//! [files]: self::files
//! [after the handler]: self::after_the_handler
//! [with tower and axum]: self::tower_and_axum
//! [site]: self::site
//! [recipes]: self::recipes
//! [live data]: self::live_data
//! [coming from]: self::coming_from
//! [routes]: self::how_to_routes
//! [responses]: self::how_to_responses
//! [request bodies]: self::how_to_bodies
//! [how to state]: self::how_to_state
//! [users]: self::how_to_users
//! [how to test]: self::how_to_testing
//! [operations]: self::how_to_operations
//! [database]: self::database
//! [deployment]: self::deployment
//! [more than one machine]: self::more_than_one_machine
//! [observability]: self::observability
//! [openapi]: self::openapi
//! [performance]: self::performance
//!
#![doc = include_str!("../guide/README.md")]

// The pages are in the folder `guide` of this crate, so that `cargo package` includes them. A link from one page to
// another is a reference such as `[errors][errors]`, which each page defines for readers of the files. The first
// definition of a reference wins, so the definitions here, which point to the modules, apply in the documentation.
macro_rules! pages {
    ($($name:ident: $file:literal $(if $condition:meta)?;)+) => {$(
        /// [reference]: crate::route
        /// [routing]: crate::guide::routing
        /// [errors]: crate::guide::errors
        /// [testing]: crate::guide::testing
        /// [authentication]: crate::guide::authentication
        /// [deployment]: crate::guide::deployment
        /// [more than one machine]: crate::guide::more_than_one_machine
        /// [observability]: crate::guide::observability
        /// [live data]: crate::guide::live_data
        /// [bodies and forms]: crate::guide::bodies_and_forms
        /// [database]: crate::guide::database
        /// [with tower and axum]: crate::guide::tower_and_axum
        /// [how to test]: crate::guide::how_to_testing
        /// [recipes]: crate::guide::recipes
        /// [login]: crate::guide::recipe_login
        /// [templates]: crate::guide::recipe_templates
        /// [proxy]: crate::guide::recipe_proxy
        /// [uploads]: crate::guide::recipe_uploads
        /// [site]: crate::guide::site
        /// [security]: crate::http::Server
        /// [examples]: crate::http::Server
        /// [reliability]: crate::http::Server::shed_latency
        /// [create_server]: crate::http::create_server
        /// [Error]: crate::Error
        /// [`Reply`]: crate::Reply
        ///
        #[cfg_attr(all($($condition)?), doc = include_str!($file))]
        pub mod $name {}
    )+};
}

pages! {
    // The programs of some pages need features, so the doctests of these pages run only if the features are enabled.
    first_steps: "../guide/first-steps.md";
    routing: "../guide/routing.md";
    errors: "../guide/errors.md";
    testing: "../guide/testing.md";
    state: "../guide/state.md";
    bodies_and_forms: "../guide/bodies-and-forms.md" if any(feature = "multipart", not(doctest));
    authentication: "../guide/authentication.md" if any(feature = "sessions", not(doctest));
    files: "../guide/files.md" if any(feature = "files", not(doctest));
    after_the_handler: "../guide/after-the-handler.md" if any(feature = "compression", not(doctest));
    tower_and_axum: "../guide/tower-and-axum.md" if any(feature = "tower", not(doctest));
    coming_from: "../guide/coming-from.md" if any(feature = "tower", not(doctest));
    how_to_routes: "../guide/how-to/routes.md";
    how_to_responses: "../guide/how-to/responses.md" if any(all(feature = "compression", feature = "files"), not(doctest));
    how_to_bodies: "../guide/how-to/bodies.md" if any(feature = "multipart", not(doctest));
    how_to_state: "../guide/how-to/state.md" if any(feature = "websocket", not(doctest));
    how_to_users: "../guide/how-to/users.md" if any(feature = "sessions", not(doctest));
    how_to_testing: "../guide/how-to/testing.md" if any(all(feature = "cookies", feature = "multipart"), not(doctest));
    how_to_operations: "../guide/how-to/operations.md"
        if any(all(feature = "metrics", feature = "openapi", feature = "tls", feature = "tower"), not(doctest));
    site: "../guide/site.md";
    recipes: "../guide/recipes.md";
    recipe_login: "../guide/recipes/login.md" if any(feature = "sessions", not(doctest));
    recipe_templates: "../guide/recipes/templates.md";
    recipe_proxy: "../guide/recipes/proxy.md" if any(feature = "tower", not(doctest));
    recipe_uploads: "../guide/recipes/uploads.md" if any(feature = "multipart", not(doctest));
    live_data: "../guide/live-data.md" if any(feature = "websocket", not(doctest));
    database: "../guide/database.md";
    deployment: "../guide/deployment.md" if any(all(feature = "config", feature = "tls"), not(doctest));
    more_than_one_machine: "../guide/more-than-one-machine.md" if any(feature = "bridge-redis", not(doctest));
    openapi: "../guide/openapi.md" if any(feature = "openapi", not(doctest));
    observability: "../guide/observability.md" if any(all(feature = "metrics", feature = "tracing"), not(doctest));
    performance: "../guide/performance.md";
}

//! The options of a server as text, from a file or from the environment (feature `config`).
//!
//! [`table`] contains the names of the options, [`value`] reads their values, and [`error`] describes their errors.

mod error;
mod table;
mod value;

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

use serde_core::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

pub use self::error::OptionsError;
use self::table::{OPTIONS, Setting};
use self::value::Value;
use crate::http::server::Server;

/// Options of a [`Server`], read from a file or from the environment. Needs the feature `config`.
///
/// It implements serde's `Deserialize` for any self-describing format, such as TOML, YAML or JSON. Each key is the
/// name of the method of `Server` that sets the option; an option whose key is left out is not changed. A value has
/// the type of the method's argument:
///
/// | type | examples |
/// |---|---|
/// | time | `"30s"`, `"500ms"`, `"5m"`, `"1h"`, `"1d"` |
/// | size | `"64KiB"`, `"2MiB"`, `"1GiB"`, `"10kB"`, `"10MB"`, `"1GB"`, `"512B"`, `512` |
/// | number | `100` |
/// | switch | `true`, `false` |
/// | list of networks | `["127.0.0.1", "10.0.0.0/8"]` |
/// | permissions | `"660"` |
///
/// `"off"` disables a limit that can be disabled. Methods that take a function or a future, `tls` and the methods of
/// [`Tls`](crate::http::Tls), `also_listen`, `close_on_signal` and `notify_systemd` have no key. Node.js: no
/// counterpart.
///
/// # Errors
///
/// An unknown key, a key that occurs twice, and a value that its option does not accept are errors that name the key.
///
/// # Examples
///
/// ```
/// use onward::http::{self, ServerOptions};
/// use onward::prelude::*;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Config {
///     listen: String,
///     #[serde(default)]
///     server: ServerOptions,
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let config: Config = toml::from_str(r#"
///     listen = "127.0.0.1:3000"
///     [server]
///     max_body_size = "64KiB"
///     request_timeout = "30s"
///     max_concurrent_requests = 200
/// "#)?;
/// let server = http::create_server(|_req, res| async move { res.send("hello") })
///     .options(&config.server)
///     .options(&ServerOptions::from_env("SHOP_HTTP")?); // SHOP_HTTP_MAX_BODY_SIZE=1MiB
/// # assert_eq!(config.listen, "127.0.0.1:3000");
/// # drop(server);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct ServerOptions {
    /// The settings, in the order in which they were read.
    settings: Vec<(&'static str, Setting)>,
}

impl ServerOptions {
    /// Reads options from the environment variables whose names begin with a prefix and `_`.
    ///
    /// The rest of a variable's name is the name of the option in uppercase, as in `SHOP_HTTP_MAX_BODY_SIZE`. Networks
    /// are separated by commas. Use a prefix that no other variable has, because every variable with the prefix must be
    /// an option. Node.js: no counterpart.
    ///
    /// # Errors
    ///
    /// - A variable that is not an option.
    /// - A value that its option does not accept.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http::{self, ServerOptions};
    /// use onward::prelude::*;
    ///
    /// # fn main() -> Result<(), http::OptionsError> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") })
    ///     .options(&ServerOptions::from_env("SHOP_HTTP")?);
    /// # drop(server);
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_env(prefix: &str) -> Result<Self, OptionsError> {
        Self::from_vars(prefix, std::env::vars_os())
    }

    /// Reads options from pairs of names and values, as [`from_env`](Self::from_env) does.
    ///
    /// Node.js: no counterpart.
    ///
    /// # Errors
    ///
    /// The errors of [`from_env`](Self::from_env).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http::ServerOptions;
    ///
    /// assert!(ServerOptions::from_vars("HTTP", [("HTTP_MAX_BODY_SIZE", "64KiB"), ("PATH", "/bin")]).is_ok());
    /// let error = ServerOptions::from_vars("HTTP", [("HTTP_MAX_BODY_SIZE", "lots")]).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "HTTP_MAX_BODY_SIZE: expected a size such as `64KiB`, found `lots`"
    /// );
    /// ```
    pub fn from_vars<K, V>(
        prefix: &str,
        vars: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, OptionsError>
    where
        K: Into<OsString>,
        V: Into<OsString>,
    {
        let mut options = Self::default();
        for (name, value) in vars {
            let name: OsString = name.into();
            let Some(name) = name.to_str() else {
                continue;
            };
            let key = name
                .strip_prefix(prefix)
                .and_then(|it| it.strip_prefix('_'));
            let Some(key) = key else {
                continue;
            };
            let value = value.into().into_string();
            let set = match value {
                Ok(text) => options.set(&key.to_ascii_lowercase(), Value::Variable(text)),
                Err(_) => Err(OptionsError::new("the value is not UTF-8".to_owned())),
            };
            set.map_err(|error| error.of(name))?;
        }
        Ok(options)
    }

    fn set(&mut self, key: &str, value: Value) -> Result<(), OptionsError> {
        let Some((name, kind)) = OPTIONS.iter().find(|(name, _)| *name == key) else {
            return Err(OptionsError::unknown(key));
        };
        if self.settings.iter().any(|(set, _)| set == name) {
            return Err(OptionsError::new("the option is set twice".to_owned()));
        }
        self.settings.push((name, kind.read(value)?));
        Ok(())
    }
}

/// Writes the names of the options.
impl fmt::Debug for ServerOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.settings.iter().map(|(name, _)| name))
            .finish()
    }
}

impl<'de> Deserialize<'de> for ServerOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OptionsVisitor)
    }
}

struct OptionsVisitor;

impl<'de> Visitor<'de> for OptionsVisitor {
    type Value = ServerOptions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of server options")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ServerOptions, A::Error> {
        let mut options = ServerOptions::default();
        while let Some(key) = map.next_key::<String>()? {
            let set = options.set(&key, map.next_value()?);
            set.map_err(|error| A::Error::custom(error.of(&key)))?;
        }
        Ok(options)
    }
}

impl Server {
    /// Sets options that were read from a file or from the environment.
    ///
    /// Options that were not read keep their values. A later call overrides an earlier one. Needs the feature `config`.
    /// Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http::{self, ServerOptions};
    /// use onward::prelude::*;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let options: ServerOptions = toml::from_str("max_body_size = '64KiB'")?;
    /// let server = http::create_server(|_req, res| async move { res.send("hello") }).options(&options);
    /// # drop(server);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn options(self, options: &ServerOptions) -> Self {
        let settings = options.settings.iter();
        settings.fold(self, |server, (_, set)| Arc::clone(set)(server))
    }
}

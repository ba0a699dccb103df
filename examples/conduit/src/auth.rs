//! JSON Web Tokens, and the user that a request belongs to.

use crate::error::ConduitError;
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation, decode, encode};
use onward::http::header;
use onward::openapi::Security;
use onward::prelude::*;
use serde::{Deserialize, Serialize};

/// The security scheme of the OpenAPI document: how clients authenticate.
pub const TOKEN: Security =
    Security::header("authorization").described("`Token`, a space, and the token.");

const LIFETIME_IN_SECONDS: u64 = 60 * 24 * 3600;

/// Issues and checks tokens.
#[derive(Clone)]
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    exp: u64,
}

impl Tokens {
    pub fn new(secret: &[u8]) -> jsonwebtoken::errors::Result<Self> {
        Ok(Self {
            encoding: EncodingKey::from_secret(secret)?,
            decoding: DecodingKey::from_secret(secret)?,
        })
    }

    /// Returns a token for a user.
    pub fn issue(&self, user: i64) -> Result<String, ConduitError> {
        let claims = Claims {
            sub: user.to_string(),
            exp: jsonwebtoken::get_current_timestamp() + LIFETIME_IN_SECONDS,
        };
        Ok(encode(&Header::default(), &claims, &self.encoding).map_err(Error::from)?)
    }

    /// Reads the token of a request. An invalid token is an error, even if the route needs no user.
    pub fn viewer(&self, req: &Request) -> Result<Viewer, ConduitError> {
        let Some(header) = req.headers.get(header::AUTHORIZATION) else {
            return Ok(Viewer(None));
        };
        let token = header
            .to_str()
            .ok()
            .and_then(|it| it.strip_prefix("Token "));
        token
            .and_then(|token| decode::<Claims>(token, &self.decoding, &Validation::default()).ok())
            .and_then(|token| token.claims.sub.parse().ok())
            .map(|user| Viewer(Some(user)))
            .ok_or_else(|| ConduitError::unauthorized("token", "is invalid"))
    }
}

/// The user who sent a request, if any. As a query parameter, the viewer is NULL if no user is signed in.
#[derive(Clone, Copy)]
pub struct Viewer(pub Option<i64>);

impl Viewer {
    /// Returns the id of the user, or an error with the status 401 if no user is signed in.
    pub fn user(self) -> Result<i64, ConduitError> {
        self.0
            .ok_or_else(|| ConduitError::unauthorized("token", "is missing"))
    }
}

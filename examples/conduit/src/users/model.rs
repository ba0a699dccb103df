//! Users, as they are received and sent.

use crate::error::ConduitError;
use crate::validate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of requests and responses.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Body")]
pub struct UserBody<T> {
    pub user: T,
}

/// A user as the owner sees it.
#[derive(Serialize, JsonSchema)]
pub struct Account {
    pub email: String,
    pub token: String,
    pub username: String,
    pub bio: Option<String>,
    pub image: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
pub struct NewUser {
    pub username: String,
    pub email: String,
    pub password: String,
}

impl NewUser {
    pub fn checked(self) -> Result<Self, ConduitError> {
        validate::required("username", &self.username)?;
        validate::required("email", &self.email)?;
        validate::password(&self.password)?;
        Ok(self)
    }
}

#[derive(Deserialize, JsonSchema)]
pub struct Login {
    pub email: String,
    pub password: String,
}

impl Login {
    pub fn checked(self) -> Result<Self, ConduitError> {
        validate::required("email", &self.email)?;
        validate::required("password", &self.password)?;
        Ok(self)
    }
}

/// A change to a user: the fields that are present. `null` and empty text remove the bio and the image.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UserChange {
    #[serde(deserialize_with = "validate::change")]
    pub username: Option<String>,
    #[serde(deserialize_with = "validate::change")]
    pub email: Option<String>,
    #[serde(deserialize_with = "validate::change")]
    pub password: Option<String>,
    #[serde(deserialize_with = "validate::change")]
    pub bio: Option<Option<String>>,
    #[serde(deserialize_with = "validate::change")]
    pub image: Option<Option<String>>,
}

impl UserChange {
    pub fn checked(mut self) -> Result<Self, ConduitError> {
        self.username
            .as_deref()
            .map_or(Ok(()), |it| validate::required("username", it))?;
        self.email
            .as_deref()
            .map_or(Ok(()), |it| validate::required("email", it))?;
        self.password
            .as_deref()
            .map_or(Ok(()), validate::password)?;
        for text in [&mut self.bio, &mut self.image].into_iter().flatten() {
            text.take_if(|text| text.is_empty());
        }
        Ok(self)
    }
}

//! Articles, as they are received and sent.

use crate::error::ConduitError;
use crate::profiles::Profile;
use crate::validate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// The body of requests and responses.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "{T}Body")]
pub struct ArticleBody<T> {
    pub article: T,
}

#[derive(Serialize, JsonSchema, FromRow)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    pub slug: String,
    pub title: String,
    pub description: String,
    /// The text, which is only in the response for one article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[sqlx(json)]
    pub tag_list: Vec<String>,
    pub created_at: String,
    pub updated_at: String,
    /// Whether the article is a favorite of the viewer.
    pub favorited: bool,
    pub favorites_count: i64,
    #[sqlx(flatten)]
    pub author: Profile,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Articles {
    pub articles: Vec<Article>,
    /// The number of articles across all pages.
    pub articles_count: i64,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewArticle {
    pub title: String,
    pub description: String,
    pub body: String,
    #[serde(default)]
    pub tag_list: Vec<String>,
}

impl NewArticle {
    pub fn checked(self) -> Result<Self, ConduitError> {
        validate::required("title", &self.title)?;
        validate::required("description", &self.description)?;
        validate::required("body", &self.body)?;
        Ok(self)
    }
}

/// A change to an article: the fields that are present.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ArticleChange {
    #[serde(deserialize_with = "validate::change")]
    pub title: Option<String>,
    #[serde(deserialize_with = "validate::change")]
    pub description: Option<String>,
    #[serde(deserialize_with = "validate::change")]
    pub body: Option<String>,
    #[serde(deserialize_with = "validate::change")]
    pub tag_list: Option<Vec<String>>,
}

impl ArticleChange {
    pub fn checked(self) -> Result<Self, ConduitError> {
        let fields = [
            ("title", &self.title),
            ("description", &self.description),
            ("body", &self.body),
        ];
        for (name, text) in fields {
            text.as_deref()
                .map_or(Ok(()), |text| validate::required(name, text))?;
        }
        Ok(self)
    }
}

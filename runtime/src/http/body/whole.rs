//! Bodies that are read whole.

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http_body::Body as _;
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::{Body, query};
use crate::error::{Error, Result};

impl Body {
    /// The whole body.
    ///
    /// # Errors
    /// See [`Body`].
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body([1, 2, 3].as_slice());
    /// assert_eq!(&req.body.bytes().await?[..], [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bytes(mut self) -> Result<Bytes> {
        // What the client announces need not be read to be refused.
        if self.size_hint().lower() > self.whole as u64 {
            return Err(self.fail(Failure::TooLong(self.whole)));
        }
        self.chunks = Some(self.whole);
        let Some(first) = self.next().await? else {
            return Ok(Bytes::new());
        };
        let Some(second) = self.next().await? else {
            return Ok(first);
        };
        let mut all = BytesMut::from(first);
        all.extend_from_slice(&second);
        while let Some(chunk) = self.next().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// The whole body as text.
    ///
    /// # Errors
    /// 400 if it is not UTF-8; otherwise see [`Body`].
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// assert_eq!(Request::post("/").body("hello").body.text().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn text(self) -> Result<String> {
        String::from_utf8(self.bytes().await?.into()).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Error::bad_request(format!("the body is not UTF-8 text, from byte {at} on"))
        })
    }

    /// The whole body, read as JSON into a `T`.
    ///
    /// # Errors
    /// 415 if the request has a `content-type` that is not JSON (none at all is fine); 400 if the body is not JSON or
    /// not a `T`, with the reason and the place; otherwise see [`Body`].
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").json(&["shoes", "cups"]);
    /// assert_eq!(req.body.json::<Vec<String>>().await?, ["shoes", "cups"]);
    ///
    /// let req = Request::post("/").body("[1, 2,]");
    /// let error = req.body.json::<Vec<u8>>().await.unwrap_err();
    /// assert_eq!(error.message(), "the body is not valid JSON: trailing comma at line 1 column 7");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn json<T: DeserializeOwned>(self) -> Result<T> {
        self.expect_type("JSON, `application/json`", is_json)?;
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            if error.is_data() {
                wrong_data::<T>(&bytes, &error)
            } else {
                Error::bad_request(format!("the body is not valid JSON: {error}"))
            }
        })
    }

    /// The whole body, read as an HTML form (`application/x-www-form-urlencoded`) into a `T`: a struct, or a map.
    ///
    /// # Errors
    /// 415 if the request has a `content-type` that is not a form; 400 if the form is not a `T`; otherwise see
    /// [`Body`].
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body("name=tea+cup&price=3");
    /// let form = req.body.form::<HashMap<String, String>>().await?;
    /// assert_eq!(form["name"], "tea cup");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn form<T: DeserializeOwned>(self) -> Result<T> {
        self.expect_type("a form, `application/x-www-form-urlencoded`", is_form)?;
        query::form(&self.bytes().await?)
    }

    /// Refuses a body of another type than the one asked for.
    fn expect_type(&self, expected: &str, is: fn(&str) -> bool) -> Result<()> {
        let Some(content_type) = &self.content_type else {
            return Ok(());
        };
        let content_type = String::from_utf8_lossy(content_type.as_bytes());
        let essence = content_type.split(';').next().unwrap_or_default();
        if is(&essence.trim().to_ascii_lowercase()) {
            return Ok(());
        }
        Err(Error::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("the body is `{content_type}`; expected is {expected}"),
        ))
    }
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}

fn is_form(essence: &str) -> bool {
    essence == "application/x-www-form-urlencoded"
}

/// JSON that is not what the handler expects. Reads it again, to tell where: `items[1].price`.
fn wrong_data<T: DeserializeOwned>(bytes: &[u8], error: &serde_json::Error) -> Error {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let again = serde_path_to_error::deserialize::<_, T>(&mut json);
    let path = again.err().map(|error| error.path().to_string());
    let place = match path.as_deref() {
        None | Some(".") => String::new(),
        Some(path) => format!("`{path}`: "),
    };
    Error::bad_request(format!(
        "the JSON in the body is not what is expected here: {place}{error}"
    ))
}

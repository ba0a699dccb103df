//! Forms with files for tests.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use memchr::memmem;

use crate::http::Request;

/// A form with files to send, for a test: see [`Request::multipart`].
///
/// Node.js: `FormData`.
///
/// # Examples
///
/// ```
/// use onward::multipart::FormData;
///
/// let form = FormData::new().text("name", "Ada").file("avatar", "a.png", "image/png", "PNG");
/// ```
#[derive(Clone, Debug, Default)]
pub struct FormData {
    parts: Vec<FormPart>,
}

#[derive(Clone, Debug)]
struct FormPart {
    head: String,
    content: Bytes,
}

impl FormData {
    /// Creates a form without fields.
    ///
    /// Node.js: `new FormData()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::multipart::FormData;
    ///
    /// let form = FormData::new().text("name", "Ada");
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text field.
    ///
    /// Node.js: `form.append(name, value)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::multipart::FormData;
    ///
    /// let form = FormData::new().text("tag", "red").text("tag", "blue");
    /// ```
    #[must_use]
    pub fn text(self, name: &str, value: &str) -> Self {
        let head = format!("content-disposition: form-data; name=\"{}\"", escape(name));
        self.part(head, Bytes::copy_from_slice(value.as_bytes()))
    }

    /// Adds a file with its name and its content type.
    ///
    /// Node.js: `form.append(name, new File([content], fileName, { type }))`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::multipart::FormData;
    ///
    /// let form = FormData::new().file("notes", "notes.txt", "text/plain", "Buy mugs.");
    /// ```
    #[must_use]
    pub fn file(
        self,
        name: &str,
        file_name: &str,
        content_type: &str,
        content: impl AsRef<[u8]>,
    ) -> Self {
        let (name, file_name) = (escape(name), escape(file_name));
        let head = format!(
            "content-disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
             content-type: {}",
            escape(content_type)
        );
        self.part(head, Bytes::copy_from_slice(content.as_ref()))
    }

    fn part(mut self, head: String, content: Bytes) -> Self {
        self.parts.push(FormPart { head, content });
        self
    }

    /// Returns a boundary that does not occur in the content of any part.
    fn boundary(&self) -> String {
        let mut number = 0_u32;
        loop {
            let boundary = format!("onward-{number}");
            let is_in =
                |part: &FormPart| memmem::find(&part.content, boundary.as_bytes()).is_some();
            if !self.parts.iter().any(is_in) {
                return boundary;
            }
            number += 1;
        }
    }

    fn encode(&self, boundary: &str) -> Vec<u8> {
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{}\r\n\r\n", part.head).as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        body
    }
}

/// Encodes the characters that would end a quoted name, as browsers do.
fn escape(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl Request {
    /// Sets a form with files as the body, and its `content-type`, for a test.
    ///
    /// Node.js: `fetch` with a `FormData`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::multipart::{FormData, Multipart, TempFile};
    /// use onward::prelude::*;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Signup {
    ///     name: String,
    ///     avatar: TempFile,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let form = FormData::new().text("name", "Ada").file("avatar", "a.png", "image/png", "PNG");
    /// let req = Request::post("/signup").multipart(&form);
    /// let signup: Signup = Multipart::new(req.body)?.form().await?;
    /// assert_eq!((&*signup.name, signup.avatar.size()), ("Ada", 3));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn multipart(self, form: &FormData) -> Self {
        let boundary = form.boundary();
        let content_type = format!("multipart/form-data; boundary={boundary}");
        self.header(CONTENT_TYPE, content_type)
            .body(form.encode(&boundary))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boundary_is_not_in_a_file_and_names_cannot_end_their_quotes() {
        let form = FormData::new().file("a\"\r\nb: c", "x", "text/plain", "--onward-0\r\n");
        assert_eq!(form.boundary(), "onward-1");
        let body = String::from_utf8(form.encode("b")).unwrap();
        assert_eq!(
            body,
            "--b\r\ncontent-disposition: form-data; name=\"a%22%0D%0Ab: c\"; filename=\"x\"\r\n\
             content-type: text/plain\r\n\r\n--onward-0\r\n\r\n--b--\r\n"
        );
    }
}

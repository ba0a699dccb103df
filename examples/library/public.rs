//! The routes for everyone.

use crate::error::LibraryError;
use crate::shelf::{Book, Change, Filter, Order, Shelf, Subscription};
use crate::staff::staff;
use onward::http::Bytes;
use onward::openapi::{ApiPage, OpenApi, api_page};
use onward::prelude::*;

const PAGE: usize = 20;

/// A library that lends books.
///
/// Everyone may read; only the staff may add and remove books.
#[server(openapi = strict)]
pub async fn library(
    req: Request,
    mut res: Response,
    shelf: Shelf,
    api: ApiPage,
) -> Result<Sent, LibraryError> {
    /// Lists books.
    ///
    /// A page has 20 books.
    route!("/books?{page: u32 = 1}&{order: Order = Order::Id}&{filter..: Filter}" as books -> Json<Vec<Book>> =>
        Json(list(&shelf, page, order, &filter)));

    /// One book.
    route!("/books/{id: u32}" as book -> Option<Json<Book>> => shelf.lock().books.get(&id).cloned().map(Json));

    /// Lends a book.
    route!(POST "/books/{id: u32}/loan" as lend -> Option<Json<Book>> => lend(&shelf, id)?.map(Json));

    /// Returns a book.
    route!(DELETE "/books/{id: u32}/loan" as give_back -> Option<NoContent> =>
        shelf.lock().books.get_mut(&id).map(|book| book.is_lent = false).map(|()| NoContent));

    /// The cover of a book.
    route!("/covers/{id: u32}" as cover -> Option<Bytes> => shelf.lock().covers.get(&id).cloned().map(Bytes::from));

    /// Replaces the cover of a book.
    route!(PUT "/covers/{id: u32}" (image: Bytes) as set_cover -> NoContent => {
        shelf.lock().covers.insert(id, image.to_vec());
        NoContent
    });

    /// A note.
    route!("/notes/{name}" as note -> Option<String> => shelf.lock().notes.get(name).cloned());

    /// Writes a note. An empty body removes it.
    route!(PUT "/notes/{name}" (text: Option<String>) as write_note -> NoContent => {
        let notes = &mut shelf.lock().notes;
        match text {
            Some(text) => notes.insert(name.to_owned(), text),
            None => notes.remove(name),
        };
        NoContent
    });

    /// Subscribes to the newsletter.
    route!(POST "/newsletter" (Form(card): Form<Subscription>) as subscribe -> Accepted<Json<Subscription>> =>
        Accepted(Json(card)));

    /// A page about the library.
    route!("/about" as about -> Html<&'static str> => Html("<h1>The library</h1>"));

    /// The OpenAPI document of this API.
    #[doc(hidden)]
    route!("/openapi.json" => OpenApi::new(library::ROUTES));

    /// The document as OpenAPI 3.0.3.
    #[doc(hidden)]
    route!("/openapi-3.0.json" => OpenApi::new(library::ROUTES).v3_0());

    /// The API page.
    route!(mount "/api" => api_page(req, res, api).await);

    res.set_header("cache-control", "no-store");
    route!(mount "/staff" as staff => staff(req, res, shelf).await);
}

fn list(shelf: &Shelf, page: u32, order: Order, filter: &Filter) -> Vec<Book> {
    let shelf = shelf.lock();
    let is_tagged = |book: &Book| filter.tag.iter().all(|tag| book.tags.contains(tag));
    let books = shelf.books.values().filter(|book| {
        filter.genre.is_none_or(|genre| book.genre == genre)
            && filter
                .since
                .is_none_or(|since| book.year.is_some_and(|year| year >= since))
            && is_tagged(book)
    });
    let mut books: Vec<Book> = books.cloned().collect();
    if let Order::Title = order {
        books.sort_by(|a, b| a.title.cmp(&b.title));
    }
    let first = (page.saturating_sub(1) as usize).saturating_mul(PAGE);
    books.into_iter().skip(first).take(PAGE).collect()
}

fn lend(shelf: &Shelf, id: u32) -> Result<Option<Book>, LibraryError> {
    let mut shelf = shelf.lock();
    let Some(book) = shelf.books.get_mut(&id) else {
        return Ok(None);
    };
    if book.is_lent {
        return Err(LibraryError::Lent);
    }
    book.is_lent = true;
    Ok(Some(book.clone()))
}

/// Changes the fields that are present.
pub fn change(shelf: &Shelf, id: u32, change: Change) -> Option<Book> {
    let mut shelf = shelf.lock();
    let book = shelf.books.get_mut(&id)?;
    book.title = change.title.unwrap_or_else(|| book.title.clone());
    book.year = change.year.or(book.year);
    Some(book.clone())
}
